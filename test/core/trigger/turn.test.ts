import { openLane } from '../../../core/api/tokenLane';
import { digestOf } from '../../simulator';
import { MINUTE, Runner } from './runner';

const HOUR = 60 * MINUTE;

/** A long run on the trigger's token: a request of 16 s after another, each within its turn. */
async function longRun(runner: Runner, untilMs: number): Promise<number> {
	const { world, token } = runner;
	const lane = openLane(world, 'runner', token, { parallel: 1 });
	let requests = 0;
	while (world.now() < untilMs) {
		await lane.withTurn({ signal: new AbortController().signal }, async () => {
			requests++;
			await world.sleep(16_000);
			return {};
		});
	}
	lane.close();
	return requests;
}

test.each([5_000, 12_000])(
	'beside three long runs for two hours, with answers after %i ms: never ten minutes behind, level one poll after',
	async (latencyMs) => {
		const runner = new Runner({ rowsPerDay: 14_000, duplicateShare: 0, latencyMs });
		runner.token = `beside-${latencyMs}`;
		const from = runner.wallNow();
		await runner.tick();
		const untilMs = runner.world.now() + 2 * HOUR;
		const runs = [1, 2, 3].map(async () => await longRun(runner, untilMs));
		const { rows, ticks } = await runner.run(120);
		let [behindMinutes, lastReadMinute] = [0, 0];
		for (const [minute, tick] of ticks.entries()) {
			if (tick.kind === 'read' && tick.tick.behindSeconds === 0) lastReadMinute = minute;
			behindMinutes = Math.max(behindMinutes, minute - lastReadMinute);
		}
		expect(behindMinutes).toBeLessThanOrEqual(10);
		expect((await Promise.all(runs)).every((requests) => requests > 100)).toBe(true);
		expect(ticks.reduce((sum, { requests }) => sum + requests, 0)).toBeLessThanOrEqual(24 + 20);
		const after = await runner.run(6);
		const to = runner.wallNow() - 6 * 60;
		expect(digestOf([...rows, ...after.rows].filter(({ at }) => at < to).map(({ record }) => record))).toEqual(
			runner.wire.operation.truth({ from, to }),
		);
	},
	60_000,
);

test('an n8n that stands still for half a poll shortens no window', async () => {
	const runner = new Runner({ rowsPerDay: 14_000 });
	await runner.tick();
	runner.wire.options.latencyMs = 40_000;
	runner.options = { ...runner.options, stalledMs: () => runner.world.now() - Date.UTC(2024, 5, 3, 15) };
	await runner.run(12);
	expect(runner.attendance.pace.windowSeconds).toBeNull();
	runner.options = { ...runner.options, stalledMs: undefined };
	await runner.run(12);
	expect(runner.attendance.pace.windowSeconds).toBeLessThan(3_600);
});
