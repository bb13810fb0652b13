import { formatWall, wallFromInstant } from '../../core/time/wallClock';
import { type Simulator, digestOf, startSimulator } from '../simulator';
import { movableClock } from './clock';
import { Poller, type PollerOptions } from './poller';

const ZONE = 'America/Bogota';
const MINUTE = 60_000;
const clock = movableClock();
let simulator: Simulator;
let poller: Poller;
let count = 0;

const wallNow = (): number => wallFromInstant(Date.now(), ZONE);

const silence = () => ({ from: wallNow(), to: wallNow() + 5 });

/** The operation falls silent, and what it had is read. */
async function toItsEnd(): Promise<void> {
	simulator.configure({ dataTo: wallNow() });
	await reads(1);
}

async function set(
	api: Parameters<typeof startSimulator>[0] = {},
	options: Partial<PollerOptions> = {},
): Promise<void> {
	// No rows in the seconds of the activation: which of them are old depends on its very moment.
	simulator = await startSimulator({ rowsPerDay: 20_000, shape: 'flat', quiet: [silence()], ...api });
	const credentials = { server: simulator.url, token: simulator.token };
	poller = new Poller({ credentials, workflowId: `workflow-${count++}`, ...options });
}

afterEach(() => simulator.close());

/** So many reads, five minutes apart. */
async function reads(times: number): Promise<void> {
	for (let n = 0; n < times; n++) {
		clock.moveOn(5 * MINUTE);
		await poller.tick();
	}
}

const recordsOf = (of: Poller): Array<Parameters<typeof digestOf>[0] extends Iterable<infer R> ? R : never> =>
	JSON.parse(JSON.stringify(of.items));

describe.each(['classic', 'durable'] as const)('in the %s engine', (engine) => {
	test('emits nothing old when it is activated, then each record once', async () => {
		await set({ lateSeconds: { min: 60, max: 900, share: 0.2 } }, { engine });
		const from = wallNow();
		await poller.activate();
		expect(poller.items).toEqual([]);
		await reads(12);
		const to = wallNow() - 20 * 60;
		const settled = recordsOf(poller).filter(({ date }) => Date.parse(`${date.replace(' ', 'T')}Z`) / 1_000 < to);
		expect(digestOf(settled)).toEqual(simulator.truth({ from, to }));
		expect(poller.errors).toEqual([]);
	});

	test('repeats the last batch after a restart, with the same ids, and no other', async () => {
		await set({}, { engine, parameters: { options: { addFields: ['record_id'] } } });
		const from = wallNow();
		await poller.activate();
		await reads(4);
		poller.restart();
		const keysBefore = poller.items.map(({ record_id }) => record_id);
		const lastBatch = poller.batches.at(-1)!.map(({ json }) => json.record_id);
		clock.moveOn(5 * MINUTE);
		const again = (await poller.tick()).map(({ json }) => json.record_id);
		expect(again.slice(0, lastBatch.length)).toEqual(lastBatch);
		expect(again.filter((key) => keysBefore.includes(key))).toEqual(lastBatch);
		await toItsEnd();
		expect(new Set(poller.items.map(({ record_id }) => record_id)).size).toBe(
			simulator.truth({ from, to: wallNow() }).count,
		);
	});

	test('skips it where that is wished', async () => {
		await set({}, { engine, parameters: { options: { addFields: ['record_id'], afterRestart: 'skip' } } });
		const from = wallNow();
		await poller.activate();
		await reads(3);
		poller.restart();
		await reads(2);
		await toItsEnd();
		const keys = poller.items.map(({ record_id }) => record_id);
		expect(new Set(keys).size).toBe(keys.length);
		expect(keys.length).toBe(simulator.truth({ from, to: wallNow() }).count);
	});

	test('goes on where it was when the workflow is published again, and when the overlap changes', async () => {
		await set({}, { engine, parameters: { options: { addFields: ['record_id'] } } });
		const from = wallNow();
		await poller.activate();
		await reads(3);
		await poller.republish();
		await reads(2);
		await poller.republish({ options: { addFields: ['record_id'], overlapMinutes: 120 } });
		await reads(2);
		await toItsEnd();
		const keys = poller.items.map(({ record_id }) => record_id);
		expect(new Set(keys).size).toBe(keys.length);
		expect(keys.length).toBe(simulator.truth({ from, to: wallNow() }).count);
	});

	test('starts anew with another campaign', async () => {
		await set({}, { engine });
		await poller.activate();
		await reads(2);
		const before = poller.items.length;
		const from = wallNow();
		simulator.configure({ quiet: [...simulator.options.quiet, silence()] });
		await poller.republish({ campaign: { __rl: true, mode: 'id', value: '22110' } });
		await reads(2);
		await toItsEnd();
		expect(digestOf(recordsOf(poller).slice(before))).toEqual(
			simulator.truth({ from, to: wallNow(), campaign: '22110' }),
		);
	});
});

test('reaches back where Start From says, and catches up in order', async () => {
	const from = wallNow() - 2 * 86_400;
	await set({ dataTo: wallNow() - 3_600 }, { parameters: { options: { startFrom: formatWall(from) } } });
	await poller.activate();
	for (let minute = 0; minute < 6; minute++) {
		clock.moveOn(MINUTE);
		await poller.tick();
	}
	expect(digestOf(recordsOf(poller))).toEqual(simulator.truth({ from, to: wallNow() }));
	const dates = poller.items.map(({ date }) => String(date));
	expect(dates).toEqual([...dates].sort());
	expect(Math.max(...poller.batches.map(({ length }) => length))).toBeLessThanOrEqual(10_000);
});

test('earlier ticks cost no request, and two polls at once read once', async () => {
	await set();
	await poller.activate();
	for (let minute = 0; minute < 10; minute++) {
		clock.moveOn(MINUTE);
		await Promise.all([poller.tick(), poller.tick()]);
	}
	expect(simulator.requests).toHaveLength(3);
	expect(new Set(poller.items.map((item) => JSON.stringify(item))).size).toBeGreaterThan(0);
});

test('keeps a small state without secrets', async () => {
	await set({ rowsPerDay: 32_000 });
	await poller.activate();
	await reads(16);
	const state = JSON.stringify(poller.saved);
	expect(state).not.toContain(simulator.token);
	expect(state.length).toBeLessThan(64 * 1024);
	expect(poller.saved).toMatchObject({ state: { version: 1 } });
});

test('adds fields as the node does, and filters without forgetting what it has seen', async () => {
	await set(
		{},
		{
			parameters: {
				options: { addFields: ['campaign_name', 'is_machine', 'record_id', 'timestamp', 'missing'], result: 'machine' },
			},
		},
	);
	const from = wallNow();
	await poller.activate();
	await reads(1);
	await toItsEnd();
	const machines = [...simulator.rows({ from, to: wallNow() })].filter(({ result }) => result === 'MACHINE');
	expect(poller.items).toHaveLength(machines.length);
	for (const item of poller.items) {
		expect(Object.keys(item)).toEqual([
			'customer_id',
			'campaign_id',
			'file_name',
			'telephone',
			'result',
			'date',
			'campaign_name',
			'is_machine',
			'record_id',
			'timestamp',
			'missing',
		]);
		expect(item).toMatchObject({
			is_machine: true,
			campaign_name: expect.any(String),
			record_id: expect.stringMatching(/^[0-9a-f]{32}-\d+$/),
			missing: null,
		});
	}
});

describe('a manual run', () => {
	test('shows the latest records of today, and leaves the state alone', async () => {
		await set({}, { mode: 'manual', parameters: { options: { addFields: ['record_id'] } } });
		simulator.configure({ now: () => wallNow() });
		await poller.activate();
		expect(poller.items).toHaveLength(10);
		const last = String(poller.items[9].date);
		const upToIt = [...simulator.rows({ from: wallNow() - 3_600, to: wallNow() })].filter(({ date }) => date <= last);
		expect(poller.items.map(({ date }) => date)).toEqual(upToIt.slice(-10).map(({ date }) => date));
		expect(wallNow() - Date.parse(`${last.replace(' ', 'T')}Z`) / 1_000).toBeLessThan(120);
		expect(poller.saved).toEqual({});
	});

	test('else of the last day that has any', async () => {
		const lastDay = wallNow() - 9 * 86_400;
		await set({ dataTo: lastDay }, { mode: 'manual' });
		await poller.activate();
		expect(poller.items).toHaveLength(10);
		expect(Date.parse(`${String(poller.items[9].date).replace(' ', 'T')}Z`) / 1_000).toBeGreaterThan(lastDay - 3_600);
	});

	test('says so when there are none', async () => {
		await set({ dataTo: '2020-01-01' }, { mode: 'manual' });
		await expect(poller.activate()).rejects.toThrow('There are no AMD records of the last month to show');
		expect(simulator.requests.length).toBeLessThanOrEqual(32);
	});
});
