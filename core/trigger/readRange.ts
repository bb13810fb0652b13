import { extract } from '../extraction/extract';
import type { Failure } from '../failures';
import { type Identified, RecordIds, rowHash } from '../api/record';
import type { Connection } from '../api/request';
import type { RunReport, Unproven } from '../extraction/runReport';
import { parseRowDate } from '../time/wallClock';
import { type WallSeconds, type Window, secondsOf } from '../time/window';
import type { MetRow } from './memory/memory';

/** A row with what tells it from others. */
export interface TriggerRow extends MetRow, Identified {}

export interface ReadRangeOptions {
	readonly range: Window;
	readonly campaign: string;
	readonly maxWindowSeconds?: number;
	readonly trustsEmpty?: boolean;
	/** New rows after which it reads no further. */
	readonly maxRecords: number;
	wallNow(): WallSeconds;
	/** Whether a row counts toward what one tick may take. */
	isNew(row: TriggerRow): boolean;
}

/** What a reading came to: rows in order of time, complete up to `provenTo` but for the unproven windows before it. */
export interface RangeRows {
	readonly rows: readonly TriggerRow[];
	readonly provenTo: WallSeconds;
	readonly unproven: readonly Unproven[];
	/** What kept it from its end; null where nothing did, or where there was enough. */
	readonly stopped: Failure | null;
	readonly report: RunReport;
	/** The window with the most records: a later reading may choose its windows by it. */
	readonly fullest: { readonly seconds: number; readonly records: number };
}

/** Failures of the whole run; any other is a window's own. */
const OF_THE_RUN = ['refused', 'busy', 'closed', 'bounded', 'cancelled'];

/** Reads a range until its end, or until enough new rows came for one tick. */
export async function readRange(connection: Connection, options: ReadRangeOptions): Promise<RangeRows> {
	const enough = new AbortController();
	const forward = (): void => enough.abort();
	connection.signal.addEventListener('abort', forward, { once: true });
	if (connection.signal.aborted) forward();
	const ids = new RecordIds();
	const copyOf = { dated: counter(), undated: counter() };
	const rows: TriggerRow[] = [];
	let newRows = 0;
	let takenTo: WallSeconds | null = null;
	let fullest = { seconds: secondsOf(options.range), records: 0 };
	const { range, campaign, maxWindowSeconds, trustsEmpty, wallNow } = options;
	const run = extract(
		{ ...connection, signal: enough.signal },
		{ range, campaign, parallelRequests: 1, maxRequests: 0, maxWindowSeconds, trustsEmpty, wallNow },
	);
	for (;;) {
		const step = await run.next();
		if (step.done) {
			connection.signal.removeEventListener('abort', forward);
			return { rows, fullest, report: step.value, ...ending(step.value, takenTo) };
		}
		if (takenTo !== null) continue;
		const { window, records, undated } = step.value;
		if (records.length > fullest.records) fullest = { seconds: secondsOf(window), records: records.length };
		let index = 0;
		for (const identified of ids.of(records, undated)) {
			const date = index++ < undated ? null : parseRowDate(identified.record.date);
			const hash = rowHash(identified.record);
			// A row without a date may lie anywhere up to the end of its window: there it is remembered the longest.
			const copy = copyOf[date ? 'dated' : 'undated'](hash);
			const row: TriggerRow = { ...identified, hash, copy, at: date?.at ?? window.to - 1, isDated: date !== null };
			rows.push(row);
			if (options.isNew(row)) newRows++;
		}
		if (newRows < options.maxRecords) continue;
		takenTo = window.to;
		enough.abort();
	}
}

/** Which of the rows with one hash each is: 1, 2, … */
function counter(): (hash: string) => number {
	const seen = new Map<string, number>();
	return (hash) => {
		const copy = (seen.get(hash) ?? 0) + 1;
		seen.set(hash, copy);
		return copy;
	};
}

/** Up to where a report can be relied on: to its end, to where enough was taken, or to where the run or its last windows failed. */
function ending(
	{ asked, unproven }: RunReport,
	takenTo: WallSeconds | null,
): Pick<RangeRows, 'provenTo' | 'unproven' | 'stopped'> {
	const ends: Array<{ at: WallSeconds; failure: Failure | null }> = [{ at: takenTo ?? asked.to, failure: null }];
	let tail = asked.to;
	for (const { window, failure } of [...unproven].reverse()) {
		if (window.to === tail) ends.push({ at: (tail = window.from), failure });
		else if (OF_THE_RUN.includes(failure.kind)) ends.push({ at: window.from, failure });
	}
	const end = ends.reduce((first, one) => (one.at < first.at ? one : first));
	return { provenTo: end.at, stopped: end.failure, unproven: before(unproven, end.at) };
}

/** What of the windows lies before a moment. */
export const before = (unproven: readonly Unproven[], at: WallSeconds): Unproven[] =>
	unproven
		.filter(({ window }) => window.from < at)
		.map(({ window, failure }) => ({ window: { from: window.from, to: Math.min(window.to, at) }, failure }));
