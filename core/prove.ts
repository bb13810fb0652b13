import { byCampaign } from './byCampaign';
import type { Harvest } from './harvest';
import { type Heard, type Reading, exactly, hear, hearTwice, marginOf, widened } from './hear';
import { MAX_MARGIN_SECONDS } from './limits';
import type { Failure } from './outcome';
import type { Records } from './pack';
import type { AmdRecord } from './record';
import type { Line } from './request';
import { type Window, secondsOf } from './window';

/** A window proven whole: its rows in order of time, those without a date first. */
export interface Whole {
	readonly kind: 'whole';
	readonly records: Records;
	readonly undated: number;
	/** Rows of the answer, those beside the window included. */
	readonly served: number;
	readonly hours: Harvest['hours'];
	readonly beside: Harvest['beside'];
	/** How long the request took that brought them; 0 where several did. */
	readonly elapsedSeconds: number;
}

/** What one window came to. `changed`: its dates are otherwise than assumed, so that it must be asked again. */
export type Proof = Whole | { readonly kind: 'empty' } | { readonly kind: 'changed'; readonly strays: Harvest['strays'] } | Failure;

/** A saturated window as short as this may only be so because of the seconds that are asked beside it. */
const NARROW_SECONDS = 64;
/** How often a window with undated rows is asked until two answers agree on the dated ones. */
const UNDATED_TRIES = 3;

/**
 * Asks for one window, and says what can be relied on.
 * @param wasEmpty its parts came empty before: if it is saturated, then most likely by the seconds beside it
 */
export async function prove(line: Line, reading: Reading, window: Window, wasEmpty = false, triesLeft = UNDATED_TRIES): Promise<Proof> {
	const wide = await hear(line, reading, window, { bounds: widened(reading, window) });
	if (wide.kind === 'failed') return wide.failure;
	if (wide.kind === 'empty') return wide;
	const changed = learnDates(reading, wide.harvest);
	if (changed) return changed;
	if (wide.kind === 'tooMany') return narrowed(line, reading, window, wide.failure, wasEmpty);
	if (wide.harvest.undated.length === 0) return whole(wide);
	return await withUndated(line, reading, window, wide, triesLeft);
}

type HeardWhole = Omit<Extract<Heard, { kind: 'whole' }>, 'kind'>;

const whole = ({ count: served, harvest: { records, hours, beside }, elapsedSeconds }: HeardWhole, undated: AmdRecord[] = []): Whole => ({
	kind: 'whole',
	records: records.close(undated),
	undated: undated.length,
	served,
	hours,
	beside,
	elapsedSeconds,
});

/** Takes in what the dates of an answer show; gives `changed` when the answer was asked on a wrong assumption. */
function learnDates(reading: Reading, harvest: Harvest): Proof | null {
	const { coarserSeconds, outsideSeconds, strays } = harvest;
	const coarser = coarserSeconds !== null && !reading.grainKnown;
	reading.grainKnown ||= coarser || harvest.records.length > 0;
	if (coarser) {
		reading.grainSeconds = coarserSeconds;
		return { kind: 'changed', strays };
	}
	if (harvest.sawFirst && harvest.sawLast) reading.boundsInclusive = true;
	if (outsideSeconds <= marginOf(reading)) return null;
	reading.skewSeconds = Math.max(outsideSeconds, Math.min(Math.ceil((outsideSeconds * 1.25) / 60) * 60, MAX_MARGIN_SECONDS));
	return { kind: 'changed', strays };
}

/**
 * A saturated window: a short one is asked once more without the seconds beside it, since a crowded neighbour is no
 * reason to give it up; the shortest then campaign by campaign.
 */
async function narrowed(line: Line, reading: Reading, window: Window, excess: Failure, wasEmpty: boolean): Promise<Proof> {
	const shortest = secondsOf(window) <= reading.grainSeconds;
	const couldBeBeside = shortest || (reading.boundsInclusive && (wasEmpty || secondsOf(window) <= NARROW_SECONDS));
	let bounds = widened(reading, window);
	if (couldBeBeside && reading.grainSeconds === 1 && reading.skewSeconds === 0) {
		const exact = await hear(line, reading, window, { bounds: exactly(window) });
		if (exact.kind === 'failed') return exact.failure;
		if (shortest) reading.boundsInclusive ||= hasRows(exact) || (await neighbourHasRows(line, reading, window));
		if (reading.boundsInclusive) {
			if (exact.kind === 'empty') return exact;
			if (exact.kind === 'whole' && exact.harvest.undated.length === 0) return whole(exact);
			bounds = exactly(window);
		}
	}
	if (!shortest || !/^all$/i.test(reading.campaign)) return excess;
	const sum = await byCampaign(line, reading, window, bounds);
	if (sum === null) return excess;
	return sum.kind === 'whole' ? whole(sum) : sum;
}

/** Rows for bounds that enclose one second alone: both are inclusive, and what is asked exactly comes exactly. */
function hasRows(heard: Heard): boolean {
	if (heard.kind === 'tooMany') return heard.failure.why !== 'tooSlow' && heard.failure.why !== 'heavy';
	return heard.kind === 'whole' && heard.harvest.records.length > 0;
}

/** Asks the seconds beside an empty one alone: one of them must be what saturated it. */
async function neighbourHasRows(line: Line, reading: Reading, { from, to }: Window): Promise<boolean> {
	for (const neighbour of [
		{ from: to, to: to + 1 },
		{ from: from - 1, to: from },
	]) {
		if (hasRows(await hear(line, reading, neighbour, { bounds: exactly(neighbour) }))) return true;
	}
	return false;
}

/**
 * Rows without a date: the server's window is trusted for them, asked with edges that do not overlap the neighbours'. Both
 * answers must show as many dated rows in the window, else rows changed their place between them, or an edge is not asked.
 */
async function withUndated(line: Line, reading: Reading, window: Window, wide: HeardWhole, triesLeft: number): Promise<Proof> {
	const exact = await hearTwice(line, reading, window, { bounds: exactly(window) });
	if (exact.kind === 'failed' || exact.kind === 'tooMany') return exact.failure;
	const [dated, undated] = exact.kind === 'empty' ? [0, []] : [exact.harvest.records.length, exact.harvest.undated];
	if (exact.kind === 'whole') exact.harvest.records.release();
	if (dated === wide.harvest.records.length) return whole(wide, undated);
	wide.harvest.records.release();
	return triesLeft > 1 ? prove(line, reading, window, false, triesLeft - 1) : { kind: 'transient', why: 'notWhole', said: 'records without a date, in answers that differ' };
}
