import { type Bounds, type Harvest, harvester } from './harvest';
import { type Reading, hear, hearTwice } from './hear';
import { campaignNumbers } from './information';
import type { Failure } from './outcome';
import type { Line } from './request';
import type { WallSeconds, Window } from './window';

/**
 * Asks a saturated window of all campaigns campaign by campaign. Proven only if every campaign that is seen in the
 * saturated answer is in the operation's list, and the sum of the rows reaches the cap and what was told.
 */
export async function byCampaign(line: Line, reading: Reading, window: Window, bounds: Bounds): Promise<{ kind: 'whole'; count: number; harvest: Harvest; elapsedSeconds: number } | Failure | null> {
	const saturated = await hear(line, reading, window, { bounds, readToEnd: true });
	if (saturated.kind === 'failed') return saturated.failure;
	if (saturated.kind !== 'tooMany') return null;
	const numbers = await campaignNumbers(line);
	if (!Array.isArray(numbers)) return numbers;
	if ([...saturated.harvest.campaigns].some((seen) => !numbers.includes(seen))) return null;

	await line.beforeMany?.(numbers.length);
	const all = harvester(window, bounds, reading.grainSeconds, reading.pool);
	const beside = new Map<WallSeconds, number[]>();
	let count = 0;
	for (const campaign of numbers) {
		const part = await hearTwice(line, reading, window, { bounds, campaign });
		if (part.kind === 'empty' || (part.kind === 'failed' && isUnknown(part.failure))) continue;
		if (part.kind === 'failed') return part.failure;
		if (part.kind === 'tooMany' || part.harvest.undated.length > 0) return null;
		// Rows of another campaign would come twice.
		if ([...part.harvest.campaigns].some((seen) => seen !== campaign)) return null;
		for (const [at, prints] of part.harvest.beside) beside.set(at, [...(beside.get(at) ?? []), ...prints]);
		all.take(part.harvest.records);
		part.harvest.records.release();
		count += part.count;
	}
	return count < Math.max(reading.capRecords, saturated.count) ? null : { kind: 'whole', count, harvest: { ...all.done(), beside }, elapsedSeconds: 0 };
}

/** A list may name a campaign that the report does not know any more. */
const isUnknown = (failure: Failure): boolean => failure.kind === 'refused' && failure.why === 'noSuchCampaign';
