import { MINUTE, Runner } from './runner';

const DAY = 24 * 60 * MINUTE;
/** Records may come so much later than they are dated: none here, but the last minutes are the next poll's. */
const YOUNG_SECONDS = 120;

/** Polls once in so many milliseconds. @returns what each poll brought, and how many records it left */
async function polled(
	runner: Runner,
	everyMs: number,
	times: number,
): Promise<Array<{ brought: number; left: number }>> {
	const from = runner.wallNow();
	await runner.tick();
	let came = 0;
	const polls: Array<{ brought: number; left: number }> = [];
	for (let poll = 0; poll < times; poll++) {
		await runner.wait(everyMs);
		const due = runner.wire.operation.truth({ from, to: runner.wallNow() - YOUNG_SECONDS }).count;
		const { rows } = await runner.tick();
		came += rows.length;
		polls.push({ brought: rows.length, left: Math.max(0, due - came) });
	}
	return polls;
}

test.each([
	['once a day at 14,000 a day', 14_000, DAY, 4],
	['once a day at 45,000 a day', 45_000, DAY, 2],
	['once a week at 5,000 a day', 5_000, 7 * DAY, 2],
	['once a quarter at 300 a day', 300, 91 * DAY, 2],
])('%s every poll is complete, and none repeats the one before', async (_, rowsPerDay, everyMs, times) => {
	const polls = await polled(new Runner({ rowsPerDay, duplicateShare: 0 }), everyMs, times);
	expect(polls.map(({ left }) => left)).toEqual(Array(times).fill(0));
});

test('three days are missed at 30,000 a day: level again with the next poll but one', async () => {
	const runner = new Runner({ rowsPerDay: 30_000, duplicateShare: 0 });
	const from = runner.wallNow();
	await runner.tick();
	await runner.wait(3 * DAY);
	const first = await runner.tick();
	await runner.wait(5 * MINUTE);
	const second = await runner.tick();
	const due = runner.wire.operation.truth({ from, to: runner.wallNow() - YOUNG_SECONDS }).count;
	expect(first.rows.length + second.rows.length).toBeGreaterThanOrEqual(due);
	expect(second).toMatchObject({ kind: 'read', tick: { behindSeconds: 0 } });
}, 60_000);
