import * as fc from 'fast-check';

import { type Window, contains, cut, join, overlaps, subtract, tile, totalSeconds } from '../../../core/time/window';

const window = fc
	.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
	.map(([from, length]) => ({ from, to: from + length }));
const windows = fc.array(window, { maxLength: 8 });
/** The seconds themselves: what every law below is held against. */
const seconds = (some: readonly Window[]): Set<number> =>
	new Set(some.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)));

test('cut, then joined, is what it was', () => {
	fc.assert(
		fc.property(window, fc.nat(), (whole, at) => {
			const place = whole.from + 1 + (at % Math.max(1, whole.to - whole.from - 1));
			if (place >= whole.to) return;
			const [a, b] = cut(whole, place);
			expect(overlaps(a, b)).toBe(false);
			expect(join([b, a])).toEqual([whole]);
		}),
	);
});

test('tiles cover a window exactly once, none longer than allowed', () => {
	fc.assert(
		fc.property(window, fc.integer({ min: 1, max: 7 }), (whole, longest) => {
			const tiles = tile(whole, longest);
			expect(totalSeconds(tiles)).toBe(whole.to - whole.from);
			expect(join(tiles)).toEqual([whole]);
			expect(Math.max(...tiles.map(({ from, to }) => to - from))).toBeLessThanOrEqual(longest);
		}),
	);
});

test('join keeps the seconds, in order, with a gap between any two', () => {
	fc.assert(
		fc.property(windows, (some) => {
			const joined = join(some);
			expect(seconds(joined)).toEqual(seconds(some));
			joined.slice(1).forEach(({ from }, index) => expect(from).toBeGreaterThan(joined[index].to));
		}),
	);
});

test('join leaves out what has no length', () => {
	expect(
		join([
			{ from: 5, to: 5 },
			{ from: 1, to: 2 },
		]),
	).toEqual([{ from: 1, to: 2 }]);
});

test('subtract takes exactly the seconds that are taken', () => {
	fc.assert(
		fc.property(windows, windows, (from, taken) => {
			const left = subtract(from, taken);
			const gone = seconds(taken);
			expect(seconds(left)).toEqual(new Set([...seconds(from)].filter((at) => !gone.has(at))));
			expect(join(left)).toEqual(left);
		}),
	);
});

test('half-open: the first second belongs to a window, the last does not', () => {
	expect(contains({ from: 3, to: 5 }, 3)).toBe(true);
	expect(contains({ from: 3, to: 5 }, 5)).toBe(false);
	expect(overlaps({ from: 3, to: 5 }, { from: 5, to: 6 })).toBe(false);
	expect(overlaps({ from: 3, to: 5 }, { from: 4, to: 6 })).toBe(true);
});
