import { type WindowRows, type Bounds, windowRowsCollector } from './windowRows';
import { apiLimits, readingLimits } from '../limits';
import type { Failure, Fault, TooMany, Transient } from '../failures';
import { SlabPool } from './packedRecords';
import { type Connection, type Question, ask } from '../api/request';
import { readReport } from '../api/response';
import { formatCompact } from '../time/wallClock';
import { type Window, secondsOf } from '../time/window';

/** What the answers of a run have shown of the API and its dates so far; every window is asked by it. */
export interface DateKnowledge {
	/** A campaign's number, or `all`. */
	readonly campaign: string;
	capRecords: number;
	/** Precision of `date`, 1 until an answer shows another. Windows are cut on it. */
	grainSeconds: number;
	grainKnown: boolean;
	/** How far dates were seen outside what was asked. */
	skewSeconds: number;
	/** The memory that answers are packed in. */
	readonly pool: SlabPool;
	/** Rows dated exactly at both bounds were seen: the bounds are inclusive. */
	boundsInclusive: boolean;
	/** Which bounds are no part of an answer, once that was found out. */
	leftOut?: { readonly first: boolean; readonly last: boolean };
	/** A minute holds so many rows that a short window is too full with the rest of its last minute. */
	isCrowded?: boolean;
	/** What PHP wrote beside an answer that was whole all the same: the first of the run. */
	notice?: string;
	/** Dates lie too far outside what was asked, and the same came for another window. */
	isFixed?: boolean;
}

export const nothingKnown = (campaign: string, capRecords: number): DateKnowledge => ({
	campaign,
	capRecords,
	grainSeconds: 1,
	grainKnown: false,
	skewSeconds: 0,
	pool: new SlabPool(),
	boundsInclusive: false,
});

/** One question about one window, and the answer held against it. */
export type WindowAnswer =
	| {
			readonly kind: 'whole';
			readonly count: number;
			readonly rows: WindowRows;
			readonly elapsedSeconds: number;
	  }
	| { readonly kind: 'empty' }
	| { readonly kind: 'tooMany'; readonly count: number; readonly rows: WindowRows; readonly failure: TooMany }
	| { readonly kind: 'failed'; readonly failure: Failure };

interface WindowQuestion {
	readonly bounds: Bounds;
	readonly campaign?: string;
	/** Read a saturated answer to its end, for the campaigns that are seen in it. */
	readonly readToEnd?: boolean;
	/** How often it is asked where a fault may be the window's own. */
	readonly tries?: number;
}

/** Seconds asked beside a window at each end: one grain, or as far as dates were seen to stray. */
export const marginOf = ({ grainSeconds, skewSeconds }: DateKnowledge): number => Math.max(grainSeconds, skewSeconds);

/** The window and its margin; at an edge that is off the grain the server's own edge is trusted. */
export function widenedBounds(knowledge: DateKnowledge, { from, to }: Window): Bounds {
	const margin = marginOf(knowledge);
	return {
		first: from % knowledge.grainSeconds === 0 ? from - margin : from,
		last: to % knowledge.grainSeconds === 0 ? to - 1 + margin : to - 1,
	};
}

/**
 * The same, and on to the end of its last minute: a server that reads `date_end` down to the minute hides nothing then. Not
 * where minutes are crowded and the window is short.
 */
export function boundsToMinute(knowledge: DateKnowledge, window: Window): Bounds {
	const { first, last } = widenedBounds(knowledge, window);
	const { grainSeconds, isCrowded } = knowledge;
	if (grainSeconds > 1 || (isCrowded && secondsOf(window) < readingLimits.manyMinutesSeconds)) return { first, last };
	const minute = Math.ceil(last / 60) * 60;
	return { first, last: minute - first > apiLimits.maxSpanSeconds ? last : minute };
}

/** The window alone, its last second included: neighbours asked so do not overlap. */
export const exactBounds = ({ from, to }: Window): Bounds => ({ first: from, last: to - 1 });

/** Asks once about a window. */
export async function askWindow(
	connection: Connection,
	knowledge: DateKnowledge,
	window: Window,
	wording: WindowQuestion,
): Promise<WindowAnswer> {
	const { bounds, campaign = knowledge.campaign, readToEnd } = wording;
	const fresh = () => windowRowsCollector(window, bounds, knowledge.grainSeconds, knowledge.pool);
	let collector = fresh();
	let elapsedMs = 0;
	const question: Question<number> = {
		path: 'reports_manager.php',
		query: {
			api: 'campaign_7',
			campaign_id: campaign,
			date_ini: formatCompact(bounds.first),
			date_end: formatCompact(bounds.last),
		},
		read: (exchange) => {
			collector = fresh();
			return readReport(exchange, {
				capRecords: knowledge.capRecords,
				readToEnd,
				take: collector.take,
				noticed: (notice) => (knowledge.notice ??= notice),
			});
		},
		timed: (tookMs) => {
			elapsedMs = tookMs;
		},
		size: bounds.last - bounds.first,
		tries: (fault) => (isOfWindows(fault) ? (wording.tries ?? triesOf(fault, window)) : apiLimits.maxTries),
	};
	const answer = await ask(connection, question);
	switch (answer.kind) {
		case 'whole':
			return { kind: 'whole', count: answer.value, rows: collector.done(), elapsedSeconds: elapsedMs / 1_000 };
		case 'empty':
			return answer;
		case 'tooMany':
			return { kind: 'tooMany', count: answer.count ?? 0, rows: dropped(collector.done()), failure: answer };
		default:
			return { kind: 'failed', failure: answer };
	}
}

/** The records of a saturated answer are never used. */
function dropped(rows: WindowRows): WindowRows {
	rows.records.release();
	return rows;
}

/** Asks, and asks once more before it believes that there is nothing. */
export async function askWindowTwice(
	connection: Connection,
	knowledge: DateKnowledge,
	window: Window,
	wording: WindowQuestion,
): Promise<WindowAnswer> {
	const answer = await askWindow(connection, knowledge, window, wording);
	return answer.kind === 'empty' ? askWindow(connection, knowledge, window, wording) : answer;
}

/** What an answer itself shows to be broken. */
const OF_ANSWERS: readonly Fault[] = ['countDiffers', 'oddRow', 'notWhole'];
/** What may be wrong with one window, or with the API for a moment. */
const OF_SERVICE: readonly Fault[] = ['serverStatus', 'webPage', 'notice', 'cut', 'stalled', 'endless', 'otherCode'];

/** Whether a fault tells nothing of the host: an answer came, and it was broken. */
export const isOfAnswer = ({ why }: Transient): boolean => OF_ANSWERS.includes(why);

/** Whether a window may fail so for good, while others are answered. */
export const isOfWindows = (fault: Transient): boolean => isOfAnswer(fault) || OF_SERVICE.includes(fault.why);

/** How often a window is asked until a fault counts as its own. */
const triesOf = (fault: Transient, window: Window): number =>
	isOfAnswer(fault) || secondsOf(window) > readingLimits.heavyWindowSeconds ? 2 : 3;
