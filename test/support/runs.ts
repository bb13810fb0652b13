import type { Transport, World } from '../../core/api/ports';
import { type ExtractOptions, type Part, extract } from '../../core/extraction/extract';
import { openLane } from '../../core/api/tokenLane';
import { type AmdRecord } from '../../core/api/record';
import { type Connection, nothingSpent } from '../../core/api/request';
import type { RunReport } from '../../core/extraction/runReport';
import { wallSeconds } from '../simulator/wallTime';

/** A part whose records stay. */
export type Kept = Omit<Part, 'records'> & { readonly records: AmdRecord[] };

export interface Outcome {
	readonly parts: Kept[];
	readonly records: AmdRecord[];
	readonly report: RunReport;
}

/** `YYYY-MM-DD[ HH:MM:SS]`, half-open. */
export const between = (from: string, to: string) => ({ from: wallSeconds(from), to: wallSeconds(to) });

export interface Way {
	readonly world: World;
	readonly transport: Transport;
	readonly signal?: AbortSignal;
	readonly host?: string;
	readonly deadlineMs?: number;
}

/** Opens a lane, extracts to the end and closes it. */
export async function runToEnd(
	way: Way,
	options: Pick<ExtractOptions, 'range'> & Partial<ExtractOptions>,
): Promise<Outcome> {
	const { world, transport, signal = new AbortController().signal, host = 'wv0022.wolkvox.com', deadlineMs } = way;
	const parallelRequests = options.parallelRequests ?? 1;
	const lane = openLane(world, host, 'token', { parallel: parallelRequests });
	const connection: Connection = { transport, world, lane, spending: nothingSpent(), signal, deadlineMs };
	const run = extract(connection, {
		campaign: 'all',
		maxRequests: 0,
		wallNow: () => wallSeconds('2030-01-01'),
		...options,
		parallelRequests,
	});
	const parts: Kept[] = [];
	try {
		for (;;) {
			const step = await run.next();
			if (step.done) return { parts, records: parts.flatMap(({ records }) => records), report: step.value };
			parts.push({ ...step.value, records: [...step.value.records] });
		}
	} finally {
		lane.close();
	}
}
