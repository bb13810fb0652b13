import type { DateRange } from '../../../core/time/dateRange';
import { outputLimits } from '../../../core/limits';
import type { Failure } from '../../../core/failures';
import type { RunReport, Unproven } from '../../../core/extraction/runReport';
import { formatWall } from '../../../core/time/wallClock';
import { type Window, secondsOf } from '../../../core/time/window';
import type { Words } from '../../../core/messages';

/** What a run leaves in words: how it went, and what a person must not overlook. */
export interface RunSummary {
	readonly notes: readonly string[];
	readonly warnings: readonly string[];
}

type Say = (failure: Failure) => Words;

const INCOMPLETE = 'Not every record could be had';
const RETURN_PROVEN =
	'To get the records of the other windows, set On Incomplete in the options to Return What Is Proven.';

/** Windows that are named one by one; more are counted. */
const NAMED = 5;

const count = (n: number, thing: string): string => `${n.toLocaleString('en-US')} ${thing}${n === 1 ? '' : 's'}`;

/** `2025-01-01 00:00:00 – 2025-01-01 23:59:59`: both seconds belong to it, as in Wolkvox's own date_ini and date_end. */
export const nameWindow = ({ from, to }: Window): string => `${formatWall(from)} – ${formatWall(to - 1)}`;

/** Windows by name, five at most, with the number of the others. */
export function nameWindows(windows: readonly Window[]): string {
	const named = windows.slice(0, NAMED).map(nameWindow).join(', ');
	return windows.length > NAMED ? `${named} and ${windows.length - NAMED} more` : named;
}

/** The windows that are unproven and why; the same reason is told once. */
export function nameUnproven(unproven: readonly Unproven[], say: Say): string {
	const reasons = unproven.slice(0, NAMED).map(({ window, failure }) => ({
		named: nameWindow(window),
		why: say(failure).message.replace(`${INCOMPLETE}: `, ''),
	}));
	const distinct = [...new Set(reasons.map(({ why }) => why))];
	const named = distinct
		.map(
			(why) =>
				`${reasons
					.filter((one) => one.why === why)
					.map((one) => one.named)
					.join(', ')} (${why})`,
		)
		.join('; ');
	return unproven.length > NAMED ? `${named}; and ${unproven.length - NAMED} more` : named;
}

/** What happened and how to get unstuck, where a run stops because not all is proven. */
export function unprovenWords(unproven: readonly Unproven[], say: Say): Words {
	const ways = [...new Set(unproven.map(({ failure }) => say(failure).description))].slice(0, 3);
	return {
		message: `${INCOMPLETE}. Unproven: ${nameUnproven(unproven, say)}`,
		description: ways.some((way) => way.includes('On Incomplete'))
			? ways.join(' ')
			: [...ways, RETURN_PROVEN].join(' '),
	};
}

export interface Circumstance {
	/** Records that became output, and what they are called there. */
	readonly kept: number;
	readonly isItems: boolean;
	/** The run ended early because enough was read. */
	readonly enough: boolean;
	readonly unproven: readonly Unproven[];
	readonly say: Say;
}

/** Puts the account of a run in words. */
export function summaryOf(report: RunReport, { kept, isItems, enough, unproven, say }: Circumstance): RunSummary {
	const {
		asked,
		records,
		windows,
		empty,
		requests,
		retries,
		waitedMs,
		falseEmpties,
		undated,
		skewSeconds,
		trustedEdges,
		unsettled,
	} = report;
	const counts = [
		count(windows, 'window'),
		count(requests, 'request'),
		...(retries > 0 ? [count(retries, 'retry').replace('retrys', 'retries')] : []),
	];
	const notes = [`${count(kept, 'record')} of ${nameWindow(asked)}: ${counts.join(', ')}.`];
	const warnings: string[] = [];
	if (enough) notes.push('Reading stopped at the limit; set Return All for the rest.');
	else if (kept !== records) notes.push(`${count(records, 'record')} read, the others filtered out.`);
	if (waitedMs >= 1_000) notes.push(`Waited ${Math.round(waitedMs / 1_000)} s for Wolkvox.`);
	if (empty.length > 0 && !enough) notes.push(`Empty, asked twice: ${nameWindows(empty)}.`);
	if (falseEmpties > 0)
		notes.push(`${count(falseEmpties, 'answer')} came empty at first and had records when asked again.`);
	if (unsettled && secondsOf(unsettled) > 0 && !enough)
		notes.push(`Younger than 30 minutes, so records may still be added: ${nameWindow(unsettled)}.`);
	if (trustedEdges.length > 0)
		notes.push(
			`The dates of the records are coarser than ${trustedEdges.map(formatWall).join(' and ')}: ` +
				'there the edge that Wolkvox draws was trusted.',
		);

	if (unproven.length > 0) warnings.push(`${INCOMPLETE}. Unproven: ${nameUnproven(unproven, say)}.`);
	if (undated > 0)
		warnings.push(`${count(undated, 'record')} without a readable date: such records stand first in their window.`);
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
	return { notes, warnings };
}

/** An account with what an operation has to add: a warning where there is one, and how the range was understood. */
export function withRemarks(
	{ notes, warnings }: RunSummary,
	warning: string,
	{ window, wasCut, endsAtMidnight }: DateRange,
): RunSummary {
	const remarks = [
		...(wasCut ? ['To lies in the future: read up to now.'] : []),
		...(endsAtMidnight
			? [
					`To is ${formatWall(window.to - 1)}: of that day only its first second was read. For the whole day enter the date alone, or 23:59:59.`,
				]
			: []),
	];
	return { notes: [...notes, ...remarks], warnings: warning ? [...warnings, warning] : warnings };
}
