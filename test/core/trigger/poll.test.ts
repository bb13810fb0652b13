import { triggerLimits } from '../../../core/limits';
import { digestOf } from '../../simulator';
import { MINUTE, Runner } from './runner';

const records = (
	rows: ReadonlyArray<{ record: Parameters<typeof digestOf>[0] extends Iterable<infer R> ? R : never }>,
) => rows.map(({ record }) => record);
const DAY = 24 * 60 * MINUTE;

describe('a new trigger', () => {
	test('emits nothing old, and then every row once, the late ones as soon as they show', async () => {
		const runner = new Runner({
			rowsPerDay: 32_000,
			duplicateShare: 0,
			lateSeconds: { min: 60, max: 920, share: 0.3 },
		});
		const from = runner.wallNow();
		expect((await runner.tick()).rows).toEqual([]);
		const { rows } = await runner.run(120);
		const to = runner.wallNow() - 30 * 60;
		const settled = rows.filter(({ at }) => at < to);
		expect(digestOf(records(settled))).toEqual(runner.wire.operation.truth({ from, to }));
		expect(new Set(rows.map(({ recordId }) => recordId)).size).toBe(rows.length);
	});

	test('asks once when it begins, once per read, and not at all in between', async () => {
		const runner = new Runner({ rowsPerDay: 14_000 });
		expect((await runner.tick()).requests).toBe(1);
		const { ticks } = await runner.run(60);
		expect(ticks.map(({ requests }) => requests).join('')).toBe('00001'.repeat(12));
	});

	test('a tick half a minute early counts as due, one earlier does not', async () => {
		const runner = new Runner({ rowsPerDay: 14_000 });
		await runner.tick();
		await runner.wait(4 * MINUTE + 29_000);
		expect((await runner.tick()).kind).toBe('notDue');
		await runner.wait(2_000);
		expect((await runner.tick()).kind).toBe('read');
	});

	test('begins where it is told to, and catches up in order', async () => {
		const runner = new Runner({ rowsPerDay: 32_000 });
		const from = runner.wallNow() - 3 * 86_400;
		runner.options = { ...runner.options, startFrom: { text: 'three days ago', at: from } };
		const first = await runner.tick();
		const { rows, ticks } = await runner.run(14);
		const all = [...first.rows, ...rows];
		const to = runner.wallNow() - 600;
		expect(digestOf(records(all.filter(({ at }) => at < to)))).toEqual(runner.wire.operation.truth({ from, to }));
		expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort((a, b) => a - b));
		for (const tick of ticks) expect(tick.rows.length).toBeLessThanOrEqual(triggerLimits.tickRecords);
		expect(ticks.filter(({ rows: { length } }) => length > 0).length).toBeLessThanOrEqual(12);
		// Windows are fitted to what a tick may take: little is read in vain.
		expect(runner.wire.sent.reduce((sum, { served }) => sum + served, 0)).toBeLessThan(2 * all.length);
	});
});

describe('an outage of three days', () => {
	test('is caught up within the state’s 64 KB, each row once', async () => {
		const runner = new Runner({
			rowsPerDay: 32_000,
			duplicateShare: 0,
			lateSeconds: { min: 60, max: 920, share: 0.1 },
		});
		await runner.tick();
		const from = runner.wallNow();
		const { rows } = await runner.run(30);
		await runner.wait(3 * DAY);
		let most = runner.stateBytes;
		for (let minute = 0; minute < 40; minute++) {
			rows.push(...(await runner.run(1)).rows);
			most = Math.max(most, runner.stateBytes);
		}
		const to = runner.wallNow() - 20 * 60;
		expect(digestOf(records(rows.filter(({ at }) => at < to)))).toEqual(runner.wire.operation.truth({ from, to }));
		expect(most).toBeLessThan(64 * 1024);
	});

	test('of Wolkvox: every tick fails in words, changes nothing, and the next answer brings all', async () => {
		const runner = new Runner({ rowsPerDay: 3_000 });
		await runner.tick();
		const from = runner.wallNow();
		await runner.run(20);
		const before = JSON.stringify(runner.stored);
		runner.wire.options.backup = { from: '00:00:00', to: '23:59:59' };
		const { ticks } = await runner.run(60);
		expect(JSON.stringify(runner.stored)).toBe(before);
		const failed = ticks.filter(({ kind }) => kind === 'failed');
		expect(failed.length).toBe(4);
		expect(failed[0]).toMatchObject({ failure: { kind: 'closed' }, retryAfterMs: 15 * MINUTE });
		runner.wire.options.backup = null;
		const { rows } = await runner.run(20);
		expect(rows[0].at).toBeGreaterThanOrEqual(from);
		expect(rows.at(-1)!.at).toBeGreaterThan(runner.wallNow() - 700);
	});
});
