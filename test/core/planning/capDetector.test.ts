import { CapDetector } from '../../../core/planning/capDetector';
import { apiLimits } from '../../../core/limits';
import type { Window } from '../../../core/time/window';

const whole = { from: 0, to: 100 };
const [first, second] = [
	{ from: 0, to: 50 },
	{ from: 50, to: 100 },
];

/** Whether an answer of so many rows is not trusted as it came. */
function doubts(
	watch: CapDetector,
	served: number,
	{ window = whole as Window, records = served, canBeCut = true, skewSeconds = 0 } = {},
): boolean {
	const heard = { served, records: { length: records } };
	return canBeCut ? watch.doubts(window, heard, apiLimits.capRecords) : watch.looksCut(served, skewSeconds);
}

test('a round count is suspicious, and one less, whatever was trusted before: a cap may fall in mid-run', () => {
	for (const before of [0, 40_000]) {
		const watch = new CapDetector();
		watch.trust(whole, before, before);
		expect([499, 500, 1_000, 4_999].map((served) => doubts(watch, served))).toEqual([true, true, true, true]);
		expect([0, 1, 498, 501, 1_001].filter((served) => doubts(watch, served))).toEqual([]);
	}
});

test('so is what is nearly the cap, and what an answer shortly before had', () => {
	const watch = new CapDetector();
	expect(doubts(watch, 59_123)).toBe(true);
	expect(doubts(watch, 58_123)).toBe(false);
	watch.trust(whole, 4_321, 4_321);
	watch.trust(whole, 300, 300);
	expect(doubts(watch, 4_321)).toBe(true);
	expect(doubts(watch, 300)).toBe(false);
	for (let served = 5_001; served < 5_009; served++) watch.trust(whole, served, served);
	expect(doubts(watch, 4_321)).toBe(false);
});

test('a repeated count that was cleared is chance', () => {
	const watch = new CapDetector();
	watch.trust(whole, 4_321, 4_321);
	expect(doubts(watch, 4_321)).toBe(true);
	watch.trust(first, 4_000, 4_000);
	expect(watch.trust(second, 321, 321)).toBeNull();
	watch.trust(whole, 4_321, 4_321);
	expect(doubts(watch, 4_321)).toBe(false);
});

test('parts that hold as many clear it', () => {
	const watch = new CapDetector();
	doubts(watch, 1_000, { records: 998 });
	expect(watch.trust(first, 400, 398)).toBeNull();
	expect(watch.trust(second, 602, 600)).toBeNull();
});

test('parts that hold more convict it, the second time for good', () => {
	const watch = new CapDetector();
	const hides = (from: number) => {
		doubts(watch, 1_000, { window: { from, to: from + 100 } });
		watch.trust({ from, to: from + 50 }, 700, 700);
		return watch.trust({ from: from + 50, to: from + 100 }, 701, 701);
	};
	expect(hides(0)).toBeNull();
	expect(hides(100)).toEqual({ capRecords: 1_000, trusted: [] });
});

test('and at once where the same count was trusted before: that window was cut as well', () => {
	const watch = new CapDetector();
	watch.trust(whole, 4_321, 4_321);
	expect(doubts(watch, 4_321, { window: { from: 100, to: 200 } })).toBe(true);
	watch.trust({ from: 100, to: 150 }, 4_000, 4_000);
	expect(watch.trust({ from: 150, to: 200 }, 322, 322)).toEqual({ capRecords: 4_321, trusted: [whole] });
});

test('two different round counts are no cap', () => {
	const watch = new CapDetector();
	for (const served of [1_000, 1_500]) {
		doubts(watch, served);
		watch.trust(first, 900, 900);
		expect(watch.trust(second, 901, 901)).toBeNull();
	}
});

test('nor does what was empty before the suspect count for it', () => {
	const watch = new CapDetector();
	for (const from of [1_000, 2_000]) {
		doubts(watch, 500, { window: { from, to: from + 100 } });
		watch.trust({ from: from - 500, to: from + 40 }, 0, 0);
		expect(watch.trust({ from: from + 40, to: from + 90 }, 501, 501)).toBeNull();
		const found = from === 1_000 ? null : { capRecords: 500, trusted: [] };
		expect(watch.trust({ from: from + 90, to: from + 100 }, 1, 1)).toEqual(found);
	}
});

test('a part that was empty counts, also where it reaches beyond the suspect', () => {
	const watch = new CapDetector();
	for (const from of [0, 1_000]) {
		doubts(watch, 500, { window: { from, to: from + 100 } });
		watch.trust({ from, to: from + 50 }, 501, 501);
		const found = from === 0 ? null : { capRecords: 500, trusted: [] };
		expect(watch.trust({ from: from + 50, to: from + 500 }, 0, 0)).toEqual(found);
	}
});

describe('a second that cannot be read in parts and holds a round count', () => {
	const alone = { window: { from: 0, to: 1 }, canBeCut: false };

	test('is trusted where a larger one was', () => {
		const watch = new CapDetector();
		expect(doubts(watch, 15_000, alone)).toBe(true);
		watch.trust(whole, 15_001, 15_001);
		expect(doubts(watch, 15_000, alone)).toBe(false);
		expect(doubts(watch, 15_000, { ...alone, skewSeconds: 60 })).toBe(true);
	});

	test('is not where that count was seen to hide rows; trusted before, it is named then', () => {
		const watch = new CapDetector();
		watch.trust(whole, 777, 777);
		doubts(watch, 500);
		expect(doubts(watch, 500, alone)).toBe(false);
		watch.trust(alone.window, 500, 500);
		expect(watch.trust({ from: 1, to: 100 }, 7, 7)).toEqual({ capRecords: 500, trusted: [alone.window] });
		expect(doubts(watch, 500, { ...alone, window: { from: 1, to: 2 } })).toBe(true);
	});
});
