import { type Simulator, startSimulator } from '../simulator';
import { runNode } from './harness';
import { Poller } from './poller';

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({ rowsPerDay: 500, now: () => '2025-03-12 15:00:00', unknownCampaignAs: 'empty' });
});
afterEach(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

const credentials = () => ({ server: simulator.url, token: simulator.token });
const lists = () => simulator.requests.filter(({ query }) => query.api === 'campaigns').length;

const run = async (id: string, operation = 'getAll', from = '2025-03-04') =>
	await runNode({
		parameters: {
			operation,
			campaign: { __rl: true, mode: 'id', value: id },
			dateRange: 'custom',
			from,
			to: from,
			returnAll: true,
		},
		credentials: credentials(),
	});

it.each(['getAll', 'export'])(
	'%s stops where no record came and the list does not have the campaign',
	async (operation) => {
		const { error, items } = await run('40404', operation);
		expect(error).toMatchObject({
			message: 'There is no campaign 40404 in this operation',
			description: expect.stringContaining('Choose one from the list'),
		});
		expect(items).toEqual([]);
		expect(lists()).toBe(1);
	},
);

it('gives no records and no word where the campaign is there and has none', async () => {
	const { error, items, hints } = await run('22109', 'getAll', '2025-03-02');
	const { items: some } = await run('22109');
	expect(error).toBeUndefined();
	expect(some.length).toBeGreaterThan(0);
	expect(hints.every(({ type }) => type === 'info')).toBe(true);
	expect(items.length === 0 ? lists() : 1).toBe(1);
});

it('asks for no list where records came, the campaign may be deleted since', async () => {
	simulator.configure({ campaigns: [{ id: '22109', name: 'Old', share: 1, hidden: true }] });
	const { error, items } = await run('22109');
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(0);
	expect(lists()).toBe(0);
});

/** A clock that goes fifty times as fast as this machine's, so that waits of seconds are none, and can be put forward. */
function quickClock(): { forwardMs(ms: number): void } {
	let baseMs = Date.now();
	const startedMs = performance.now();
	jest.spyOn(Date, 'now').mockImplementation(() => baseMs + Math.floor(50 * (performance.now() - startedMs)));
	return {
		forwardMs(ms) {
			baseMs += ms;
		},
	};
}

it('warns, and does not stop, where the list cannot be had', async () => {
	simulator.configure({ onRequest: ({ query }) => (query.api === 'campaigns' ? { name: 'redirect' } : undefined) });
	const { error, items, hints } = await run('40404');
	expect(error).toBeUndefined();
	expect(items).toEqual([]);
	expect(hints[0]).toMatchObject({
		type: 'warning',
		message: expect.stringMatching(
			/^No records of campaign 40404 came, and whether there is one could not be checked: 127\.0\.0\.1:\d+ points to another address/,
		),
	});
});

it('keeps the list for a minute', async () => {
	await run('40404');
	await run('40405');
	expect(lists()).toBe(1);
	quickClock().forwardMs(61_000);
	await run('40406');
	expect(lists()).toBe(2);
});

it('is told by the trigger with the advice when it is published, and once a day after', async () => {
	const clock = quickClock();
	const poller = new Poller({
		credentials: credentials(),
		workflowId: 'no-campaign',
		parameters: { campaign: { __rl: true, mode: 'id', value: '40404' } },
	});
	await expect(poller.activate()).rejects.toThrow(
		/^There is no campaign 40404 in this operation\. No records came for it.*Choose one from the list/,
	);
	for (let hour = 1; hour <= 30; hour++) {
		clock.forwardMs(3_600_000);
		await poller.tick();
	}
	expect(poller.errors.map(({ message }) => message)).toEqual(['There is no campaign 40404 in this operation']);
	expect(poller.items).toEqual([]);
});

it('is told by the trigger among several, of which others are there', async () => {
	const clock = quickClock();
	const poller = new Poller({
		credentials: credentials(),
		workflowId: 'no-campaign-among-several',
		parameters: { campaign: { __rl: true, mode: 'id', value: '7, 22109, 40404' } },
	});
	await expect(poller.activate()).rejects.toThrow(
		/^There is no campaign 40404 in this operation\. No records came for it/,
	);
	for (let hour = 1; hour <= 30; hour++) {
		clock.forwardMs(3_600_000);
		await poller.tick();
	}
	expect(poller.errors.map(({ message }) => message)).toEqual(['There is no campaign 40404 in this operation']);
	expect(lists()).toBeLessThanOrEqual(3);
});
