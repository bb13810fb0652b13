import type { AmdRecord } from '../../core/api/record';
import { parseRowDate } from '../../core/time/wallClock';
import type { RawRow } from '../simulator';
import { account, broken, completeness, exactness, manners, nothingIsForeign, nothingSeenIsLost, order } from './judge';
import { play } from './play';
import type { Scenario } from './scenario';

/** Everything there, everything once; unproven only what cannot be had. */
export async function whole(scenario: Scenario): Promise<string[]> {
	const played = await play(scenario);
	return [...broken(scenario, played), ...completeness(scenario, played)];
}

/** What is proven is exact; the rest is named. */
export const exact = async (scenario: Scenario): Promise<string[]> => broken(scenario, await play(scenario));

/**
 * As `whole`, where dates lie beside what is filtered: a shift of seconds that no answer showed cannot be known
 * at the range's own edges.
 */
export async function wholeButEdges(scenario: Scenario): Promise<string[]> {
	const played = await play(scenario);
	const shift = Math.abs(Number(scenario.api.filterSkewSeconds));
	const edges = shift < 100 ? [scenario.from, scenario.to] : [];
	const isInside = ({ date }: AmdRecord | RawRow): boolean =>
		!edges.some((edge) => Math.abs((parseRowDate(date)?.at ?? 0) - edge) <= shift);
	return [
		...account(scenario, played),
		...order(scenario, played),
		...manners(scenario, played),
		...nothingIsForeign(scenario, played),
		...exactness(scenario, played, isInside),
		...completeness(scenario, played),
	];
}

/** Nothing foreign or doubled; what was seen and lost is at least told. */
export async function toldAtLeast(scenario: Scenario): Promise<string[]> {
	const played = await play(scenario);
	const lost = played.report.skewSeconds > 0 ? [] : nothingSeenIsLost(scenario, played);
	return [
		...account(scenario, played),
		...order(scenario, played),
		...manners(scenario, played),
		...nothingIsForeign(scenario, played),
		...lost,
	];
}
