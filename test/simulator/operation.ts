import type { Moment, Range, RawRow } from './options';

/** The operation without HTTP: what exists, and what a request would find. */
export interface Operation {
	/** Seconds of the operation's wall clock. */
	now(): number;
	/** Rows in `[from, to)` up to now, all campaigns unless one is named. */
	count(window: { from: Moment; to: Moment }, campaign?: string): number;
	/** The same rows, in order of time. */
	rowsOf(window: { from: Moment; to: Moment }, campaign?: string): Iterable<RawRow>;
	truth(range: Range): { count: number; digest: string };
}
