import { triggerLimits } from '../../../core/limits';
import { identityOf } from '../../../core/api/record';
import { MINUTE, Runner } from './runner';

test('more rows than the state can hold one by one: it stays bounded, nothing is lost, and what may come twice is marked', async () => {
	const runner = new Runner(
		{ rowsPerDay: 600_000, shape: 'flat', lateSeconds: { min: 2_700, max: 3_500, share: 0.001 } },
		{ minMs: 15 * MINUTE },
	);
	await runner.tick();
	const from = runner.wallNow();
	const came = new Map<string, number>();
	const keysOf = new Map<string, Set<string>>();
	let [twice, marked] = [0, 0];
	for (let minute = 0; minute < 90; minute++) {
		const { ticks } = await runner.run(1);
		for (const tick of ticks) {
			if (tick.kind !== 'read') continue;
			for (const { row, repeated } of tick.tick.fresh) {
				const times = came.get(row.recordId) ?? 0;
				came.set(row.recordId, times + 1);
				keysOf.set(identityOf(row.record), (keysOf.get(identityOf(row.record)) ?? new Set()).add(row.recordId));
				if (repeated) marked++;
				if (times > 0) twice++;
				if (times > 0) expect(repeated).toBe(true);
			}
		}
		expect(runner.stateBytes).toBeLessThan(2 * triggerLimits.stateMaxBytes);
	}
	// All that had become visible by the last read has come, by number of identical rows.
	const to = runner.wallNow() - 3_900;
	const owed = new Map<string, number>();
	for (const row of runner.wire.operation.rowsOf({ from, to }))
		owed.set(identityOf(row), (owed.get(identityOf(row)) ?? 0) + 1);
	const missing = [...owed].filter(([identity, times]) => (keysOf.get(identity)?.size ?? 0) !== times);
	expect(missing).toEqual([]);
	expect(owed.size).toBeGreaterThan(8_000);
	expect(twice).toBeGreaterThan(0);
	expect(marked).toBeLessThan(came.size / 4);
});
