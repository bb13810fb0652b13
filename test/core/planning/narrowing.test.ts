import * as fc from 'fast-check';

import { narrow } from '../../../core/planning/narrowing';
import { type Window, secondsOf, subtract, totalSeconds } from '../../../core/time/window';

const START = 1_700_000_000;

/** Searches a window in which these seconds are broken; every piece is asked one grain wider at each end. */
function searching(
	window: Window,
	broken: readonly number[],
	{ grain = 1, unit = grain }: { grain?: number; unit?: number } = {},
) {
	const fails = ({ from, to }: Window): boolean => broken.some((at) => from - grain <= at && at < to + grain);
	const good: Window[] = [];
	let requests = 0;
	const search = narrow(window, { grain, margin: grain, unit });
	let step = search.next();
	while (!step.done) {
		const piece = step.value.window;
		expect(secondsOf(piece)).toBeGreaterThan(0);
		expect(subtract([piece], [window])).toEqual([]);
		requests++;
		if (!fails(piece)) good.push(piece);
		step = search.next(!fails(piece));
	}
	return { found: step.value, requests, open: subtract([window], [...good, ...step.value]), fails };
}

test('one broken second, anywhere in a window of any length: it and the second beside it, in few requests', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 31 * 86_400 }),
			fc.double({ min: 0, max: 0.999, noNaN: true }),
			(length, part) => {
				const at = START + Math.floor(length * part);
				const { found, requests, open } = searching({ from: START, to: START + length }, [at]);
				expect(totalSeconds(found)).toBeLessThanOrEqual(3);
				expect(found.some(({ from, to }) => from <= at && at < to)).toBe(true);
				expect(open).toEqual([]);
				// Beside these: the window twice, whether the API answers at all, and the second once more.
				expect(requests + 4).toBeLessThanOrEqual(2 * Math.log2(length) + 12);
			},
		),
		{ numRuns: 500, seed: 19 },
	);
});

test('two broken seconds are both found; a whole hour is one place', () => {
	const day = { from: START, to: START + 86_400 };
	const two = searching(day, [START + 40_000, START + 70_000]);
	expect(two.found).toEqual([
		{ from: START + 39_999, to: START + 40_002 },
		{ from: START + 69_999, to: START + 70_002 },
	]);
	expect(two.open).toEqual([]);
	const hour = searching(
		day,
		Array.from({ length: 3_600 }, (_, index) => START + 30_000 + index),
	);
	expect(hour.found).toEqual([{ from: START + 29_999, to: START + 33_601 }]);
	expect(hour.requests).toBeLessThan(70);
});

test('what lies between the first and the last and is not whole is left open', () => {
	const broken = [10_000, 40_000, 70_000].map((at) => START + at);
	const { found, open, fails } = searching({ from: START, to: START + 86_400 }, broken);
	expect(found).toHaveLength(2);
	expect(open.filter(fails)).toHaveLength(1);
});

test('a fault that passed leaves nothing broken', () => {
	const search = narrow({ from: START, to: START + 600 }, { grain: 1, margin: 1, unit: 1 });
	expect(search.next().done).toBe(false);
	expect(search.next(true).done).toBe(false);
	expect(search.next(true)).toEqual({ done: true, value: [] });
});

test('a search may end at coarser pieces, and cuts on the grain of the dates', () => {
	const coarse = searching({ from: START, to: START + 86_400 }, [START + 40_000], { unit: 3_600 });
	expect(totalSeconds(coarse.found)).toBeLessThan(3 * 3_600);
	expect(coarse.requests).toBeLessThan(15);
	const from = Math.floor(START / 3_600) * 3_600;
	const hours = searching({ from: from + 7, to: from + 86_400 }, [from + 7_200], { grain: 3_600 });
	expect(hours.found.every((one) => one.from % 3_600 === 0 && one.to % 3_600 === 0)).toBe(true);
	expect(hours.open).toEqual([]);
});
