import type { AmdRecord } from './record';
import { parseRowDate } from './wallClock';
import { type WallSeconds, type Window, contains } from './window';

/** What an answer says of two places: the records of its own window, and how many rows it showed at moments beside it. */
export interface Testimony {
	readonly window: Window;
	readonly records: readonly AmdRecord[];
	readonly beside: ReadonlyMap<WallSeconds, number>;
}

/**
 * Whether neighbours agree: a row that one answer showed on the other's side must be among the other's records. Where it
 * is not, the date is not quite what the window filters, and the margins are too small to make up for it.
 */
export const agree = (earlier: Testimony, later: Testimony): boolean => bearsOut(earlier, later.beside) && bearsOut(later, earlier.beside);

function bearsOut({ window, records }: Testimony, beside: ReadonlyMap<WallSeconds, number>): boolean {
	const shown = [...beside].filter(([at]) => contains(window, at));
	if (shown.length === 0) return true;
	const due = new Map(shown);
	for (const { date } of records) {
		const at = parseRowDate(date)?.at;
		const left = at === undefined ? undefined : due.get(at);
		if (at !== undefined && left !== undefined) due.set(at, left - 1);
	}
	return [...due.values()].every((left) => left <= 0);
}
