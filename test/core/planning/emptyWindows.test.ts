import { EmptyWindows } from '../../../core/planning/emptyWindows';
import { learn, noHours, unknown } from '../../../core/planning/forecast';
import { planningLimits } from '../../../core/limits';
import { type Window, secondsOf } from '../../../core/time/window';

const DAY = 86_400;
const MONDAY = Date.UTC(2024, 3, 1) / 1_000;
const days = (first: number, last: number): Window => ({ from: MONDAY + first * DAY, to: MONDAY + last * DAY });
const busy = learn(
	unknown,
	days(-7, 0),
	noHours().map((_, hour) => (hour % 24 >= 8 && hour % 24 < 20 ? 500 : 0)),
);

function allOf<T>(next: () => T | null): T[] {
	const all: T[] = [];
	for (let one = next(); one !== null; one = next()) all.push(one);
	return all;
}

test('short stretches are joined, and asked again in as few windows as may be', () => {
	const emptyWindows = new EmptyWindows();
	expect(emptyWindows.isEmpty).toBe(true);
	for (const [from, to] of [
		[0, 10],
		[20, 25],
		[10, 20],
		[40, 50],
	])
		emptyWindows.add({ from, to }, unknown);
	expect(emptyWindows.isEmpty).toBe(false);
	expect(emptyWindows.next()).toBeNull();
	emptyWindows.lookAgain(15, unknown);
	expect(emptyWindows.isEmpty).toBe(true);
	expect(emptyWindows.nextProbe()).toBeNull();
	expect(allOf(() => emptyWindows.next())).toEqual([
		{ from: 0, to: 15 },
		{ from: 15, to: 25 },
		{ from: 40, to: 50 },
	]);
});

describe('where rows were expected', () => {
	test('a window longer than any that came with rows is cut; one that came with rows in it shows how long is too long', () => {
		const emptyWindows = new EmptyWindows();
		emptyWindows.cameWithRows(days(-1, 0));
		expect(emptyWindows.cameEmpty(days(0, 4), busy)).toBe('cut');
		expect(emptyWindows.cameEmpty(days(0, 2), busy)).toBe('cut');
		expect(emptyWindows.cameWithRows(days(0, 1))).toBe(DAY);
		expect(emptyWindows.cameWithRows(days(4, 5))).toBeNull();
	});

	test('a window of such a length is probed by an hour before it counts', () => {
		const emptyWindows = new EmptyWindows();
		emptyWindows.cameWithRows(days(-2, 0));
		expect(emptyWindows.cameEmpty(days(0, 2), busy)).toBe('probing');
		const probe = emptyWindows.nextProbe();
		expect(probe).toMatchObject({ of: days(0, 2), isOfStretch: false });
		expect(secondsOf(probe!.window)).toBe(planningLimits.probeSeconds);
		expect(emptyWindows.cameEmpty({ from: MONDAY, to: MONDAY + planningLimits.shortProbeSeconds }, busy)).toBe('once');
	});
});

describe('where nothing was expected', () => {
	test('a long stretch is probed by an hour and by a day; all in vain, it is due to be asked again', () => {
		const emptyWindows = new EmptyWindows();
		for (const window of [days(0, 1), days(1, 5), days(5, 21)]) {
			expect(emptyWindows.cameEmpty(window, unknown)).toBe('once');
			emptyWindows.add(window, unknown);
		}
		emptyWindows.lookAgain(31 * DAY, unknown);
		expect(emptyWindows.next()).toBeNull();
		const probes = allOf(() => emptyWindows.nextProbe());
		expect(probes.map(({ window }) => secondsOf(window)).sort((a, b) => a - b)).toEqual([
			planningLimits.probeSeconds,
			planningLimits.longProbeSeconds,
		]);
		emptyWindows.probedInVain(probes[0].window);
		emptyWindows.probedInVain(probes[0].window);
		expect(emptyWindows.next()).toBeNull();
		emptyWindows.probedInVain(probes[1].window);
		expect(emptyWindows.next()).toEqual(days(0, 21));
	});

	test('a probe with rows opens what is longer than it, with half the length that hid them', () => {
		const emptyWindows = new EmptyWindows();
		for (const window of [{ from: MONDAY - 600, to: MONDAY }, days(0, 4), days(4, 20)])
			emptyWindows.add(window, unknown);
		emptyWindows.lookAgain(31 * DAY, busy);
		const { window } = emptyWindows.nextProbe()!;
		expect(emptyWindows.convict(window)).toEqual({
			open: [days(0, 4), days(4, 20)],
			forecast: unknown,
			maxSeconds: 8 * DAY,
		});
		expect(emptyWindows.convict(window)).toBeNull();
		expect(emptyWindows.nextProbe()).toBeNull();
		expect(emptyWindows.isEmpty).toBe(false);
	});

	test('windows no longer than one that came with rows need no probe', () => {
		const emptyWindows = new EmptyWindows();
		emptyWindows.add(days(0, 20), unknown);
		emptyWindows.cameWithRows(days(20, 40));
		emptyWindows.lookAgain(31 * DAY, unknown);
		expect(emptyWindows.nextProbe()).toBeNull();
		expect(emptyWindows.next()).toEqual(days(0, 20));
	});

	test('over years probes are few, spread over all of them, the last month in any case', () => {
		const emptyWindows = new EmptyWindows();
		const years = days(0, 4_000);
		for (let month = 0; month < 4_000; month += 31) emptyWindows.add(days(month, Math.min(month + 31, 4_000)), unknown);
		emptyWindows.lookAgain(31 * DAY, unknown);
		const starts = allOf(() => emptyWindows.nextProbe())
			.map(({ window }) => window.from)
			.sort((a, b) => a - b);
		expect(starts).toHaveLength(planningLimits.probesAtMost);
		expect(starts.at(-1)).toBeGreaterThan(years.to - 31 * DAY);
		expect(Math.max(...starts.slice(1).map((at, index) => at - starts[index]))).toBeLessThan(150 * DAY);
	});
});
