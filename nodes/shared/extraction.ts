import type { IExecuteFunctions } from 'n8n-workflow';

import { type Part, extract } from '../../core/extraction/extract';
import type { Failure } from '../../core/failures';
import type { RunReport, Unproven } from '../../core/extraction/runReport';
import { latestWall } from '../../core/time/wallClock';
import { NewestFirst } from '../../core/extraction/newestFirst';
import { type WallSeconds, type Window, overlaps } from '../../core/time/window';
import { unprovenWords } from './output/missing';
import type { Trouble } from './output/errors';
import type { OpenConnection } from './connection/connection';
import type { Source } from './form/parameters';
import { heldAgainstList } from './form/campaignList';
import { progressOf, tellLength, tellWaiting } from './output/progress';
import { world } from './connection/transport';

/** A reading that may be used: complete, or as far as it is proven where that was asked for. */
export interface ReadResult {
	readonly ok: true;
	readonly report: RunReport;
	/** Windows within what was read whose records could not be had. */
	readonly unproven: readonly Unproven[];
	/** Whether `take` had enough before the range was read to its end. */
	readonly enough: boolean;
	/** What could not be made sure of, as a warning says it. */
	readonly doubt?: string;
}

/** What a reading came to: it may be used, or why not. */
export type Settled = ReadResult | { readonly ok: false; readonly trouble: Trouble };

/**
 * Reads the records of a source window by window, in order of time. `take` gets each window's and says whether to go on:
 * once it gives false nothing more is asked. Where records are missing and the source does not permit that, gives the
 * trouble instead, with the windows' names.
 */
export async function readRecords(
	context: IExecuteFunctions,
	open: OpenConnection,
	source: Source,
	take: (part: Part) => boolean | Promise<boolean>,
): Promise<Settled> {
	const { connection } = open;
	const stop = new AbortController();
	const forward = (): void => stop.abort();
	connection.signal.addEventListener('abort', forward, { once: true });
	if (connection.signal.aborted) forward();

	let report: RunReport | null = null;
	let readUpTo = source.range.window.to;
	let enough = false;
	for await (const part of keeping(partsOf(context, open, source, stop.signal), (account) => (report = account))) {
		if (enough || (await take(part))) continue;
		enough = true;
		readUpTo = part.window.to;
		stop.abort();
	}
	connection.signal.removeEventListener('abort', forward);
	const read = { from: source.range.window.from, to: readUpTo };
	return await withCampaign(settle(report!, read, enough, source, open), open, source);
}

/**
 * Reads the records of a source day by day from its end. `take` gets the windows of a piece in order of time; `turn` is
 * called behind each piece, and gives the moment down to which records are wanted once there are enough, else null.
 */
export async function readNewestFirst(
	context: IExecuteFunctions,
	open: OpenConnection,
	source: Source,
	{ take, turn }: { take(part: Part): void; turn(piece: Window): WallSeconds | null },
): Promise<Settled> {
	const { window } = source.range;
	const pieces = new NewestFirst(window);
	let downTo: WallSeconds | null = null;
	for (let piece = pieces.next(); piece !== null && downTo === null; piece = pieces.next()) {
		const range = { ...source.range, window: piece };
		const parts = partsOf(context, open, { ...source, range });
		let hasAll = true;
		for await (const part of keeping(parts, (report) => {
			pieces.settle(report);
			hasAll = report.unproven.length === 0;
		}))
			take(part);
		downTo = turn(piece);
		// Nothing is returned then: no older day needs to be read.
		if (!hasAll && source.onIncomplete === 'stop') break;
	}
	const enough = downTo !== null;
	const read = { from: downTo ?? window.from, to: window.to };
	return await withCampaign(settle(pieces.report(), read, enough, source, open), open, source);
}

/**
 * The same as a stream to be pulled: nothing is asked before the window before is taken. `settle` says, once all windows
 * were taken, whether they may be used.
 */
export function openReading(
	context: IExecuteFunctions,
	open: OpenConnection,
	source: Source,
): { readonly parts: AsyncGenerator<Part>; settle(): Promise<Settled> } {
	let report: RunReport | null = null;
	return {
		parts: keeping(partsOf(context, open, source), (account) => (report = account)),
		settle: async () => await withCampaign(settle(report!, source.range.window, false, source, open), open, source),
	};
}

async function* partsOf(
	context: IExecuteFunctions,
	{ connection, execution, server }: OpenConnection,
	{ campaign, range, parallelRequests, maxRequests }: Source,
	signal = connection.signal,
): AsyncGenerator<Part, RunReport> {
	const over = new AbortController();
	tellLength(context, range.window);
	void tellWaiting(context, connection, server.host, over.signal);
	try {
		return yield* extract(
			{ ...connection, signal },
			{
				range: range.window,
				campaign,
				parallelRequests,
				maxRequests,
				execution,
				wallNow: () => latestWall(world.now(), range.zone),
				onProgress: progressOf(context),
			},
		);
	} finally {
		over.abort();
	}
}

/** Hands on what a generator yields, and what it returns to `keep`. */
async function* keeping<T, R>(generator: AsyncGenerator<T, R>, keep: (result: R) => void): AsyncGenerator<T> {
	keep(yield* generator);
}

function settle(
	report: RunReport,
	read: Window,
	enough: boolean,
	{ onIncomplete }: Source,
	{ say, isOutOfTime }: OpenConnection,
): Settled {
	const unproven = report.unproven.filter(({ window }) => overlaps(window, read));
	const [first] = unproven;
	if (!first) return { ok: true, report, unproven, enough };
	// Who waits for an answer gets what was read by then.
	const isCutShort = onIncomplete === 'returnProven' && first.failure.kind === 'cancelled' && isOutOfTime();
	if (isCutShort) return { ok: true, report, unproven, enough };
	const ended = report.proven.length === 0 && unproven.every(({ failure }) => isWhole(failure));
	if (ended || first.failure.kind === 'cancelled')
		return { ok: false, trouble: { failure: first.failure, words: say(first.failure) } };
	if (onIncomplete === 'returnProven') return { ok: true, report, unproven, enough };
	return { ok: false, trouble: { failure: first.failure, words: unprovenWords(unproven, say) } };
}

/** Wolkvox answers for a campaign that is not there as for a range without records: the list of campaigns tells. */
async function withCampaign(settled: Settled, open: OpenConnection, { campaign }: Source): Promise<Settled> {
	if (!settled.ok || campaign === 'all') return settled;
	const { report, unproven, enough } = settled;
	const silent = report.silent ?? (report.records > 0 ? [] : [campaign]);
	if (silent.length === 0 || unproven.length > 0 || enough) return settled;
	const found = await heldAgainstList(open, silent);
	if (found === null) return settled;
	if ('doubt' in found) return { ...settled, doubt: found.doubt };
	return { ok: false, trouble: { failure: found.failure, words: open.say(found.failure) } };
}

/** Failures that are the API's answer to everything, not to one window of it. */
const isWhole = ({ kind }: Failure): boolean => ['refused', 'closed', 'busy', 'transient', 'cancelled'].includes(kind);
