import { type DateKnowledge, askWindowTwice, exactBounds } from './askWindow';
import type { Bounds, WindowRows } from './windowRows';
import type { Connection } from '../api/request';
import { parseRowDate } from '../time/wallClock';
import type { WallSeconds, Window } from '../time/window';

/** The window alone as this server reads bounds: answers to neighbours neither overlap nor leave a second out. */
export function ownBounds({ leftOut }: DateKnowledge, window: Window): Bounds {
	const { first, last } = exactBounds(window);
	return { first: leftOut?.first ? first - 1 : first, last: leftOut?.last ? last + 1 : last };
}

/**
 * Finds out once whether the bounds themselves are part of an answer: a second that is known to hold rows is asked alone, and
 * where nothing comes, with the second before it, behind it, and both. Rows without a date at such a second would be in no
 * answer else. Gives whether they are not.
 */
export async function learnsEdges(
	connection: Connection,
	knowledge: DateKnowledge,
	rows: WindowRows,
): Promise<boolean> {
	const { boundsInclusive, leftOut, grainSeconds, skewSeconds } = knowledge;
	const at = firstDate(rows);
	if (boundsInclusive || leftOut || at === null || grainSeconds > 1 || skewSeconds > 0) return false;
	for (const [before, behind] of [
		[0, 0],
		[1, 0],
		[0, 1],
		[1, 1],
	]) {
		const bounds = { first: at - before, last: at + behind };
		const answer = await askWindowTwice(connection, knowledge, { from: at, to: at + 1 }, { bounds });
		if (answer.kind === 'failed') return false;
		if (answer.kind === 'empty') continue;
		const hasRows = answer.kind === 'tooMany' || answer.rows.records.length > 0;
		answer.rows.records.release();
		if (!hasRows) continue;
		knowledge.leftOut = { first: before === 1, last: behind === 1 };
		knowledge.boundsInclusive = before + behind === 0;
		return !knowledge.boundsInclusive;
	}
	return false;
}

function firstDate({ records }: WindowRows): WallSeconds | null {
	for (const { date } of records) return parseRowDate(date)?.at ?? null;
	return null;
}
