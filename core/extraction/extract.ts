import type { Connection } from '../api/request';
import type { ExtractOptions } from './options';
import { type Part, eachOnce } from './orderedParts';
import { Run } from './run';
import type { RunReport } from './runReport';
import { WantedCampaigns } from './severalCampaigns';

export type { ExtractOptions, Progress } from './options';
export type { Part } from './orderedParts';

/**
 * Reads a range of any length: yields its windows in order of time, each proven whole, and returns the account of the
 * run. A part's records are there until the next part is asked for. Failures never reject; what could not be proven is
 * in the account, by name.
 */
export async function* extract(connection: Connection, options: ExtractOptions): AsyncGenerator<Part, RunReport> {
	const stop = new AbortController();
	const forward = (): void => stop.abort();
	connection.signal.addEventListener('abort', forward, { once: true });
	if (connection.signal.aborted) forward();
	const wanted = new WantedCampaigns(options.campaign);
	const run = new Run({ ...connection, signal: stop.signal }, { ...options, campaign: wanted.asked });
	try {
		for (;;) {
			await run.start();
			yield* wanted.of(eachOnce(run.parts.ready()));
			if (!(await run.settleNext())) break;
		}
		yield* wanted.of(eachOnce(run.parts.rest()));
		return wanted.account(run.report());
	} finally {
		stop.abort();
		connection.signal.removeEventListener('abort', forward);
	}
}
