import { fingerprintOf } from '../../../core/reading/crossCheck';
import { PackedRecords } from '../../../core/reading/packedRecords';
import { OrderedParts } from '../../../core/extraction/orderedParts';
import type { WallSeconds, Window } from '../../../core/time/window';
import { formatWall } from '../../../core/time/wallClock';
import { row } from '../../support/exchanges';

const range = { from: 0, to: 40 };
const failure = { kind: 'tooMany', why: 'capReached' } as const;

const rowAt = (at: WallSeconds, customer_id = 'a') => ({ ...row, customer_id, date: formatWall(at) });

/** A window whose records are dated at these moments, and what its answer showed beside it. */
function part(
	window: Window,
	dates: readonly WallSeconds[] = [window.from],
	beside: ReadonlyArray<[WallSeconds, ...string[]]> = [],
) {
	const records = new PackedRecords();
	for (const at of dates) records.add(rowAt(at), at);
	const prints = beside.map(([at, ...names]) => [at, names.map((name) => fingerprintOf(rowAt(at, name)))] as const);
	return { window, records: records.close(), undated: 0, beside: new Map(prints) };
}
const given = (parts: Iterable<{ window: Window }>): number[] => [...parts].map(({ window }) => window.from);
const [a, b, c, d] = [
	{ from: 0, to: 10 },
	{ from: 10, to: 20 },
	{ from: 20, to: 30 },
	{ from: 30, to: 40 },
];

test('a window is handed over once everything before it is settled, and its neighbour behind', () => {
	const parts = new OrderedParts(range);
	parts.whole(part(b), false);
	expect(given(parts.ready())).toEqual([]);
	parts.whole(part(a), false);
	expect(given(parts.ready())).toEqual([0]);
	parts.whole(part(d), false);
	expect(given(parts.ready())).toEqual([]);
	parts.whole(part(c), false);
	expect(given(parts.ready())).toEqual([10, 20]);
	expect(given(parts.rest())).toEqual([30]);
	expect(parts.tally).toMatchObject({ windows: 4, records: 4, proven: [range] });
});

test('what is empty or unproven is passed, never waited for', () => {
	const parts = new OrderedParts(range);
	parts.empty(a);
	parts.unproven(c, failure);
	parts.whole(part(b), false);
	parts.whole(part(d), false);
	expect(given(parts.ready())).toEqual([10]);
	expect(given(parts.rest())).toEqual([30]);
	expect(parts.tally).toMatchObject({ empty: [a], unproven: [{ window: c, failure }] });
});

test('an answer that was empty once and is not the second time was a false one', () => {
	const parts = new OrderedParts(range);
	parts.whole(part(a), true);
	parts.whole(part(b), false);
	expect(parts.tally.falseEmpties).toBe(1);
});

test('what is settled is counted once, whether handed over, waiting, empty or unproven', () => {
	const parts = new OrderedParts(range);
	parts.whole(part(a, [0, 1, 2]), false);
	parts.whole(part(b), false);
	expect(given(parts.ready())).toEqual([0]);
	parts.empty(d);
	expect(parts.settledSeconds()).toBe(30);
	expect(parts.recordsSettled()).toBe(4);
	parts.miss([3], failure);
	expect(parts.settledSeconds()).toBe(30);
});

test('records that turn out missing make their second unproven, but only where it was handed over', () => {
	const parts = new OrderedParts(range);
	parts.whole(part(a), false);
	parts.whole(part(b), false);
	expect(given(parts.ready())).toEqual([0]);
	parts.miss([3, 4, 4, 10, 15, -1], failure);
	parts.miss([4], failure);
	expect(parts.tally.unproven).toEqual([{ window: { from: 3, to: 5 }, failure }]);
});

test('what is not handed over can be taken back: then it is open, empty or not, unless it is named', () => {
	const parts = new OrderedParts(range);
	parts.whole(part(a), false);
	parts.whole(part(b), false);
	expect(given(parts.ready())).toEqual([0]);
	parts.unproven({ from: 25, to: 26 }, failure);
	parts.empty(d);
	expect(parts.takeBack()).toEqual([
		{ from: 10, to: 25 },
		{ from: 26, to: 40 },
	]);
	expect(parts.tally).toMatchObject({ proven: [a], empty: [] });
	expect(given(parts.rest())).toEqual([]);
});

describe('neighbours', () => {
	const agree = (earlier: ReturnType<typeof part>, later: ReturnType<typeof part>): boolean[] => {
		const [forward, backward] = [new OrderedParts(range), new OrderedParts(range)];
		forward.whole(earlier, false);
		backward.whole(later, false);
		return [forward.whole(later, false), backward.whole(earlier, false)];
	};

	test('agree when each shows beside it no more than the other holds', () => {
		expect(agree(part(a, [8, 9, 9], [[10, 'a']]), part(b, [10, 10], [[9, 'a', 'a']]))).toEqual([true, true]);
		expect(agree(part(a, [9], []), part(b, [10], []))).toEqual([true, true]);
	});

	test('do not when one shows a row that the other lacks', () => {
		expect(agree(part(a, [9], []), part(b, [10], [[9, 'a', 'a']]))).toEqual([false, false]);
		expect(agree(part(a, [9], [[10, 'a', 'a']]), part(b, [10], []))).toEqual([false, false]);
	});

	test('do not when one shows another row than the other holds, be they as many', () => {
		expect(agree(part(a, [9], []), part(b, [10], [[9, 'b']]))).toEqual([false, false]);
	});

	test('do not when one shows a row where the other found nothing, whichever came first', () => {
		const [first, last] = [new OrderedParts(range), new OrderedParts(range)];
		expect(first.empty(a)).toBe(true);
		expect(first.whole(part(b, [10], [[9, 'a']]), false)).toBe(false);
		last.whole(part(b, [10], [[9, 'a']]), false);
		expect(last.empty(a)).toBe(false);
		expect(last.empty(c)).toBe(true);
	});

	test('need not be asked of places that neither holds', () => {
		expect(agree(part(a, [9], [[35, 'a']]), part(c, [20], [[15, 'a']]))).toEqual([true, true]);
	});
});
