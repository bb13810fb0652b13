import type { Failure } from '../../../core/failures';
import type { Unproven } from '../../../core/extraction/runReport';
import { formatWall } from '../../../core/time/wallClock';
import type { Window } from '../../../core/time/window';
import type { Words } from '../../../core/messages';

/** A stretch whose records could not be had, and why, in words. */
export interface Missing {
	readonly window: Window;
	readonly reason: string;
}

export type Say = (failure: Failure) => Words;

const INCOMPLETE = 'Not every record could be had';
const RETURN_PROVEN =
	'To get all that is complete, set “If Data Is Missing” in the options to “Return What Is Complete, With a Warning”.';

/** Windows that a sentence names one by one, and a field: more are counted. */
const NAMED = 5;
const LISTED = 10;

/** What is missing, each stretch with its reason. */
export const missingOf = (unproven: readonly Unproven[], say: Say): Missing[] =>
	unproven.map(({ window, failure }) => ({ window, reason: say(failure).message.replace(`${INCOMPLETE}: `, '') }));

/** The field `missing`: `2025-03-04 10:17:22 – 10:17:24: reason; …`, ten at most and the number of the others; null where nothing is. */
export function missingText(missing: readonly Missing[]): string | null {
	if (missing.length === 0) return null;
	const listed = missing.slice(0, LISTED).map(({ window, reason }) => `${nameShortly(window)}: ${reason}`);
	return [...listed, ...(missing.length > LISTED ? [`and ${missing.length - LISTED} more`] : [])].join('; ');
}

/** `2025-01-01 00:00:00 – 2025-01-01 23:59:59`: both seconds belong to it, as in Wolkvox's own date_ini and date_end. */
export const nameWindow = ({ from, to }: Window): string => `${formatWall(from)} – ${formatWall(to - 1)}`;

const DAY = 86_400;

/** As a person says it, behind “records”: `of 2025-01-01`, `from 2025-01-01 to 2025-01-07`, `between 00:00 and 03:29 on 2025-01-01`. */
export function sayRange({ from, to }: Window): string {
	const [first, last] = [formatWall(from), formatWall(to - 1)];
	const isOneDay = first.slice(0, 10) === last.slice(0, 10);
	if (from % DAY === 0 && to % DAY === 0)
		return isOneDay ? `of ${first.slice(0, 10)}` : `from ${first.slice(0, 10)} to ${last.slice(0, 10)}`;
	if (!isOneDay) return `from ${first} to ${last}`;
	const isToTheMinute = from % 60 === 0 && to % 60 === 0;
	const [start, end] = [first, last].map((text) => text.slice(11, isToTheMinute ? 16 : 19));
	return `between ${start} and ${end} on ${first.slice(0, 10)}`;
}

/** The window's name, with the day once where one day holds it. */
function nameShortly(window: Window): string {
	const [first, last] = [formatWall(window.from), formatWall(window.to - 1)];
	return first.slice(0, 10) === last.slice(0, 10) ? `${first} – ${last.slice(11)}` : nameWindow(window);
}

/** Windows by name, five at most, with the number of the others. */
export function nameWindows(windows: readonly Window[]): string {
	const named = windows.slice(0, NAMED).map(nameWindow).join(', ');
	return windows.length > NAMED ? `${named} and ${windows.length - NAMED} more` : named;
}

/** What is missing and why, in a sentence; the same reason is told once. */
export function nameMissing(missing: readonly Missing[]): string {
	const told = missing.slice(0, NAMED);
	const named = [...new Set(told.map(({ reason }) => reason))].map((reason) => {
		const windows = told.filter((one) => one.reason === reason).map(({ window }) => nameWindow(window));
		return `${windows.join(', ')} (${reason})`;
	});
	return [...named, ...(missing.length > NAMED ? [`and ${missing.length - NAMED} more`] : [])].join('; ');
}

/** The warning of a run that goes on with what is proven. */
export const missingWarning = (missing: readonly Missing[]): string =>
	`${INCOMPLETE}. Unproven: ${nameMissing(missing)}.`;

/** What happened and how to get unstuck, where a run stops because not all is proven. */
export function unprovenWords(unproven: readonly Unproven[], say: Say): Words {
	const ways = [...new Set(unproven.map(({ failure }) => say(failure).description))].slice(0, 3);
	return {
		message: `${INCOMPLETE}. Unproven: ${nameMissing(missingOf(unproven, say))}`,
		description: ways.some((way) => way.includes('If Data Is Missing'))
			? ways.join(' ')
			: [...ways, RETURN_PROVEN].join(' '),
	};
}
