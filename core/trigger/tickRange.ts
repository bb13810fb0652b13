import { triggerLimits } from '../limits';
import { earliestWall, firstInstant, latestWall } from '../time/wallClock';
import type { WallSeconds, Window } from '../time/window';
import type { Cursor, Place } from './memory/cursor';

interface PassOptions {
	readonly overlapSeconds: number;
	readonly zone: string;
	readonly nowMs: number;
	/** The first tick of a process: while there was none, the clock may have been put right. */
	readonly isFirst?: boolean;
}

/** What a tick reads, and when the pass that it belongs to began. */
interface TickRange {
	readonly range: Window;
	readonly passMs: number;
}

/**
 * The range of the next tick: on from where an unfinished pass stopped, else a new pass over the overlap up to now. Where
 * the clock of the last pass is in doubt, over all that the memory covers.
 */
export function nextTickRange(cursor: Cursor, options: PassOptions): TickRange {
	const to = latestWall(options.nowMs, options.zone);
	const isInDoubt =
		options.isFirst === true || options.nowMs < cursor.passMs - triggerLimits.stepToleranceSeconds * 1_000;
	if (!isInDoubt && goesOn(cursor, options)) {
		// What late records can no longer be dated in needs no other look: the pass is as young as this tick.
		const isSettled = cursor.readTo <= byClock(cursor.passMs, options.overlapSeconds, options.zone);
		return { range: { from: cursor.readTo, to }, passMs: isSettled ? options.nowMs : cursor.passMs };
	}
	const from = isInDoubt ? cursor.knownFrom : beginning(cursor, options);
	return { range: { from, to }, passMs: options.nowMs };
}

/** Whether a tick goes on with an unfinished pass: not with one that is old and had come close to its present. */
const goesOn = ({ isThrough, readTo, passMs }: Cursor, { overlapSeconds, zone, nowMs }: PassOptions): boolean =>
	!isThrough && (readTo <= byClock(passMs, overlapSeconds, zone) || nowMs - passMs <= overlapSeconds * 1_000);

/**
 * Where a new pass begins: the overlap before the last one began. It also begins the overlap before the latest row seen:
 * whatever clock or zone says otherwise, the API's own rows show how far it is. Only that is bounded, to a day.
 */
function beginning(
	{ knownFrom, lastAt, readTo, passMs, grainSeconds }: Cursor,
	{ overlapSeconds, zone }: PassOptions,
): WallSeconds {
	const byRows = Math.max(
		byRow(lastAt, overlapSeconds, zone),
		readTo - Math.max(triggerLimits.rereadSeconds, 2 * overlapSeconds),
	);
	return Math.max(knownFrom, aligned(Math.min(byClock(passMs, overlapSeconds, zone), byRows), grainSeconds));
}

/**
 * From where on rows must be remembered, so that any later pass can tell what is new. The latest row seen shows that the
 * operation's clock had come so far: what lies further back than the overlap from there was visible already. Where no row
 * has come for longer than any zone or clock is wrong, the silence shows nothing more.
 */
export function knownFromAfter(
	known: WallSeconds,
	{ readTo, lastAt, passMs, grainSeconds }: Pick<Place, 'readTo' | 'passMs' | 'lastAt' | 'grainSeconds'>,
	{ overlapSeconds, zone }: PassOptions,
): WallSeconds {
	const byRows = Math.max(byRow(lastAt, overlapSeconds, zone), readTo - triggerLimits.longestSilenceSeconds);
	return Math.max(known, aligned(Math.min(readTo, byRows, byClock(passMs, overlapSeconds, zone)), grainSeconds));
}

/** The earliest that rows can be dated which became visible after a pass began, as late as the overlap allows. */
const byClock = (passMs: number, overlapSeconds: number, zone: string): WallSeconds =>
	earliestWall(passMs - (overlapSeconds + triggerLimits.stepToleranceSeconds) * 1_000, zone);

/** The same after a row was seen: the hour that comes twice may still be to come again, whatever n8n's own clock says. */
const byRow = (lastAt: WallSeconds, overlapSeconds: number, zone: string): WallSeconds =>
	earliestWall((firstInstant(lastAt, zone) - overlapSeconds) * 1_000, zone);

/** The start of the minute, or of the hour or day where dates are no finer: memory is kept by whole minutes. */
const aligned = (at: WallSeconds, grainSeconds: number): WallSeconds => {
	const step = Math.max(60, grainSeconds);
	return Math.floor(at / step) * step;
};
