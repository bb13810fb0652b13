import { learn, noHours, unknown } from '../../../core/planning/forecast';
import { mostTelling, tellingPieces } from '../../../core/planning/telling';

const DAY = 86_400;
const HOUR = 3_600 - 2;
const MONDAY = Date.UTC(2024, 3, 1) / 1_000;
const hourOf = (at: number): number => Math.floor((at % DAY) / 3_600);
const monday = { from: MONDAY, to: MONDAY + DAY };

test('on a working day, when people are called; another one each time', () => {
	const week = { from: MONDAY, to: MONDAY + 7 * DAY };
	const starts = Array.from({ length: 20 }, (_, turn) => mostTelling(week, HOUR, unknown, turn).from);
	for (const from of starts) {
		expect(from).toBeLessThan(MONDAY + 5 * DAY);
		expect(hourOf(from)).toBeGreaterThanOrEqual(9);
		expect(hourOf(from)).toBeLessThan(19);
	}
	expect(new Set(starts).size).toBe(20);
});

test('a window from Sunday to Wednesday is looked at on a working day, whatever is known of Sunday’s hours', () => {
	const sunday = { from: MONDAY - DAY, to: MONDAY };
	const weekday = learn(
		unknown,
		{ from: MONDAY - 3 * DAY, to: MONDAY - 2 * DAY },
		noHours().map((_, hour) => (hour >= 96 && hour < 120 ? 90 : 0)),
	);
	for (const forecast of [unknown, learn(unknown, sunday, noHours()), weekday])
		for (let turn = 0; turn < 40; turn++)
			expect(mostTelling({ from: sunday.from, to: MONDAY + 3 * DAY }, HOUR, forecast, turn).from).toBeGreaterThan(
				MONDAY,
			);
});

test('at a weekend where there is nothing else, and all of a window that is no longer', () => {
	expect(
		hourOf(mostTelling({ from: MONDAY + 5 * DAY, to: MONDAY + 7 * DAY }, HOUR, unknown, 0).from),
	).toBeGreaterThanOrEqual(9);
	expect(mostTelling({ from: MONDAY, to: MONDAY + 100 }, HOUR, unknown, 0)).toEqual({ from: MONDAY, to: MONDAY + 100 });
});

test('where rows are known to be', () => {
	const night = learn(
		unknown,
		monday,
		noHours().map((_, hour) => (hour === 3 ? 500 : 0)),
	);
	const piece = mostTelling({ from: MONDAY + DAY, to: MONDAY + 2 * DAY }, HOUR, night, 0);
	expect(hourOf(piece.from)).toBe(3);
	expect(piece.to - piece.from).toBe(HOUR);
});

test('several pieces lie apart', () => {
	const starts = tellingPieces(monday, 600, 3, unknown)
		.map(({ from }) => from)
		.sort((a, b) => a - b);
	expect(starts).toHaveLength(3);
	expect(Math.min(starts[1] - starts[0], starts[2] - starts[1])).toBeGreaterThan(1_200);
	expect(tellingPieces({ from: MONDAY, to: MONDAY + 10 }, 600, 3, unknown)).toHaveLength(1);
});
