import { formatWall } from '../../../core/time/wallClock';
import { digestOf } from '../../simulator';
import { MINUTE, Runner } from './runner';

const HOUR = 60 * MINUTE;
const recordsOf = (rows: Awaited<ReturnType<Runner['run']>>['rows']) => rows.map(({ record }) => record);

describe('a slow API', () => {
	test('a window that is too slow for a tick is remembered as such: shorter ones get through', async () => {
		// An hour of 1,400 rows and more takes 47 s, a tick has 33.
		const runner = new Runner({ rowsPerDay: 14_000, rowsPerSecond: 30 });
		await runner.tick();
		const from = runner.wallNow();
		await runner.wait(2 * HOUR);
		const { rows, ticks } = await runner.run(60);
		expect(ticks.some(({ kind }) => kind === 'failed')).toBe(true);
		const to = runner.wallNow() - 10 * 60;
		expect(digestOf(recordsOf(rows.filter(({ at }) => at < to)))).toEqual(runner.wire.operation.truth({ from, to }));
	});

	test('every request and wait ends with the tick', async () => {
		const runner = new Runner({ rowsPerDay: 14_000, latencyMs: 50_000 });
		const startedMs = runner.world.now();
		expect((await runner.tick()).kind).toBe('failed');
		expect(runner.world.now() - startedMs).toBeLessThanOrEqual(33_000);
	});
});

describe('what cannot be proven', () => {
	test('a second that holds more than an answer may: the rest comes, that second is named, asked for a day, and passed', async () => {
		const startMs = Date.UTC(2024, 5, 3, 15);
		const spike = new Runner({}, {}, startMs).wallNow() + 7 * 60;
		const runner = new Runner(
			{
				rowsPerDay: 2_000,
				spikes: [{ at: spike, rows: 60_001, campaign: '22109' }],
				msgOverCap: 'true',
				duplicateShare: 0,
			},
			{ campaign: '22109' },
			startMs,
		);
		await runner.tick();
		const from = runner.wallNow();
		const { rows, ticks } = await runner.run(30);
		expect(
			ticks.flatMap((tick) =>
				tick.kind === 'read' ? tick.tick.unproven.map(({ window }) => formatWall(window.from)) : [],
			),
		).toContain(formatWall(spike));
		const parts = [
			{ from, to: spike },
			{ from: spike + 1, to: runner.wallNow() - 10 * 60 },
		];
		for (const part of parts) {
			expect(digestOf(recordsOf(rows.filter(({ at }) => part.from <= at && at < part.to)))).toEqual(
				runner.wire.operation.truth({ ...part, campaign: '22109' }),
			);
		}
		runner.options = { ...runner.options, minMs: HOUR };
		const passed: string[] = [];
		for (let hour = 0; hour < 26; hour++) {
			await runner.wait(HOUR);
			const tick = await runner.tick();
			if (tick.kind === 'read')
				passed.push(...tick.tick.passed.map((hole) => `${hour} ${formatWall(hole.from)} ${hole.to - hole.from}`));
		}
		expect(passed).toEqual([`23 ${formatWall(spike)} 1`]);
	});

	test('an hour that fails again and again does not hold up the hours behind it, and comes once it can', async () => {
		const runner = new Runner({ rowsPerDay: 6_000 });
		await runner.tick();
		const from = runner.wallNow();
		runner.poisoned = { from: from + 600, to: from + 900 };
		const { rows } = await runner.run(180);
		expect(rows.at(-1)!.at).toBeGreaterThan(runner.wallNow() - 15 * 60);
		runner.poisoned = null;
		const later = await runner.run(60);
		const all = [...rows, ...later.rows];
		const to = runner.wallNow() - 10 * 60;
		expect(digestOf(recordsOf(all.filter(({ at }) => at < to)))).toEqual(runner.wire.operation.truth({ from, to }));
	});
});

describe('what would cost requests for nothing', () => {
	test('one second that stays broken: found once, asked for after 5, 10, 20 … 160 minutes, named after a day; all else comes', async () => {
		const runner = new Runner({ rowsPerDay: 6_000 });
		await runner.tick();
		const from = runner.wallNow();
		const at = from + 623;
		runner.poisoned = { from: at, to: at + 1 };
		const { rows, ticks } = await runner.run(26 * 60);
		// A request about that second never reaches the simulator.
		expect(ticks.reduce((sum, { requests }) => sum + requests, 0)).toBeLessThanOrEqual(350);
		const passed = ticks.flatMap((tick) => (tick.kind === 'read' ? tick.tick.passed : []));
		expect(passed).toMatchObject([{ from: at - 1, to: at + 2, asks: 13 }]);
		const to = runner.wallNow() - 10 * 60;
		const parts = [
			{ from, to: at - 1 },
			{ from: at + 2, to },
		];
		for (const part of parts)
			expect(digestOf(recordsOf(rows.filter((row) => part.from <= row.at && row.at < part.to)))).toEqual(
				runner.wire.operation.truth(part),
			);
	});

	test('a campaign without any rows costs one request per read, on the first day and later', async () => {
		const runner = new Runner({ rowsPerDay: 14_000 }, { campaign: '31002' });
		await runner.tick();
		await runner.run(30);
		await runner.wait(40 * HOUR);
		await runner.run(10);
		const { ticks } = await runner.run(30);
		expect(ticks.reduce((sum, { requests }) => sum + requests, 0)).toBe(6);
	});

	test('a spent quota is asked about once an hour, and after midnight', async () => {
		const runner = new Runner({ rowsPerDay: 3_000, licences: 0 });
		runner.stored = undefined;
		const told = await runner.tick();
		expect(told).toMatchObject({ kind: 'failed', failure: { why: 'quotaSpent' } });
		runner.wire.options.licences = 1;
		runner.occasion = 'activated';
		await runner.tick();
		runner.wire.options.licences = 0;
		const day = await runner.run(13 * 60);
		expect(day.ticks.filter(({ kind }) => kind === 'failed')).toHaveLength(13);
		expect(day.ticks.reduce((sum, { requests }) => sum + requests, 0)).toBe(13);
		const night = await runner.run(66);
		expect(night.ticks.reduce((sum, { requests }) => sum + requests, 0)).toBeLessThanOrEqual(3);
	});
});

test('a trigger that must start anew does not hammer a spent quota either', async () => {
	const runner = new Runner({ rowsPerDay: 3_000 });
	await runner.tick();
	runner.options = { ...runner.options, startFrom: { text: 'now', at: runner.wallNow() } };
	await runner.wait(MINUTE);
	runner.wire.options.licences = 0;
	const { ticks } = await runner.run(30);
	expect(ticks.reduce((sum, { requests }) => sum + requests, 0)).toBe(1);
	expect(ticks.filter(({ kind }) => kind === 'failed')).toHaveLength(1);
});

describe('a zone that is not the operation’s', () => {
	test.each([-3, -1, 1, 5])('%i hours off: rows come late at worst, and each once', async (hours) => {
		const runner = new Runner({ rowsPerDay: 6_000 });
		const { world } = runner;
		const wallNow = runner.wallNow.bind(runner);
		runner.wire.options.now = () => wallNow() - hours * 3_600;
		const from = wallNow();
		await runner.tick();
		const { rows } = await runner.run(10 * 60);
		const to = wallNow() - Math.abs(hours) * 3_600 - 600;
		expect(world.now()).toBeGreaterThan(0);
		expect(digestOf(recordsOf(rows.filter(({ at }) => at < to)))).toEqual(runner.wire.operation.truth({ from, to }));
	});
});

test('through a gateway of six requests a minute the trigger catches up at that pace: everything comes, few are refused', async () => {
	const runner = new Runner({ rowsPerDay: 14_000, gateway: { perMinute: 6, burst: 1, as: 503 } });
	runner.token = 'gateway';
	await runner.tick();
	const from = runner.wallNow();
	await runner.wait(12 * 24 * HOUR);
	const { rows } = await runner.run(60);
	const to = runner.wallNow() - 20 * 60;
	expect(digestOf(recordsOf(rows.filter(({ at }) => from <= at && at < to)))).toEqual(
		runner.wire.operation.truth({ from, to }),
	);
	const refused = runner.wire.sent.filter(({ outcome }) => outcome === 'gateway').length;
	expect(refused).toBeGreaterThan(0);
	expect(refused / runner.wire.sent.length).toBeLessThanOrEqual(0.15);
});
