import type { IExecuteFunctions } from 'n8n-workflow';

import { type Part, extract } from '../../core/extract';
import type { Failure } from '../../core/outcome';
import type { RunReport, Unproven } from '../../core/runReport';
import { latestWall } from '../../core/wallClock';
import { unprovenWords } from './account';
import type { Trouble } from './errors';
import type { OpenLine } from './line';
import type { Source } from './parameters';
import { progressOf } from './progress';
import { world } from './transport';

/** A reading that may be used: complete, or as far as it is proven where that was asked for. */
export interface Reading {
	readonly ok: true;
	readonly report: RunReport;
	/** Windows before the end of what was read whose records could not be had. */
	readonly unproven: readonly Unproven[];
	/** Whether `take` had enough before the range was read to its end. */
	readonly enough: boolean;
}

/**
 * Reads the records of a source window by window, in order of time. `take` gets each window's and says whether to go on:
 * once it gives false nothing more is asked. Where records are missing and the source does not permit that, gives the
 * trouble instead, with the windows' names.
 */
export async function readRecords(
	context: IExecuteFunctions,
	{ line, say }: OpenLine,
	source: Source,
	take: (part: Part) => boolean | Promise<boolean>,
): Promise<Reading | { readonly ok: false; readonly trouble: Trouble }> {
	const { campaign, range, parallelRequests, maxRequests } = source;
	const stop = new AbortController();
	const forward = (): void => stop.abort();
	line.signal.addEventListener('abort', forward, { once: true });
	if (line.signal.aborted) forward();

	let report: RunReport | null = null;
	let readUpTo = range.window.to;
	let enough = false;
	const parts = extract(
		{ ...line, signal: stop.signal },
		{
			range: range.window,
			campaign,
			parallelRequests,
			maxRequests,
			wallNow: () => latestWall(world.now(), range.zone),
			onProgress: progressOf(context),
		},
	);
	for await (const part of keeping(parts, (account) => (report = account))) {
		if (enough || (await take(part))) continue;
		enough = true;
		readUpTo = part.window.to;
		stop.abort();
	}
	line.signal.removeEventListener('abort', forward);
	return settle(report!, readUpTo, enough, source, say);
}

/** Hands on what a generator yields, and what it returns to `keep`. */
async function* keeping<T, R>(generator: AsyncGenerator<T, R>, keep: (result: R) => void): AsyncGenerator<T> {
	keep(yield* generator);
}

function settle(report: RunReport, readUpTo: number, enough: boolean, { onIncomplete }: Source, say: OpenLine['say']): Reading | { readonly ok: false; readonly trouble: Trouble } {
	const unproven = report.unproven.filter(({ window }) => window.from < readUpTo);
	const [first] = unproven;
	if (!first) return { ok: true, report, unproven, enough };
	const ended = report.proven.length === 0 && unproven.every(({ failure }) => isWhole(failure));
	if (ended || first.failure.kind === 'cancelled') return { ok: false, trouble: { failure: first.failure, words: say(first.failure) } };
	if (onIncomplete === 'returnProven') return { ok: true, report, unproven, enough };
	return { ok: false, trouble: { failure: first.failure, words: unprovenWords(unproven, say) } };
}

/** Failures that are the API's answer to everything, not to one window of it. */
const isWhole = ({ kind }: Failure): boolean => ['refused', 'closed', 'busy', 'transient', 'cancelled'].includes(kind);
