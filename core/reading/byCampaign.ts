import { type Bounds, type WindowRows, windowRowsCollector } from './windowRows';
import { type DateKnowledge, askWindow, askWindowTwice } from './askWindow';
import { campaignNumbers } from '../api/information';
import type { Failure } from '../failures';
import type { Connection } from '../api/request';
import type { WallSeconds, Window } from '../time/window';

/**
 * Asks a saturated window of all campaigns campaign by campaign. Proven only if every campaign that is seen in the
 * saturated answer is in the operation's list, and the sum of the rows reaches the cap and what was told.
 */
export async function byCampaign(
	connection: Connection,
	knowledge: DateKnowledge,
	window: Window,
	bounds: Bounds,
): Promise<{ kind: 'whole'; count: number; rows: WindowRows; elapsedSeconds: number } | Failure | null> {
	const saturated = await askWindow(connection, knowledge, window, { bounds, readToEnd: true });
	if (saturated.kind === 'failed') return saturated.failure;
	if (saturated.kind !== 'tooMany') return null;
	const numbers = await campaignNumbers(connection);
	if (!Array.isArray(numbers)) return numbers;
	if ([...saturated.rows.campaigns].some((seen) => !numbers.includes(seen))) return null;

	await connection.beforeMany?.(numbers.length);
	const all = windowRowsCollector(window, bounds, knowledge.grainSeconds, knowledge.pool);
	const beside = new Map<WallSeconds, number[]>();
	let count = 0;
	for (const campaign of numbers) {
		const part = await askWindowTwice(connection, knowledge, window, { bounds, campaign });
		if (part.kind === 'empty' || (part.kind === 'failed' && isUnknown(part.failure))) continue;
		if (part.kind === 'failed') return part.failure;
		if (part.kind === 'tooMany' || part.rows.undated.length > 0) return null;
		// Rows of another campaign would come twice.
		if ([...part.rows.campaigns].some((seen) => seen !== campaign)) return null;
		for (const [at, prints] of part.rows.beside) beside.set(at, [...(beside.get(at) ?? []), ...prints]);
		all.take(part.rows.records);
		part.rows.records.release();
		count += part.count;
	}
	return count < Math.max(knowledge.capRecords, saturated.count)
		? null
		: { kind: 'whole', count, rows: { ...all.done(), beside }, elapsedSeconds: 0 };
}

/** A list may name a campaign that the report does not know any more. */
const isUnknown = (failure: Failure): boolean => failure.kind === 'refused' && failure.why === 'noSuchCampaign';
