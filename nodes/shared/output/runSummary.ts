import type { DateRange } from '../../../core/time/dateRange';
import { apiLimits, extractionLimits, outputLimits } from '../../../core/limits';
import type { Failure } from '../../../core/failures';
import type { RunReport, Unproven } from '../../../core/extraction/runReport';
import type { Words } from '../../../core/messages';
import { formatWall } from '../../../core/time/wallClock';
import { type WallSeconds, type Window, secondsOf } from '../../../core/time/window';
import { DAILY_REQUESTS, isLong } from './progress';
import { type Missing, type Say, missingOf, missingWarning, nameWindows, sayRange, unprovenWords } from './missing';

/**
 * The account of a run, in plain text: what a hint, the log, the fields `complete` and `missing`, and the answer of a tool
 * are made from (`rendering`).
 */
export interface RunSummary {
	/** What was asked, on the operation's clock. */
	readonly asked: Window;
	/** Records that became output. */
	readonly records: number;
	readonly requests: number;
	/** Empty where everything of the range is proven. */
	readonly missing: readonly Missing[];
	/** The error that it is where nothing at all came; null where nothing is missing. */
	readonly trouble: { readonly failure: Failure; readonly words: Words } | null;
	/** The part of the range where records may still be added, and when that is over; null where it is over. */
	readonly young: { readonly window: Window; readonly settledAt: WallSeconds } | null;
	/** What a person must not overlook. */
	readonly warnings: readonly string[];
	/** What a person wants to know first, and how it went. */
	readonly notes: readonly string[];
	/** What it cost: windows and requests, last of all. */
	readonly cost: string;
}

const count = (n: number, thing: string): string => `${n.toLocaleString('en-US')} ${thing}${n === 1 ? '' : 's'}`;

export interface Circumstance {
	/** Records that became output, and what they are called there. */
	readonly kept: number;
	readonly isItems: boolean;
	/** The run ended early because enough was read. */
	readonly enough: boolean;
	/** The items are the newest of the range. */
	readonly isNewestFirst?: boolean;
	/** The `date` of the oldest item, where there is one. */
	readonly boundDate?: unknown;
	readonly unproven: readonly Unproven[];
	/** What could not be made sure of. */
	readonly doubt?: string;
	readonly say: Say;
	/** A text of the API without the token, should it have echoed it. */
	withoutToken(text: string): string;
}

/** Draws up the account of a run. */
export function summaryOf(report: RunReport, circumstance: Circumstance): RunSummary {
	const { asked, requests, unsettled } = report;
	const { kept, enough, unproven, say, isNewestFirst } = circumstance;
	const isYoung = unsettled !== null && secondsOf(unsettled) > 0 && (!enough || isNewestFirst === true);
	const missing = missingOf(unproven, say);
	return {
		asked,
		records: kept,
		requests,
		missing,
		trouble: unproven.length > 0 ? { failure: unproven[0].failure, words: unprovenWords(unproven, say) } : null,
		young: isYoung ? { window: unsettled, settledAt: asked.to + extractionLimits.settledAfterSeconds } : null,
		warnings: warningsOf(report, missing, circumstance),
		notes: [...foundOf(report, circumstance, isYoung), ...notesOf(report, circumstance)],
		cost: costOf(report),
	};
}

/** What came, as a person would ask for it. */
function foundOf(
	{ asked, records }: RunReport,
	{ kept, enough, isNewestFirst, boundDate }: Circumstance,
	isYoung: boolean,
): string[] {
	const range = sayRange(asked);
	if (enough) {
		const [which, bound] = isNewestFirst ? ['newest', 'back to'] : ['first', 'from'];
		return [`The ${which} ${kept.toLocaleString('en-US')} ${range}${since(bound, boundDate, asked)}.`, MORE];
	}
	if (records === 0) {
		const soon = isYoung ? '; those of the last 30 minutes may still come' : '';
		return [`No records ${range}. Wolkvox was asked twice${soon}.`];
	}
	if (kept === 0) return [`None of the ${count(records, 'record')} ${range} fits what was chosen.`];
	const filtered = kept === records ? [] : [`${count(records, 'record')} read, the others filtered out.`];
	return [`${count(kept, 'record')} ${range}.`, ...filtered];
}

const MORE = 'There may be more: “Return All” gives every one.';

/** From when, or back to when, the items are; the day only where the range has several. */
function since(word: string, date: unknown, { from, to }: Window): string {
	if (typeof date !== 'string' || date.length < 19) return '';
	return `, ${word} ${to - from <= 86_400 ? date.slice(11) : date}`;
}

function costOf({ asked, windows, requests, retries }: RunReport): string {
	const counts = [
		count(windows, 'window'),
		count(requests, 'request'),
		...(retries > 0 ? [count(retries, 'retry').replace('retrys', 'retries')] : []),
	];
	return `Read in ${counts.join(', ')}.${isLong(asked) ? ` ${DAILY_REQUESTS}.` : ''}`;
}

function notesOf(report: RunReport, { enough }: Circumstance): string[] {
	const { records, empty, waitedMs, falseEmpties, trustedEdges } = report;
	const notes: string[] = [];
	if (waitedMs >= 1_000) notes.push(`Waited ${Math.round(waitedMs / 1_000)} s for Wolkvox.`);
	notes.push(...paceNotes(report));
	if (empty.length > 0 && records > 0 && !enough) notes.push(`Empty, asked twice: ${nameWindows(empty)}.`);
	if (falseEmpties > 0)
		notes.push(`${count(falseEmpties, 'answer')} came empty at first and had records when asked again.`);
	if (trustedEdges.length > 0)
		notes.push(
			`The dates of the records are coarser than ${trustedEdges.map(formatWall).join(' and ')}: ` +
				'there the edge that Wolkvox draws was trusted.',
		);
	return notes;
}

/** What is told of a pace that something before Wolkvox limits, and how it was recognised. */
function paceNotes({ pace, longestRetryAfterMs }: RunReport): string[] {
	const notes: string[] = [];
	if (pace)
		notes.push(
			`Something before Wolkvox limits the pace to about ${Math.round(pace.perMinute)} requests a minute: ` +
				`${count(pace.refused, 'request')} ${pace.refused === 1 ? 'was' : 'were'} refused (${refusalOf(pace.by)}) ` +
				'and answered after a pause, unchanged. The run kept to that pace.',
		);
	if (longestRetryAfterMs > apiLimits.lookAgainMs)
		notes.push(
			`A Retry-After told to wait for ${duration(longestRetryAfterMs)}; after 15 minutes at a time one request ` +
				'looked whether it was still so.',
		);
	return notes;
}

function refusalOf(failure: Failure): string {
	if (failure.kind !== 'transient') return 'said' in failure && failure.said ? failure.said : 'busy';
	return `${failure.why === 'webPage' ? 'a web page with ' : ''}HTTP status ${failure.status}`;
}

function duration(ms: number): string {
	const hours = ms / 3_600_000;
	return hours < 48 ? `${Math.round(hours * 10) / 10} hours` : `${Math.round(hours / 24)} days`;
}

function warningsOf(
	{ undated, skewSeconds, notice }: RunReport,
	missing: readonly Missing[],
	{ kept, isItems, doubt, withoutToken }: Circumstance,
): string[] {
	const warnings: string[] = [];
	if (missing.length > 0) warnings.push(missingWarning(missing));
	if (doubt) warnings.push(doubt);
	if (undated > 0)
		warnings.push(`${count(undated, 'record')} without a readable date: such records stand first in their window.`);
	if (notice !== null) warnings.push(`${noticeWords(withoutToken(notice))}.`);
	if (skewSeconds > 0)
		warnings.push(
			`Dates lie up to ${Math.ceil(skewSeconds / 60)} minutes outside what was asked: Wolkvox ` +
				'filters by another moment than it shows. Nothing of the range is missing by the date shown.',
		);
	if (isItems && kept > outputLimits.manyItems) {
		warnings.push(
			`${count(kept, 'item')} cost n8n much memory, and more where executions are saved. Export to File or Summarize take a fraction of it.`,
		);
	}
	return warnings;
}

/** An account with what else must not be overlooked. */
export const withWarnings = (summary: RunSummary, more: readonly string[]): RunSummary => ({
	...summary,
	warnings: [...summary.warnings, ...more],
});

/** How To was understood, of the last second read, or the first one that was not. */
const ENDS: Record<Exclude<DateRange['endsAs'], null>, (end: string) => string> = {
	wholeDay: (end) => `To is a day's midnight: that whole day was read, to ${end}.`,
	before: (end) => `To is ${end}: read up to that moment, without it.`,
	included: (end) => `To is ${end}: that second was read too.`,
};

/** An account with what an operation has to add: a warning where there is one, and how the range was understood. */
export function withRemarks(
	summary: RunSummary,
	warning: string,
	{ window, zone, wasCut, endsAs, foreignMidnights }: DateRange,
): RunSummary {
	const remarks = [
		...(wasCut ? ['To lies in the future: read up to now.'] : []),
		...(wasCut || endsAs === null ? [] : [ENDS[endsAs](formatWall(endsAs === 'before' ? window.to : window.to - 1))]),
	];
	const foreign = foreignMidnights.map(
		({ edge, own, at }) =>
			`${edge} is ${formatWall(own).slice(11)} in a time zone of its own: on the operation's clock (${zone}) that is ` +
			`${formatWall(at)}. For the operation's own days give dates without a zone, or set Timezone in the workflow's settings to ${zone}.`,
	);
	const { notes, warnings } = summary;
	return {
		...summary,
		notes: [...notes, ...remarks],
		warnings: [...warnings, ...(warning ? [warning] : []), ...foreign],
	};
}

/** @param notice without the token */
export const noticeWords = (notice: string): string =>
	`Wolkvox wrote a notice of its own software beside the data, which is whole: “${notice}”`;
