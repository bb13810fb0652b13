import type { Records } from './pack';
import { type WallSeconds, type Window, contains } from './window';

/** What an answer says of two places: the records of its own window, and how many rows it showed at moments beside it. */
export interface Testimony {
	readonly window: Window;
	readonly records: Records;
	readonly beside: ReadonlyMap<WallSeconds, number>;
}

/**
 * Whether neighbours agree: a row that one answer showed on the other's side must be among the other's records. Where it
 * is not, the date is not quite what the window filters, and the margins are too small to make up for it.
 */
export const agree = (earlier: Testimony, later: Testimony): boolean => bearsOut(earlier, later.beside) && bearsOut(later, earlier.beside);

function bearsOut({ window, records }: Testimony, beside: ReadonlyMap<WallSeconds, number>): boolean {
	return [...beside].every(([at, shown]) => !contains(window, at) || records.countAt(at) >= shown);
}
