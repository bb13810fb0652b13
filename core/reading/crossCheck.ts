import type { Records } from './packedRecords';
import { type AmdRecord, FIELDS } from '../api/record';
import { type WallSeconds, type Window, contains } from '../time/window';

/** What an answer says of two places: the records of its own window, and the rows it showed at moments beside it. */
export interface Evidence {
	readonly window: Window;
	readonly records: Records;
	readonly beside: Beside;
}

/** Fingerprints of rows, by the moment of their date. */
export type Beside = ReadonlyMap<WallSeconds, readonly number[]>;

/**
 * Whether neighbours agree: a row that one answer showed on the other's side must be among the other's records. Where it
 * is not, the date is not quite what the window filters, and the margins are too small to make up for it.
 */
export const agree = (earlier: Evidence, later: Evidence): boolean =>
	bearsOut(earlier, later.beside) && bearsOut(later, earlier.beside);

/** Whether an answer showed rows in a window beside its own. */
export const shows = ({ beside }: Evidence, window: Window): boolean =>
	[...beside.keys()].some((at) => contains(window, at));

function bearsOut({ window, records }: Evidence, beside: Beside): boolean {
	return [...beside].every(([at, shown]) => {
		if (!contains(window, at)) return true;
		const left = new Map<number, number>();
		for (const record of records.datedAt(at)) count(left, fingerprintOf(record), 1);
		return shown.every((print) => count(left, print, -1) >= 0);
	});
}

function count(counts: Map<number, number>, print: number, by: number): number {
	const total = (counts.get(print) ?? 0) + by;
	counts.set(print, total);
	return total;
}

/** 32 bits of a row's six texts (FNV-1a): two rows that share them only hide a disagreement, and there are few to compare. */
export function fingerprintOf(record: AmdRecord): number {
	let hash = 0x811c9dc5;
	for (const field of FIELDS) {
		const text = record[field];
		for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
		hash = Math.imul(hash ^ 0x10000, 0x01000193);
	}
	return hash >>> 0;
}
