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

const campaignOf = (value: string) => ({ __rl: true, mode: 'id', value });

/** What came, each once, from a moment on. */
const distinctSince = (from: number, once: ReadonlyMap<string, unknown>): ReturnType<typeof recordsOf> =>
	[...once.keys()].map((text) => JSON.parse(text)).filter(({ date }) => date >= formatWall(from));

describe.each(['classic', 'durable'] as const)('in the %s engine', (engine) => {
	test('emits nothing old when it is activated, then each record once', async () => {
		await set({ lateSeconds: { min: 60, max: 900, share: 0.2 }, duplicateShare: 0 }, { engine });
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

	test('goes on where it was with another campaign: what was due until then still comes, what is new begins there', async () => {
		await set({ duplicateShare: 0 }, { engine, parameters: { campaign: campaignOf('22109') } });
		const from = wallNow();
		await poller.activate();
		await reads(2);
		const changedAt = wallNow();
		clock.moveOn(4 * MINUTE);
		await poller.republish({ campaign: campaignOf('all') });
		await reads(2);
		await toItsEnd();
		expect(digestOf(recordsOf(poller))).toEqual(
			digestOf([
				...simulator.rows({ from, to: changedAt, campaign: '22109' }),
				...simulator.rows({ from: changedAt, to: wallNow() }),
			]),
		);
	});

	test('and with another server code or another name of the zone', async () => {
		await set({ duplicateShare: 0 }, { engine });
		const from = wallNow();
		await poller.activate();
		await reads(2);
		clock.moveOn(4 * MINUTE);
		poller.useCredentials({ server: simulator.url.replace('127.0.0.1', 'localhost'), token: simulator.token });
		await poller.republish({ options: { timezone: 'America/Lima' } });
		await reads(2);
		await toItsEnd();
		expect(digestOf(recordsOf(poller))).toEqual(simulator.truth({ from, to: wallNow() }));
	});

	test('another filter by result rewinds nothing', async () => {
		await set({ duplicateShare: 0 }, { engine, parameters: { options: { result: 'machine' } } });
		const from = wallNow();
		await poller.activate();
		await reads(2);
		const before = poller.items.length;
		const changedAt = wallNow();
		await poller.republish({ options: { result: 'human' } });
		await reads(2);
		await toItsEnd();
		const of = (result: string, range: { from: number; to: number }) =>
			[...simulator.rows(range)].filter((row) => row.result === result).length;
		expect(before).toBe(of('MACHINE', { from, to: changedAt }));
		expect(poller.items.length - before).toBe(of('HUMAN', { from: changedAt, to: wallNow() }));
	});

	test('a saved state that is gone when n8n starts is no first day: it looks back one overlap, and loses nothing', async () => {
		await set({ duplicateShare: 0 }, { engine });
		const from = wallNow();
		await poller.activate();
		await reads(3);
		poller.saved = {};
		clock.moveOn(2 * MINUTE);
		await poller.rise();
		await reads(1);
		await toItsEnd();
		const once = new Map(poller.items.map((item) => [JSON.stringify(item), item]));
		expect(digestOf(distinctSince(from, once))).toEqual(simulator.truth({ from, to: wallNow() }));
		expect(poller.warnings.join()).toContain('Its saved state is gone, so it begins one overlap before now');
	});

	test('one that is gone while n8n lives is had from its memory: the trigger goes on', async () => {
		await set({ duplicateShare: 0 }, { engine });
		const from = wallNow();
		await poller.activate();
		await reads(3);
		poller.saved = {};
		clock.moveOn(2 * MINUTE);
		await poller.republish();
		await reads(1);
		await toItsEnd();
		const once = new Map(poller.items.map((item) => [JSON.stringify(item), item]));
		expect(digestOf(distinctSince(from, once))).toEqual(simulator.truth({ from, to: wallNow() }));
		expect(poller.items.length - once.size).toBeLessThan(150);
		expect(poller.warnings.join()).toContain('from what this n8n remembers');
	});
});

describe('Start From', () => {
	const startFrom = (at: number) => ({ options: { startFrom: formatWall(at) } });

	test('in the future waits until then', async () => {
		await set({ duplicateShare: 0 });
		const from = wallNow() + 20 * 60;
		await poller.republish(startFrom(from), 'activate');
		await reads(8);
		await toItsEnd();
		expect(digestOf(recordsOf(poller))).toEqual(simulator.truth({ from, to: wallNow() }));
	});

	test('set after the saved place skips to there, and before it reads again from there; kept as it is, it does nothing', async () => {
		await set({ duplicateShare: 0 });
		await poller.activate();
		await reads(2);
		clock.moveOn(20 * 3_600_000);
		const skipTo = wallNow() - 600;
		let before = poller.items.length;
		await poller.republish(startFrom(skipTo));
		await toItsEnd();
		expect(digestOf(recordsOf(poller).slice(before))).toEqual(simulator.truth({ from: skipTo, to: wallNow() }));
		before = poller.items.length;
		await poller.republish(startFrom(skipTo));
		await reads(1);
		expect(poller.items.length).toBe(before);
		const again = wallNow() - 3_000;
		await poller.republish(startFrom(again));
		await reads(1);
		expect(digestOf(recordsOf(poller).slice(before))).toEqual(simulator.truth({ from: again, to: wallNow() }));
	});

	test('by an expression counts when its text is changed, not with every moment that it gives', async () => {
		await set({ duplicateShare: 0 });
		const from = wallNow();
		await poller.republish({ options: { startFrom: '={{ $now.minus(1, "minute").toISO() }}' } }, 'activate');
		await reads(4);
		await toItsEnd();
		expect(digestOf(recordsOf(poller).filter(({ date }) => date >= formatWall(from)))).toEqual(
			simulator.truth({ from, to: wallNow() }),
		);
	});
});

test('a poll that comes once a week is settled by the next one, however long ago it was', async () => {
	await set({ rowsPerDay: 200, duplicateShare: 0 });
	const from = wallNow();
	await poller.activate();
	for (let week = 0; week < 5; week++) {
		clock.moveOn(7 * 86_400_000);
		await poller.tick();
	}
	await toItsEnd();
	expect(digestOf(recordsOf(poller))).toEqual(simulator.truth({ from, to: wallNow() }));
});

test('Poll Times that never bring all that comes are told as an error once a day, beside the records', async () => {
	await set({ rowsPerDay: 130_000, rowsPerSecond: 100_000, duplicateShare: 0 });
	await poller.activate();
	for (let day = 0; day < 5; day++) {
		clock.moveOn(86_400_000);
		await poller.tick();
	}
	expect(poller.batches.map(({ length }) => length > 45_000)).toEqual(Array(5).fill(true));
	expect(poller.errors.map(({ message }) => message)).toEqual(
		Array(3).fill(expect.stringContaining('More records come than these Poll Times bring')),
	);
	expect(poller.errors[0]).toMatchObject({
		description: expect.stringMatching(
			/One poll brought \d+ records, those of \d+ hours\. Let it poll every 6 hours or more often/,
		),
		failure: { cause: 'configuration-invalid' },
	});
}, 120_000);

test('several campaigns are read as one, in whatever order they stand', async () => {
	await set({ duplicateShare: 0 }, { parameters: { campaign: campaignOf('22110, 22109') } });
	const from = wallNow();
	await poller.activate();
	await reads(2);
	await poller.republish({ campaign: campaignOf('22109,22110, 22109') });
	await reads(1);
	await toItsEnd();
	const owed = [...simulator.rows({ from, to: wallNow() })].filter(({ campaign_id: id }) => /^2(2109|2110)/.test(id));
	expect(digestOf(recordsOf(poller))).toEqual(digestOf(owed));
	expect(simulator.requests.filter(({ query }) => query.api === 'campaign_7')).toHaveLength(5);
});

test('one of several campaigns that is not there stops a poll once a day, and the others lose nothing by it', async () => {
	const campaign = campaignOf('22109,40404');
	await set({ duplicateShare: 0, rowsPerDay: 2_000, unknownCampaignAs: 'empty' }, { parameters: { campaign } });
	const from = wallNow();
	const told = 'There is no campaign 40404 in this operation';
	await expect(poller.activate()).rejects.toThrow(told);
	await poller.activate();
	for (let hour = 0; hour < 30; hour++) {
		clock.moveOn(60 * MINUTE);
		await poller.tick();
	}
	await toItsEnd();
	expect(poller.errors.map(({ message }) => message)).toEqual([told]);
	const owed = [...simulator.rows({ from, to: wallNow() })].filter(({ campaign_id: id }) => id.startsWith('22109'));
	expect(digestOf(recordsOf(poller))).toEqual(digestOf(owed));
});

test('a notice that Wolkvox writes beside the records is quoted in the log once a day', async () => {
	await set({ duplicateShare: 0, faults: { random: { noticeBefore: 1 } } });
	const from = wallNow();
	await poller.activate();
	await reads(3);
	const told = () => poller.warnings.filter((line) => line.includes('beside the data, which is whole: “Deprecated:'));
	expect(told()).toHaveLength(1);
	clock.moveOn(25 * 60 * MINUTE);
	await reads(2);
	expect(told()).toHaveLength(2);
	await toItsEnd();
	expect(digestOf(recordsOf(poller))).toEqual(simulator.truth({ from, to: wallNow() }));
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
	expect(Math.max(...poller.batches.map(({ length }) => length))).toBeLessThanOrEqual(50_000);
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
	expect(poller.saved).toMatchObject({ state: { version: 2 } });
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
