import * as fc from 'fast-check';

import { hourOfWeek, noHours } from '../../../core/planning/forecast';
import { apiLimits } from '../../../core/limits';
import {
	type Plan,
	closeWindow,
	expectedIn,
	exhausted,
	planFor,
	reopened,
	takeNextWindow,
	halveWindow,
} from '../../../core/planning/planner';
import { type Window, join, secondsOf, totalSeconds } from '../../../core/time/window';

const DAY = 86_400;
const MONDAY = Date.UTC(2024, 3, 1) / 1_000;
const range = { from: MONDAY, to: MONDAY + 100 * DAY };
const LONGEST = 31 * DAY - 2;

/** Hours of a window with so many rows, all in its first. */
const rowsIn = (window: Window, rows: number): number[] => {
	const hours = noHours();
	hours[hourOfWeek(window.from)] = rows;
	return hours;
};
const next = (plan: Plan, grainSeconds = 1): { plan: Plan; window: Window } => {
	const taken = takeNextWindow(plan, grainSeconds);
	if (!taken) throw new Error('Nothing is open');
	return taken;
};

test('starts with one day', () => {
	expect(secondsOf(next(planFor(range, LONGEST)).window)).toBe(DAY);
});

test('an empty range has nothing to ask', () => {
	expect(takeNextWindow(planFor({ from: 5, to: 5 }, LONGEST), 1)).toBeNull();
});

test('grows to four times the longest window proven, and to what one request may span', () => {
	let plan = planFor(range, LONGEST);
	const lengths: number[] = [];
	for (let step = 0; step < 4; step++) {
		const taken = next(plan);
		lengths.push(secondsOf(taken.window) / DAY);
		plan = closeWindow(taken.plan, taken.window, rowsIn(taken.window, 1_500), 1);
	}
	expect(lengths[0]).toBe(1);
	expect(lengths[1]).toBe(4);
	expect(lengths[2]).toBeLessThanOrEqual(16);
	expect(Math.max(...lengths)).toBeLessThanOrEqual(31);
});

test('a forecast keeps a window below the cap', () => {
	const { plan, window } = next(planFor(range, LONGEST));
	const hours = noHours().map((_, hour) => (hour < 24 ? 2_000 : 0));
	const learned = closeWindow(plan, window, hours, 10);
	const following = next(learned).window;
	expect(expectedIn(learned, following)).toBeLessThan(apiLimits.capRecords);
	expect(expectedIn(learned, following)).toBeGreaterThan(apiLimits.capRecords / 10);
	expect(expectedIn(planFor(range, LONGEST), window)).toBeNull();
});

test('a slow server has a smaller cap: three quarters of its minute', () => {
	const { plan, window } = next(planFor(range, LONGEST));
	const hours = noHours().map((_, hour) => (hour < 24 ? 2_000 : 0));
	const quick = next(closeWindow(plan, window, hours, 1)).window;
	const slow = next(closeWindow(plan, window, hours, 480)).window;
	expect(secondsOf(slow)).toBeLessThan(secondsOf(quick) / 5);
	expect(expectedIn(closeWindow(plan, window, hours, 480), slow)).toBeLessThanOrEqual(45 * 100);
});

test('after three near-empty answers windows double, whatever was forecast', () => {
	let plan = planFor(range, LONGEST);
	const lengths: number[] = [];
	for (let step = 0; step < 5; step++) {
		const taken = next(plan);
		lengths.push(secondsOf(taken.window) / DAY);
		plan = closeWindow(taken.plan, taken.window, rowsIn(taken.window, 3), 1);
	}
	expect(lengths[3]).toBeGreaterThanOrEqual(Math.min(30.99, 2 * lengths[2]));
});

test('on saturation the first half comes next, then the other, and the window keeps its own end', () => {
	const { plan, window } = next(planFor(range, LONGEST));
	const split = halveWindow(plan, window, 1);
	const first = next(split ?? plan);
	expect(first.window).toEqual({ from: window.from, to: window.from + DAY / 2 });
	const second = next(first.plan);
	expect(second.window).toEqual({ from: window.from + DAY / 2, to: window.to });
	expect(next(second.plan).window.from).toBe(window.to);
});

test('a window of one grain cannot be cut', () => {
	const plan = planFor(range, LONGEST);
	expect(halveWindow(plan, { from: MONDAY, to: MONDAY + 1 }, 1)).toBeNull();
	expect(halveWindow(plan, { from: MONDAY, to: MONDAY + 60 }, 60)).toBeNull();
	expect(halveWindow(plan, { from: MONDAY, to: MONDAY + 61 }, 60)).not.toBeNull();
});

test('cuts lie on the grain, also where the range does not', () => {
	let plan = planFor({ from: MONDAY + 1_234, to: MONDAY + 5 * DAY + 77 }, LONGEST);
	for (;;) {
		const taken = takeNextWindow(plan, 3_600);
		if (!taken) break;
		const { from, to } = taken.window;
		expect(from === MONDAY + 1_234 || from % 3_600 === 0).toBe(true);
		expect(to === MONDAY + 5 * DAY + 77 || to % 3_600 === 0).toBe(true);
		plan = secondsOf(taken.window) > 7_200 ? (halveWindow(taken.plan, taken.window, 3_600) ?? taken.plan) : taken.plan;
	}
});

test('windows that are open again are asked in order of time', () => {
	const windows = [
		{ from: 50, to: 60 },
		{ from: 10, to: 20 },
	];
	const first = next(reopened(planFor(range, LONGEST), windows, LONGEST));
	expect(first.window).toEqual(windows[1]);
	expect(next(first.plan).window).toEqual(windows[0]);
});

test('the watchdog allows what the rows and the range can justify', () => {
	const plan = planFor(range, LONGEST);
	expect(exhausted(plan, 16 * (64 + 16 * 4) - 1)).toBeNull();
	expect(exhausted(plan, 16 * (64 + 16 * 4))).toEqual({ kind: 'bounded', why: 'watchdog', limit: 16 * (64 + 16 * 4) });
	expect(exhausted({ ...plan, records: 10_000_000 }, 16 * (64 + 16 * 4))).toBeNull();
});

test('past the watchdog windows are only halved, however short the forecast wants them', () => {
	const { plan, window } = next(planFor(range, LONGEST));
	const crowded = closeWindow(
		plan,
		window,
		noHours().map(() => 1_000_000),
		1,
	);
	expect(secondsOf(next(crowded).window)).toBeLessThan(3_600);
	expect(secondsOf(next({ ...crowded, taken: 10_000_000 }).window)).toBeGreaterThan(LONGEST - 60);
});

test('whatever a server answers, every step shrinks or advances, and the range stays covered exactly once', () => {
	const answers = fc.infiniteStream(
		fc.record({
			verdict: fc.constantFrom('whole', 'tooMany'),
			rows: fc.nat(70_000),
			elapsed: fc.integer({ min: 0, max: 100 }),
		}),
	);
	const property = fc.property(
		answers,
		fc.integer({ min: 1, max: 40 }),
		fc.constantFrom(1, 60, 3_600),
		(stream, days, grainSeconds) => {
			const asked = { from: MONDAY, to: MONDAY + days * DAY };
			let plan = planFor(asked, LONGEST);
			const settled: Window[] = [];
			for (const { verdict, rows, elapsed } of stream) {
				if (settled.length > 150) break;
				const taken = takeNextWindow(plan, grainSeconds);
				if (!taken) break;
				const seconds = secondsOf(taken.window);
				if (seconds <= 0 || seconds > LONGEST) throw new Error(`a window of ${seconds} s`);
				const split =
					verdict === 'tooMany' && rows % 3 > 0 ? halveWindow(taken.plan, taken.window, grainSeconds) : null;
				if (split) {
					if (secondsOf(next(split, grainSeconds).window) >= seconds) throw new Error('no step forward');
					plan = split;
				} else {
					settled.push(taken.window);
					plan = closeWindow(taken.plan, taken.window, rowsIn(taken.window, rows), elapsed);
				}
				const all = [...settled, ...plan.open];
				const [covered, ...more] = join(all);
				if (totalSeconds(all) !== secondsOf(asked) || covered.from !== asked.from || more.length > 0)
					throw new Error('the range is not covered once');
			}
		},
	);
	fc.assert(property, { numRuns: 60 });
});
