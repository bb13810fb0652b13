import { EmptyWindows } from '../../../core/planning/emptyWindows';
import { learn, noHours, unknown } from '../../../core/planning/forecast';
import { planningLimits } from '../../../core/limits';

const DAY = 86_400;
const MONDAY = Date.UTC(2024, 3, 1) / 1_000;
const hourOf = (at: number): number => Math.floor((at % DAY) / 3_600);

test('empty stretches are joined, and asked again in as few windows as may be', () => {
	const emptyWindows = new EmptyWindows();
	expect(emptyWindows.isEmpty).toBe(true);
	for (const [from, to] of [
		[0, 10],
		[20, 25],
		[10, 20],
		[40, 50],
	])
		emptyWindows.add({ from, to });
	expect(emptyWindows.isEmpty).toBe(false);
	expect(emptyWindows.next()).toBeNull();
	emptyWindows.lookAgain(15);
	expect(emptyWindows.isEmpty).toBe(true);
	expect([emptyWindows.next(), emptyWindows.next(), emptyWindows.next(), emptyWindows.next()]).toEqual([
		{ from: 0, to: 15 },
		{ from: 15, to: 25 },
		{ from: 40, to: 50 },
		null,
	]);
});

describe('a probe', () => {
	const monday = { from: MONDAY, to: MONDAY + DAY };

	test('is not worth a request where little can be hidden', () => {
		const emptyWindows = new EmptyWindows();
		expect(emptyWindows.probeOf({ from: MONDAY, to: MONDAY + planningLimits.probeSeconds }, unknown)).toBeNull();
		expect(
			emptyWindows.probeOf({ from: MONDAY, to: MONDAY + planningLimits.probeFromSeconds - 1 }, unknown),
		).toBeNull();
		const quiet = learn(unknown, monday, noHours());
		expect(emptyWindows.probeOf({ from: MONDAY + DAY, to: MONDAY + DAY + 40_000 }, quiet)).toBeNull();
	});

	test('lies in the window, on a working day, when people are called; another one each time', () => {
		const emptyWindows = new EmptyWindows();
		const week = { from: MONDAY, to: MONDAY + 7 * DAY };
		const probes = Array.from({ length: 20 }, () => emptyWindows.probeOf(week, unknown)?.from ?? NaN);
		for (const from of probes) {
			expect(from).toBeGreaterThanOrEqual(MONDAY);
			expect(from).toBeLessThan(MONDAY + 5 * DAY);
			expect(hourOf(from)).toBeGreaterThanOrEqual(9);
			expect(hourOf(from)).toBeLessThan(19);
		}
		expect(new Set(probes).size).toBe(20);
	});

	test('looks at a weekend where there is nothing else', () => {
		const probe = new EmptyWindows().probeOf({ from: MONDAY + 5 * DAY, to: MONDAY + 7 * DAY }, unknown);
		expect(hourOf(probe?.from ?? NaN)).toBeGreaterThanOrEqual(9);
	});

	test('goes where rows are known to be', () => {
		const night = learn(
			unknown,
			monday,
			noHours().map((_, hour) => (hour === 3 ? 500 : 0)),
		);
		const probe = new EmptyWindows().probeOf({ from: MONDAY + DAY, to: MONDAY + 2 * DAY }, night);
		expect(hourOf(probe?.from ?? NaN)).toBe(3);
		expect((probe?.to ?? NaN) - (probe?.from ?? NaN)).toBe(planningLimits.probeSeconds);
	});
});
