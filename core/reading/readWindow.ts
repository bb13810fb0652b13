import { byCampaign } from './byCampaign';
import type { Bounds, WindowRows } from './windowRows';
import {
	type WindowAnswer,
	type DateKnowledge,
	exactBounds,
	askWindow,
	askWindowTwice,
	boundsToMinute,
	marginOf,
	widenedBounds,
} from './askWindow';
import { learnsEdges, ownBounds } from './edges';
import { isPastMargins } from './margins';
import { readingLimits } from '../limits';
import type { Failure, TooMany } from '../failures';
import type { Records } from './packedRecords';
import type { AmdRecord } from '../api/record';
import type { Connection } from '../api/request';
import { type Window, secondsOf } from '../time/window';

/** A window proven whole: its rows in order of time, those without a date first. */
export interface ProvenWindow {
	readonly kind: 'whole';
	readonly records: Records;
	readonly undated: number;
	/** Rows of the answer, those beside the window included; 0 where several answers brought them, of which none is a cap. */
	readonly served: number;
	readonly hours: WindowRows['hours'];
	readonly beside: WindowRows['beside'];
	/** How long the request took that brought them; 0 where several did. */
	readonly elapsedSeconds: number;
}

/** What one window came to. `changed`: its dates are otherwise than assumed, so that it must be asked again. */
export type WindowResult =
	| ProvenWindow
	| { readonly kind: 'empty' }
	| { readonly kind: 'changed'; readonly strays: WindowRows['strays'] }
	| Failure;

interface Look {
	/** Its parts came empty before: if it is saturated, then most likely by the seconds beside it. */
	readonly wasEmpty?: boolean;
	/** How often it is asked where a fault may be its own. */
	readonly tries?: number;
	/** Its last minute is asked to the end. */
	readonly toMinute?: boolean;
	/** Whether so many rows look like a part of it, where it cannot be read in parts. */
	looksCut?(served: number): boolean;
}

/** A saturated window as short as this may only be so because of the seconds that are asked beside it. */
const NARROW_SECONDS = 64;
/** How often a window with undated rows is asked until two answers agree on the dated ones. */
const UNDATED_TRIES = 3;

/**
 * Asks for one window, and says what can be relied on.
 * @param look how: what is known of the window already
 */
export async function readWindow(
	connection: Connection,
	knowledge: DateKnowledge,
	window: Window,
	look: Look = {},
	triesLeft = UNDATED_TRIES,
): Promise<WindowResult> {
	const { wasEmpty = false, tries } = look;
	const bounds = (look.toMinute ? boundsToMinute : widenedBounds)(knowledge, window);
	const wide = await askWindow(connection, knowledge, window, { bounds, tries });
	if (wide.kind === 'failed') return wide.failure;
	if (wide.kind === 'empty') return wide;
	const changed = learnDates(knowledge, wide.rows);
	if (changed) {
		if (isPastMargins(knowledge)) knowledge.isFixed = await isSameElsewhere(connection, knowledge, wide);
		return changed;
	}
	if (wide.kind === 'tooMany' && look.toMinute && isNewlyCrowded(knowledge, window, bounds))
		return readWindow(connection, knowledge, window, look, triesLeft);
	if (wide.kind === 'tooMany') return narrowed(connection, knowledge, window, wide.failure, wasEmpty);
	if (wide.rows.undated.length > 0) return await withUndated(connection, knowledge, window, wide, look, triesLeft);
	if (!look.looksCut?.(wide.count)) return whole(wide);
	wide.rows.records.release();
	return narrowed(connection, knowledge, window, { kind: 'tooMany', why: 'capReached', count: wide.count }, wasEmpty);
}

/** Whether the rest of its last minute may be why a window is too full, which is taken in: then it is asked without. */
function isNewlyCrowded(knowledge: DateKnowledge, window: Window, { last }: Bounds): boolean {
	// One second is asked alone in any case.
	if (knowledge.isCrowded || secondsOf(window) <= 1) return false;
	knowledge.isCrowded = true;
	return boundsToMinute(knowledge, window).last < last;
}

/** Whether a window far from everything that an answer showed brings the very same: then dates are not regarded at all. */
async function isSameElsewhere(
	connection: Connection,
	knowledge: DateKnowledge,
	shown: WindowAnswer,
): Promise<boolean> {
	if (shown.kind !== 'whole') return false;
	const from = Math.min(...shown.rows.strays) - FAR_SECONDS;
	const elsewhere = { from, to: from + 3_600 };
	const other = await askWindow(connection, knowledge, elsewhere, { bounds: exactBounds(elsewhere) });
	if (other.kind !== 'whole') return false;
	other.rows.records.release();
	return other.count === shown.count && [...shown.rows.strays].every((at) => other.rows.strays.has(at));
}

/** Farther than any clock is wrong. */
const FAR_SECONDS = 40 * 86_400;

type HeardWhole = Omit<Extract<WindowAnswer, { kind: 'whole' }>, 'kind'>;

const whole = (
	{ count: served, rows: { records, hours, beside }, elapsedSeconds }: HeardWhole,
	undated: AmdRecord[] = [],
): ProvenWindow => ({
	kind: 'whole',
	records: records.close(undated),
	undated: undated.length,
	served,
	hours,
	beside,
	elapsedSeconds,
});

/** Takes in what the dates of an answer show; gives `changed` when the answer was asked on a wrong assumption. */
function learnDates(knowledge: DateKnowledge, rows: WindowRows): WindowResult | null {
	const { coarserSeconds, outsideSeconds, strays } = rows;
	const coarser = coarserSeconds !== null && !knowledge.grainKnown;
	knowledge.grainKnown ||= coarser || rows.records.length > 0;
	if (coarser) {
		knowledge.grainSeconds = coarserSeconds;
		return { kind: 'changed', strays };
	}
	if (rows.sawFirst && rows.sawLast) knowledge.boundsInclusive = true;
	if (outsideSeconds <= marginOf(knowledge)) return null;
	knowledge.skewSeconds = Math.max(
		outsideSeconds,
		Math.min(Math.ceil((outsideSeconds * 1.25) / 60) * 60, readingLimits.maxMarginSeconds),
	);
	return { kind: 'changed', strays };
}

/**
 * A saturated window: a short one is asked once more without the seconds beside it, since a crowded neighbour is no
 * reason to give it up; the shortest then campaign by campaign. So is one second whose count looks like a cap.
 */
async function narrowed(
	connection: Connection,
	knowledge: DateKnowledge,
	window: Window,
	excess: TooMany,
	wasEmpty: boolean,
): Promise<WindowResult> {
	const reached = excess.why === 'capReached' ? (excess.count ?? Infinity) : Infinity;
	const shortest = secondsOf(window) <= knowledge.grainSeconds;
	const couldBeBeside = shortest || (knowledge.boundsInclusive && (wasEmpty || secondsOf(window) <= NARROW_SECONDS));
	let bounds = widenedBounds(knowledge, window);
	if (couldBeBeside && knowledge.grainSeconds === 1 && knowledge.skewSeconds === 0) {
		const exact = await askWindow(connection, knowledge, window, { bounds: exactBounds(window) });
		if (exact.kind === 'failed') return exact.failure;
		if (shortest)
			knowledge.boundsInclusive ||= hasRows(exact) || (await neighbourHasRows(connection, knowledge, window));
		if (knowledge.boundsInclusive) {
			if (exact.kind === 'empty') return exact;
			if (exact.kind === 'whole' && exact.rows.undated.length === 0 && exact.count < reached) return whole(exact);
			bounds = exactBounds(window);
		}
	}
	if (!shortest || !/^all$/i.test(knowledge.campaign)) return excess;
	const capRecords = Math.min(knowledge.capRecords, reached);
	const sum = await byCampaign(connection, { ...knowledge, capRecords }, window, bounds);
	if (sum === null) return excess;
	return sum.kind === 'whole' ? { ...whole(sum), served: 0 } : sum;
}

/** Rows for bounds that enclose one second alone: both are inclusive, and what is asked exactly comes exactly. */
function hasRows(answer: WindowAnswer): boolean {
	if (answer.kind === 'tooMany') return answer.failure.why !== 'tooSlow';
	return answer.kind === 'whole' && answer.rows.records.length > 0;
}

/** Asks the seconds beside an empty one alone: one of them must be what saturated it. */
async function neighbourHasRows(
	connection: Connection,
	knowledge: DateKnowledge,
	{ from, to }: Window,
): Promise<boolean> {
	for (const neighbour of [
		{ from: to, to: to + 1 },
		{ from: from - 1, to: from },
	]) {
		if (hasRows(await askWindow(connection, knowledge, neighbour, { bounds: exactBounds(neighbour) }))) return true;
	}
	return false;
}

/**
 * Rows without a date: the server's window is trusted for them, asked with edges that do not overlap the neighbours'. Both
 * answers must show as many dated rows in the window, else rows changed their place between them, or an edge is not asked.
 */
async function withUndated(
	connection: Connection,
	knowledge: DateKnowledge,
	window: Window,
	wide: HeardWhole,
	look: Look,
	triesLeft: number,
): Promise<WindowResult> {
	const { tries, toMinute } = look;
	const exact = await askWindowTwice(connection, knowledge, window, { bounds: ownBounds(knowledge, window) });
	if (exact.kind === 'failed' || exact.kind === 'tooMany') return exact.failure;
	const [dated, undated] = exact.kind === 'empty' ? [0, []] : [exact.rows.records.length, exact.rows.undated];
	if (exact.kind === 'whole') {
		knowledge.boundsInclusive ||= exact.rows.sawFirst && exact.rows.sawLast && !knowledge.leftOut;
		exact.rows.records.release();
	}
	// What only the wide answer shows lies beside the window, or at an edge that is no part of the other.
	const isSame = dated === wide.rows.records.length && undated.length >= wide.rows.undated.length;
	if (!isSame && (await learnsEdges(connection, knowledge, wide.rows)))
		return await withUndated(connection, knowledge, window, wide, look, triesLeft);
	if (dated === wide.rows.records.length) return whole(wide, undated);
	wide.rows.records.release();
	return triesLeft > 1
		? readWindow(connection, knowledge, window, { tries, toMinute }, triesLeft - 1)
		: { kind: 'transient', why: 'notWhole', said: 'records without a date, in answers that differ' };
}
