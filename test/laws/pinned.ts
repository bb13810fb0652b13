import { takesTurns } from './crowd';
import { takesNothingBroken } from './reader';
import type { Scenario } from './scenario';
import { exact, toldAtLeast, whole, wholeButEdges } from './verdicts';

/** A failure that was found once, kept for ever. */
interface Pinned {
	readonly sentence: string;
	holds(): Promise<string[]>;
}

const plain: Scenario = {
	seed: 1,
	from: 1_711_933_200,
	to: 1_711_936_800,
	capRecords: 607,
	believedCap: 607,
	parallel: 1,
	campaign: 'all',
	pieceBytes: 65_536,
	api: { shape: 'flat', rowsPerDay: 86_400 },
};

export const pinned: readonly Pinned[] = [
	{
		sentence: 'rows that only the end of the body brings count towards the cap',
		holds: () =>
			whole({
				...plain,
				seed: 106_899,
				campaign: '22109',
				api: { ...plain.api, rowsPerDay: 172_800, envelope: 'bareArray' },
			}),
	},
	{
		sentence: 'a refusal that is cut short says nothing, and is asked again',
		holds: () => whole({ ...plain, api: { ...plain.api, dataTo: 1, faults: { script: ['cutBody'] } } }),
	},
	{
		sentence: 'when dates turn out coarser than the cuts made so far, the cuts are made anew',
		holds: () =>
			exact({
				...plain,
				seed: 498_689,
				from: 1_712_037_600,
				to: 1_712_041_200,
				capRecords: 1_099,
				believedCap: 1_099,
				api: { shape: 'flat', rowsPerDay: 172_800, overCap: 'error400', bounds: 'toOpen', dateForm: 'YYYY-MM-DD HH' },
			}),
	},
	{
		sentence: 'one request that hangs does not give up a window that cannot be cut',
		holds: () =>
			whole({
				...plain,
				api: { shape: 'flat', rowsPerDay: 8_640, dateForm: 'YYYY-MM-DD HH', faults: { script: [null, 'stallHead'] } },
			}),
	},
	{
		sentence: 'a lower cap cannot hide in a window that cannot be cut',
		holds: () =>
			exact({
				...plain,
				capRecords: 1_000,
				believedCap: 60_000,
				api: { shape: 'flat', rowsPerDay: 43_000, dateForm: 'YYYY-MM-DD HH' },
			}),
	},
	{
		sentence: 'a range that is crowded by its margins ends before the watchdog, not one second at a time',
		holds: () =>
			exact({
				...plain,
				capRecords: 610,
				believedCap: 610,
				api: { ...plain.api, rowsPerDay: 172_800, dateForm: 'YYYY-MM-DD HH:00:00' },
			}),
	},
	{
		sentence: 'seconds that turn out missing are not counted as settled twice',
		holds: () =>
			exact({
				...plain,
				seed: 455_645,
				from: 1_712_073_600,
				to: 1_712_080_800,
				capRecords: 3_027,
				believedCap: 3_027,
				api: { shape: 'step', rowsPerDay: 172_800, overCap: 'cutOldest', dateForm: 'YYYY-MM-DD HH:00:00' },
			}),
	},
	{
		sentence: 'an empty morning is probed when people are called, not at midnight',
		holds: () =>
			whole({
				...plain,
				seed: 0,
				from: 1_711_929_600,
				to: 1_712_004_720,
				capRecords: 601,
				believedCap: 601,
				api: { shape: 'callCentre', rowsPerDay: 2_397, overCap: 'notFound' },
			}),
	},
	{
		sentence: 'a date two seconds off its filter loses no record between two windows',
		holds: () =>
			wholeButEdges({
				...plain,
				seed: 350_387,
				from: 1_712_350_800,
				to: 1_712_437_200,
				capRecords: 3_420,
				believedCap: 3_420,
				parallel: 2,
				api: {
					shape: 'flat',
					rowsPerDay: 9_000,
					filterSkewSeconds: -2,
					latencyMs: 300,
					overCap: 'grouped',
					msgOverCap: 'true',
				},
			}),
	},
	{
		sentence:
			'dates that jitter by a second or two lose no record between windows that show as many rows, but not the same',
		holds: () =>
			toldAtLeast({
				...plain,
				seed: 279_668,
				from: 1_712_952_000,
				to: 1_712_955_600,
				capRecords: 741,
				believedCap: 741,
				parallel: 2,
				api: { shape: 'bursty', rowsPerDay: 69_048, filterSkewSeconds: { min: -2, max: 1 }, duplicateShare: 0 },
			}),
	},
	{
		sentence: 'a second in which as many records lie as in the one beside it comes whole',
		holds: () =>
			whole({
				...plain,
				seed: 2,
				capRecords: 1_077,
				believedCap: 1_077,
				api: {
					shape: 'flat',
					rowsPerDay: 24,
					duplicateShare: 0,
					spikes: [plain.from - 1, plain.from].map((at) => ({ at, rows: 601, campaign: '22109' })),
				},
			}),
	},
	{
		sentence: 'a second of nearly as many records as the cap, all that is asked for, comes whole',
		holds: () =>
			whole({
				...plain,
				seed: 999_987,
				to: plain.from + 1,
				capRecords: 602,
				believedCap: 602,
				api: {
					shape: 'flat',
					rowsPerDay: 0,
					duplicateShare: 0,
					spikes: [{ at: plain.from, rows: 601, campaign: '22109' }],
				},
			}),
	},
	{
		sentence: 'an answer to what was asked before a Retry-After came does not end it',
		holds: () =>
			takesTurns({
				seed: 519_719,
				runs: [1, 2, 1, 3].map((days, n) => ({ day: 1, days, parallel: n % 2 === 0 ? 1 : 2, startsAfterMs: 0 })),
				faults: { random: { http503: 0.02, busy: 0.1, falseEmpty: 0.02 } },
				retryAfter: { seconds: 5, as: 'seconds' },
				latencyMs: 4_000,
			}),
	},
	{
		sentence: 'who waited for long goes on once the pause is over, and is not told to be stopped by hand',
		holds: () =>
			takesTurns({
				seed: 519_723,
				runs: [3, 1, 1].map((days, n) => ({
					day: 1,
					days,
					parallel: n === 0 ? 2 : 1,
					startsAfterMs: Math.max(0, n - 1),
				})),
				faults: { random: { http503: 0.02, busy: 0.1, falseEmpty: 0.02 } },
				retryAfter: { seconds: 601, as: 'seconds' },
				latencyMs: 0,
			}),
	},
	{
		sentence: 'a bracket behind a body that was closed is no part of it',
		holds: () =>
			Promise.resolve(takesNothingBroken({ body: { text: '{}x}', sizes: [1], chunkBytes: 64 }, at: 2, as: ' ' })),
	},
	{
		sentence: 'a server that reads date_end down to the minute hides nothing of a range that ends within one',
		holds: () =>
			exact({
				...plain,
				to: plain.to - 25,
				capRecords: 60_000,
				believedCap: 60_000,
				api: { ...plain.api, bounds: 'endToMinute' },
			}),
	},
];
