import type { INodeParameters } from 'n8n-workflow';

import { type Simulator, startSimulator } from '../simulator';
import { runNode } from './harness';

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({ rowsPerDay: 200, now: () => '2025-03-12 15:00:00', licences: 1 });
});
afterEach(async () => await simulator.close());

const asked = (api: string): number => simulator.requests.filter(({ query }) => query.api === api).length;
const run = async (parameters: INodeParameters, days: string[], onError?: 'continueRegularOutput') =>
	await runNode({
		parameters: {
			dateRange: 'custom',
			from: '={{ $json.day }}',
			to: '={{ $json.day }}',
			returnAll: true,
			...parameters,
		},
		items: days.map((day) => ({ json: { day } })),
		onError,
		credentials: { server: simulator.url, token: simulator.token },
	});

const DAY_COUNT = 40;
const days = Array.from({ length: DAY_COUNT }, (_, n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));

it('asks once what 400 items ask alike, gives each its answer, and says Execute Once', async () => {
	const { items: once } = await run({}, ['2025-03-04']);
	const forOne = simulator.requests.length;
	const { items, hints, error } = await run(
		{},
		Array.from({ length: 400 }, () => '2025-03-04'),
	);
	expect(error).toBeUndefined();
	expect(simulator.requests.length - forOne).toBe(forOne);
	expect(items).toHaveLength(400 * once.length);
	for (const item of [0, 1, 399]) {
		const own = items.filter(({ pairedItem }) => JSON.stringify(pairedItem) === JSON.stringify({ item }));
		expect(own.map(({ json }) => json)).toEqual(once.map(({ json }) => json));
	}
	expect(items[0].json).not.toBe(items[once.length].json);
	expect(hints[0]).toMatchObject({
		type: 'warning',
		message: expect.stringMatching(/^399 of the input items asked the same as another: .* Execute Once/),
	});
});

it('asks anew where a credential or a parameter differs', async () => {
	const forOne = async (parameters: INodeParameters, on = days.slice(0, 1)): Promise<number> => {
		const before = simulator.requests.length;
		await run(parameters, on);
		return simulator.requests.length - before;
	};
	const [one, two] = [await forOne({}), await forOne({}, days.slice(0, 2))];
	expect(two).toBeGreaterThan(one);
	const { items } = await runNode({
		parameters: { dateRange: 'custom', from: days[0], to: days[0], returnAll: true },
		items: [{ json: {} }, { json: {} }],
		onError: 'continueRegularOutput',
		credentials: (itemIndex) => ({ server: simulator.url, token: itemIndex === 0 ? 'another' : simulator.token }),
	});
	expect(items[0].json.error).toContain('does not accept this token');
	expect(items.length).toBeGreaterThan(10);
});

it('counts Max Requests over all items', async () => {
	const { items, error } = await run({ options: { maxRequests: 15 } }, days, 'continueRegularOutput');
	expect(error).toBeUndefined();
	expect(simulator.requests).toHaveLength(15);
	const refused = items.filter(({ json }) => 'error' in json);
	expect(refused.length).toBeGreaterThan(20);
	expect(String(refused[0].json.error)).toContain('The run stopped at its limit of 15 requests');
});

it("asks for the day's quota before the 20th request of them all, and leaves 20 calls to others", async () => {
	simulator.configure({ usedByOtherTokens: 940 });
	const { items } = await run({}, days, 'continueRegularOutput');
	expect(asked('token_info')).toBe(1);
	expect(simulator.requests.findIndex(({ query }) => query.api === 'token_info')).toBeLessThan(20);
	expect(simulator.requests.length).toBeLessThanOrEqual(41);
	expect(JSON.stringify(items.at(-1)!.json)).toContain("before it used up today's requests");
});
