import { type Harvest, type Bounds, harvester } from './harvest';
import { HEAVY_WINDOW_SECONDS } from './limits';
import type { Failure, TooMany, Transient } from './outcome';
import type { Pool } from './pack';
import { type Line, type Question, ask } from './request';
import { readRecords } from './response';
import { formatCompact } from './wallClock';
import { type Window, secondsOf } from './window';

/** What the answers of a run have shown of the API and its dates so far; every window is asked by it. */
export interface Reading {
	/** A campaign's number, or `all`. */
	readonly campaign: string;
	capRecords: number;
	/** Precision of `date`, 1 until an answer shows another. Windows are cut on it. */
	grainSeconds: number;
	grainKnown: boolean;
	/** How far dates were seen outside what was asked. */
	skewSeconds: number;
	/** The memory that answers are packed in. */
	readonly pool: Pool;
	/** Rows dated exactly at both bounds were seen: the bounds are inclusive. */
	boundsInclusive: boolean;
}

/** One question about one window, heard and held against it. */
export type Heard =
	| { readonly kind: 'whole'; readonly count: number; readonly harvest: Harvest; readonly elapsedSeconds: number }
	| { readonly kind: 'empty' }
	| { readonly kind: 'tooMany'; readonly count: number; readonly harvest: Harvest; readonly failure: TooMany }
	| { readonly kind: 'failed'; readonly failure: Failure };

export interface Wording {
	readonly bounds: Bounds;
	readonly campaign?: string;
	/** Read a saturated answer to its end, for the campaigns that are seen in it. */
	readonly readToEnd?: boolean;
}

/** Seconds asked beside a window at each end: one grain, or as far as dates were seen to stray. */
export const marginOf = ({ grainSeconds, skewSeconds }: Reading): number => Math.max(grainSeconds, skewSeconds);

/** The window and its margin; at an edge that is off the grain the server's own edge is trusted. */
export function widened(reading: Reading, { from, to }: Window): Bounds {
	const margin = marginOf(reading);
	return {
		first: from % reading.grainSeconds === 0 ? from - margin : from,
		last: to % reading.grainSeconds === 0 ? to - 1 + margin : to - 1,
	};
}

/** The window alone, its last second included: neighbours asked so do not overlap. */
export const exactly = ({ from, to }: Window): Bounds => ({ first: from, last: to - 1 });

/** Asks once about a window. */
export async function hear(line: Line, reading: Reading, window: Window, wording: Wording): Promise<Heard> {
	const { bounds, campaign = reading.campaign, readToEnd } = wording;
	const fresh = () => harvester(window, bounds, reading.grainSeconds, reading.pool);
	let harvest = fresh();
	let elapsedMs = 0;
	const question: Question<number> = {
		path: 'reports_manager.php',
		query: { api: 'campaign_7', campaign_id: campaign, date_ini: formatCompact(bounds.first), date_end: formatCompact(bounds.last) },
		read: (exchange) => {
			harvest = fresh();
			return readRecords(exchange, { capRecords: reading.capRecords, readToEnd, take: harvest.take });
		},
		timed: (tookMs) => {
			elapsedMs = tookMs;
		},
		heavy: (fault) => isHeavy(fault, window),
	};
	const answer = await ask(line, question);
	switch (answer.kind) {
		case 'whole':
			return { kind: 'whole', count: answer.value, harvest: harvest.done(), elapsedSeconds: elapsedMs / 1_000 };
		case 'empty':
			return answer;
		case 'tooMany':
			return { kind: 'tooMany', count: answer.count ?? 0, harvest: dropped(harvest.done()), failure: answer };
		default:
			return { kind: 'failed', failure: answer };
	}
}

/** The records of a saturated answer are never used. */
function dropped(harvest: Harvest): Harvest {
	harvest.records.release();
	return harvest;
}

/** Asks, and asks once more before it believes that there is nothing. */
export async function hearTwice(line: Line, reading: Reading, window: Window, wording: Wording): Promise<Heard> {
	const heard = await hear(line, reading, window, wording);
	return heard.kind === 'empty' ? hear(line, reading, window, wording) : heard;
}

/** Faults that a smaller window may heal or narrow down: fewer rows than announced, a row that cannot be read, and what breaks off in a long window. */
const isHeavy = ({ why }: Transient, window: Window): boolean =>
	['countDiffers', 'oddRow', 'notWhole'].includes(why) || (secondsOf(window) > HEAVY_WINDOW_SECONDS && ['serverStatus', 'webPage', 'cut', 'stalled'].includes(why));
