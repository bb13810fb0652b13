import { Doubt } from '../../core/doubt';
import { learn, noHours, unknown } from '../../core/forecast';
import { PROBE_FROM_SECONDS, PROBE_SECONDS } from '../../core/limits';

const DAY = 86_400;
const MONDAY = Date.UTC(2024, 3, 1) / 1_000;
const hourOf = (at: number): number => Math.floor((at % DAY) / 3_600);

test('empty stretches are joined, and asked again in as few windows as may be', () => {
	const doubt = new Doubt();
	expect(doubt.isEmpty).toBe(true);
	for (const [from, to] of [[0, 10], [20, 25], [10, 20], [40, 50]]) doubt.add({ from, to });
	expect(doubt.isEmpty).toBe(false);
	expect(doubt.next()).toBeNull();
	doubt.lookAgain(15);
	expect(doubt.isEmpty).toBe(true);
	expect([doubt.next(), doubt.next(), doubt.next(), doubt.next()]).toEqual([{ from: 0, to: 15 }, { from: 15, to: 25 }, { from: 40, to: 50 }, null]);
});

describe('a probe', () => {
	const monday = { from: MONDAY, to: MONDAY + DAY };

	test('is not worth a request where little can be hidden', () => {
		const doubt = new Doubt();
		expect(doubt.probeOf({ from: MONDAY, to: MONDAY + PROBE_SECONDS }, unknown)).toBeNull();
		expect(doubt.probeOf({ from: MONDAY, to: MONDAY + PROBE_FROM_SECONDS - 1 }, unknown)).toBeNull();
		const quiet = learn(unknown, monday, noHours());
		expect(doubt.probeOf({ from: MONDAY + DAY, to: MONDAY + DAY + 40_000 }, quiet)).toBeNull();
	});

	test('lies in the window, on a working day, when people are called; another one each time', () => {
		const doubt = new Doubt();
		const week = { from: MONDAY, to: MONDAY + 7 * DAY };
		const probes = Array.from({ length: 20 }, () => doubt.probeOf(week, unknown)?.from ?? NaN);
		for (const from of probes) {
			expect(from).toBeGreaterThanOrEqual(MONDAY);
			expect(from).toBeLessThan(MONDAY + 5 * DAY);
			expect(hourOf(from)).toBeGreaterThanOrEqual(9);
			expect(hourOf(from)).toBeLessThan(19);
		}
		expect(new Set(probes).size).toBe(20);
	});

	test('looks at a weekend where there is nothing else', () => {
		const probe = new Doubt().probeOf({ from: MONDAY + 5 * DAY, to: MONDAY + 7 * DAY }, unknown);
		expect(hourOf(probe?.from ?? NaN)).toBeGreaterThanOrEqual(9);
	});

	test('goes where rows are known to be', () => {
		const night = learn(unknown, monday, noHours().map((_, hour) => (hour === 3 ? 500 : 0)));
		const probe = new Doubt().probeOf({ from: MONDAY + DAY, to: MONDAY + 2 * DAY }, night);
		expect(hourOf(probe?.from ?? NaN)).toBe(3);
		expect((probe?.to ?? NaN) - (probe?.from ?? NaN)).toBe(PROBE_SECONDS);
	});
});
