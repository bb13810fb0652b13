import { extract } from '../extraction/extract';
import type { Failure } from '../failures';
import { type AmdRecord, type Identified, RecordIds, campaignNumberOf, rowHash } from '../api/record';
import type { Connection } from '../api/request';
import type { RunReport, Unproven } from '../extraction/runReport';
import { severalIn } from '../extraction/severalCampaigns';
import { parseRowDate } from '../time/wallClock';
import { type WallSeconds, type Window, secondsOf } from '../time/window';
import type { MetRow } from './memory/memory';
import { type Scope, scopedParts } from './scopes';

/** A row with what tells it from others. */
export interface TriggerRow extends MetRow, Identified {}

export interface ReadRangeOptions {
	readonly range: Window;
	/** Which campaigns are read from when on. */
	readonly scopes: readonly Scope[];
	readonly maxWindowSeconds?: number;
	readonly firstWindowSeconds?: number;
	readonly trustsEmpty?: boolean;
	readonly takesFaultsAsTheyCome?: boolean;
	readonly leftOut?: readonly Window[];
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
	/** All that was asked and is unproven, also behind where it stopped. */
	readonly failed: readonly Unproven[];
	/** Precision of the dates, in seconds; null where there were no rows. */
	readonly grainSeconds: number | null;
	/** A notice of PHP that stood beside an answer, at most 200 characters; null where none did. */
	readonly notice: string | null;
	/** The window with the most records: a later reading may choose its windows by it. */
	readonly fullest: { readonly seconds: number; readonly records: number };
}

/** Failures of the whole run; any other is a window's own. */
const OF_THE_RUN = ['refused', 'busy', 'closed', 'bounded', 'cancelled'];

/** Reads a range until its end, or until enough new rows came for one tick. */
export async function readRange(connection: Connection, options: ReadRangeOptions): Promise<RangeRows> {
	const ids = new RecordIds();
	let all: RangeRows | null = null;
	let newRows = 0;
	for (const part of scopedParts(options.scopes, options.range)) {
		const wanted = { ...options, range: part, maxRecords: options.maxRecords - newRows };
		const read = await readPart(connection, wanted, part.campaign, ids);
		newRows += read.newRows;
		all = all === null ? read : joined(all, read);
		if (read.provenTo < part.to || newRows >= options.maxRecords) break;
	}
	const { from } = options.range;
	return (
		all ?? {
			rows: [],
			provenTo: from,
			unproven: [],
			stopped: null,
			failed: [],
			grainSeconds: null,
			notice: null,
			fullest: { seconds: 0, records: 0 },
		}
	);
}

const joined = (a: RangeRows, b: RangeRows): RangeRows => ({
	...b,
	rows: [...a.rows, ...b.rows],
	unproven: [...a.unproven, ...b.unproven],
	failed: [...a.failed, ...b.failed],
	grainSeconds: b.grainSeconds ?? a.grainSeconds,
	notice: b.notice ?? a.notice,
	fullest: b.fullest.records > a.fullest.records ? b.fullest : a.fullest,
});

/** Reads what lies in one scope. */
async function readPart(
	connection: Connection,
	options: ReadRangeOptions,
	campaign: string,
	ids: RecordIds,
): Promise<RangeRows & { readonly newRows: number }> {
	const enough = new AbortController();
	const forward = (): void => enough.abort();
	connection.signal.addEventListener('abort', forward, { once: true });
	if (connection.signal.aborted) forward();
	const copyOf = counter();
	const rows: TriggerRow[] = [];
	let newRows = 0;
	let takenTo: WallSeconds | null = null;
	let fullest = { seconds: secondsOf(options.range), records: 0 };
	const { range, maxWindowSeconds, firstWindowSeconds, trustsEmpty, takesFaultsAsTheyCome, leftOut, wallNow } = options;
	// One question for several campaigns costs one request; what is chosen of it here counts whole for the pace.
	const several = severalIn(campaign);
	const isWanted = ({ campaign_id: id }: AmdRecord): boolean => several === null || several.has(campaignNumberOf(id));
	const run = extract(
		{ ...connection, signal: enough.signal },
		{
			range,
			campaign: several === null ? campaign : 'all',
			parallelRequests: 1,
			maxRequests: 0,
			maxWindowSeconds,
			firstWindowSeconds,
			trustsEmpty,
			takesFaultsAsTheyCome,
			leftOut,
			wallNow,
		},
	);
	for (;;) {
		const step = await run.next();
		if (step.done) {
			connection.signal.removeEventListener('abort', forward);
			const { unproven: failed, records, grainSeconds, notice } = step.value;
			const grain = records > 0 ? grainSeconds : null;
			return { rows, newRows, fullest, failed, notice, grainSeconds: grain, ...ending(step.value, takenTo) };
		}
		if (takenTo !== null) continue;
		const { window, records, undated } = step.value;
		if (records.length > fullest.records) fullest = { seconds: secondsOf(window), records: records.length };
		let index = 0;
		for (const identified of ids.of(records, undated)) {
			const date = index++ < undated ? null : parseRowDate(identified.record.date);
			if (!isWanted(identified.record)) continue;
			const hash = rowHash(identified.record);
			const [name] = identified.recordId.split('-');
			// A row without a date may lie anywhere up to the end of its window: there it is remembered the longest.
			const at = date?.at ?? window.to - 1;
			const row: TriggerRow = { ...identified, name, hash, copy: copyOf(hash), at, isDated: date !== null };
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
