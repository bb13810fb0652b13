import * as fc from 'fast-check';

import type { DateForm, FaultPlan, OverCap, Shape, SimulatorOptions } from '../simulator';

/** One extraction: what there is, how the API answers, and who asks. Plain data, so that a failure can be kept as it is. */
export interface Scenario {
	readonly seed: number;
	/** Wall-clock seconds. */
	readonly from: number;
	readonly to: number;
	readonly capRecords: number;
	/** What the core believes the cap to be. */
	readonly believedCap: number;
	readonly parallel: number;
	readonly campaign: string;
	/** Sizes of the pieces that a body comes in. */
	readonly pieceBytes: number;
	readonly api: Partial<SimulatorOptions>;
}

export const DAY = 86_400;
/** Monday 2024-04-01 00:00:00. */
const SPRING = Date.UTC(2024, 3, 1) / 1_000;

const shapes: readonly Shape[] = ['callCentre', 'bursty', 'flat', 'step', 'sparse'];
const cuts: readonly OverCap[] = ['cutNewest', 'cutOldest', 'cutRandom', 'grouped', 'error400', 'error500'];
const secondForms: readonly DateForm[] = [
	'YYYY-MM-DD HH:MM:SS',
	'YYYY-MM-DDTHH:MM:SS',
	'YYYY/MM/DD HH:MM:SS',
	'DD/MM/YYYY HH:MM:SS',
	'DD-MM-YYYY HH:MM:SS',
	'YYYYMMDDHHMMSS',
];
export const coarseForms: readonly DateForm[] = ['YYYY-MM-DD HH:MM', 'YYYY-MM-DD HH', 'YYYY-MM-DD-HH'];
export const zeroedForms: readonly DateForm[] = ['YYYY-MM-DD HH:MM:00', 'YYYY-MM-DD HH:00:00'];

/** A range of a second to forty days, its edges on a second, a minute or an hour. */
const range = fc
	.record({
		start: fc.integer({ min: 0, max: 20 * DAY }),
		log: fc.double({ min: 0, max: 1, noNaN: true }),
		grid: fc.constantFrom(1, 60, 3_600),
	})
	.map(({ start, log, grid }) => {
		const from = SPRING + Math.floor(start / grid) * grid;
		return { from, to: from + Math.max(grid, Math.floor(Math.round((40 * DAY) ** log) / grid) * grid) };
	});

/** How the same truth may be told. */
export const telling = fc.record({
	overCap: fc.constantFrom(...cuts),
	msgOverCap: fc.constantFrom('served' as const, 'true' as const),
	order: fc.constantFrom('ascending' as const, 'descending' as const, 'shuffled' as const, 'grouped' as const),
	bounds: fc.constantFrom('closed' as const, 'fromOpen' as const, 'toOpen' as const, 'open' as const),
	dateForm: fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom(...secondForms) },
		{ weight: 1, arbitrary: fc.constantFrom(...coarseForms) },
	),
	emptyAs: fc.constantFrom('404' as const, '[]' as const, 'null' as const, '{}' as const, 'absent' as const),
	envelope: fc.constantFrom(
		'contract' as const,
		'contract' as const,
		'dataFirst' as const,
		'bareArray' as const,
		'dataObject' as const,
	),
	codeAs: fc.constantFrom('text' as const, 'number' as const),
	keyOrder: fc.constantFrom('contract' as const, 'reversed' as const, 'mixed' as const),
	extraFields: fc.boolean(),
	prettyPrint: fc.boolean(),
	escapeUnicode: fc.boolean(),
	bomAtStart: fc.boolean(),
	campaignIdWithName: fc.boolean(),
	resultCase: fc.constantFrom('upper' as const, 'lower' as const, 'title' as const),
	duplicateShare: fc.constantFrom(0, 0.01, 0.3),
	latencyMs: fc.constantFrom(0, 300, 4_000),
});

/** A passing fault now and then, no kind of it more than once in fifty requests. */
export const misfortune: fc.Arbitrary<FaultPlan> = fc.record({
	random: fc.dictionary(
		fc.constantFrom(
			...([
				'http500',
				'http502',
				'http503',
				'html200',
				'busy',
				'cutBody',
				'cutGzip',
				'reset',
				'refuse',
				'stallHead',
				'stallBody',
				'falseEmpty',
				'wrongCount',
				'rowNotObject',
				'rowMissingKey',
				'otherCode200',
				'emptyBody',
			] as const),
		),
		fc.integer({ min: 1, max: 20 }).map((permille) => permille / 1_000),
		{ maxKeys: 6, noNullPrototype: true },
	),
});

/** What Retry-After may say: nothing, a wait that a run has patience for, and one that it has not. */
export const retryAfters = fc.record({
	seconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 899 }), fc.integer({ min: 901, max: 7_200 })),
	as: fc.constantFrom('seconds' as const, 'date' as const),
});

/** An API that is often busy or unavailable, so that most runs meet a Retry-After. */
export const refusals: fc.Arbitrary<FaultPlan> = fc.record({
	random: fc.record({
		http503: fc.constantFrom(0.02, 0.1, 0.3),
		busy: fc.constantFrom(0, 0.1, 0.3),
		falseEmpty: fc.constant(0.02),
	}),
});

/** Rows of a run: enough to pass the cap some twenty times, few enough for hundreds of runs a minute. */
const density = fc.record({ shape: fc.constantFrom(...shapes), rows: fc.integer({ min: 0, max: 12_000 }) });

export const scenarios = (
	faults: fc.Arbitrary<FaultPlan>,
	more: fc.Arbitrary<Partial<SimulatorOptions>> = fc.constant({}),
): fc.Arbitrary<Scenario> =>
	fc
		.record({
			seed: fc.nat(1_000_000),
			range,
			density,
			telling,
			faults,
			more,
			capRecords: fc.integer({ min: 601, max: 4_000 }),
			parallel: fc.constantFrom(1, 2),
			campaign: fc.constantFrom('all', 'all', 'all', '22109', '7', '31002'),
			pieceBytes: fc.constantFrom(7, 1_000, 65_536),
		})
		.map(
			({
				seed,
				range: { from, to },
				density: { shape, rows },
				telling: told,
				faults: plan,
				more: others,
				capRecords,
				parallel,
				campaign,
				pieceBytes,
			}) => {
				// Where an edge is finer than the dates, Wolkvox's own edge is trusted: that can only be right if it is inclusive.
				const trusts = coarseForms.includes(told.dateForm) && (from % 3_600 !== 0 || to % 3_600 !== 0);
				// Two rows a second are as dense as the smallest cap allows without a second that nobody could prove.
				const rowsPerDay = Math.min(2 * DAY, rows / Math.max(1 / 24, (to - from) / DAY));
				const api = {
					...told,
					bounds: trusts ? ('closed' as const) : told.bounds,
					shape,
					rowsPerDay,
					faults: plan,
					...others,
				};
				return { seed, from, to, capRecords, believedCap: capRecords, parallel, campaign, pieceBytes, api };
			},
		);
