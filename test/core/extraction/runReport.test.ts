import { nothingSpent } from '../../../core/api/request';
import { type Tally, emptyTally, reportOf } from '../../../core/extraction/runReport';
import type { Failure } from '../../../core/failures';

const asked = { from: 0, to: 100 };
const crowded: Failure = { kind: 'tooMany', why: 'capReached', count: 60_000 };
const stopped: Failure = { kind: 'cancelled' };
const report = (
	tally: Partial<Tally>,
	changes: { skewSeconds?: number; grainSeconds?: number; wallNow?: number; range?: typeof asked } = {},
) =>
	reportOf(
		changes.range ?? asked,
		{ ...emptyTally(), ...tally },
		{
			spending: { ...nothingSpent(), requests: 5, retries: 1, waitedMs: 7 },
			knowledge: { skewSeconds: 0, grainSeconds: 1, ...changes },
			wallNow: changes.wallNow ?? 1e9,
			ended: stopped,
		},
	);

test('whatever is neither proven nor named was not read, for the reason that ended the run', () => {
	const { proven, unproven } = report({
		proven: [
			{ from: 0, to: 30 },
			{ from: 30, to: 50 },
		],
		unproven: [{ window: { from: 60, to: 61 }, failure: crowded }],
	});
	expect(proven).toEqual([{ from: 0, to: 50 }]);
	expect(unproven).toEqual([
		{ window: { from: 50, to: 60 }, failure: stopped },
		{ window: { from: 60, to: 61 }, failure: crowded },
		{ window: { from: 61, to: 100 }, failure: stopped },
	]);
});

test('a second that was handed over and turned out incomplete is unproven', () => {
	const { proven } = report({ proven: [asked], unproven: [{ window: { from: 10, to: 11 }, failure: crowded }] });
	expect(proven).toEqual([
		{ from: 0, to: 10 },
		{ from: 11, to: 100 },
	]);
});

test('neighbouring seconds that failed alike are one stretch', () => {
	const seconds = [12, 10, 11, 20].map((from) => ({
		window: { from, to: from + 1 },
		failure: from === 20 ? stopped : crowded,
	}));
	const { unproven } = report({
		proven: [
			{ from: 0, to: 10 },
			{ from: 13, to: 20 },
			{ from: 21, to: 100 },
		],
		unproven: seconds,
	});
	expect(unproven).toEqual([
		{ window: { from: 10, to: 13 }, failure: crowded },
		{ window: { from: 20, to: 21 }, failure: stopped },
	]);
	const different: Failure = { ...crowded, count: 70_000 };
	expect(
		report({
			proven: [{ from: 2, to: 100 }],
			unproven: [
				{ window: { from: 0, to: 1 }, failure: crowded },
				{ window: { from: 1, to: 2 }, failure: different },
			],
		}).unproven,
	).toHaveLength(2);
});

test('the youngest half hour may still change', () => {
	const range = { from: 0, to: 10_000 };
	const proven = [range];
	expect(report({ proven }, { range, wallNow: 10_000 }).unsettled).toEqual({ from: 8_200, to: 10_000 });
	expect(report({ proven }, { range, wallNow: 1_000 }).unsettled).toEqual({ from: 0, to: 10_000 });
	expect(report({ proven }, { range, wallNow: 11_799 }).unsettled).toEqual({ from: 9_999, to: 10_000 });
	expect(report({ proven }, { range, wallNow: 11_800 }).unsettled).toBeNull();
});

test('dates that stray are told past a minute', () => {
	expect(report({ proven: [asked] }, { skewSeconds: 60 }).skewSeconds).toBe(0);
	expect(report({ proven: [asked] }, { skewSeconds: 120 }).skewSeconds).toBe(120);
});

test('edges finer than the dates are told', () => {
	expect(report({ proven: [asked] }, { grainSeconds: 60 }).trustedEdges).toEqual([100]);
	expect(report({ proven: [asked] }, { grainSeconds: 1 }).trustedEdges).toEqual([]);
});

test('an account that does not cover its range exactly once is a bug that must not pass', () => {
	expect(() => report({ proven: [{ from: 0, to: 101 }] })).toThrow('does not cover');
	expect(() => report({ proven: [{ from: -1, to: 100 }] })).toThrow('does not cover');
	expect(() => report({ proven: [asked], unproven: [{ window: { from: 100, to: 110 }, failure: crowded }] })).toThrow(
		'does not cover',
	);
});
