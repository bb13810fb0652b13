import type { WallSeconds, Window } from '../../time/window';
import { type Memory, mergeMemory, nearMemory, noMemory } from './memory';

/** Seconds whose records could not be proven; they are asked for again, for a day. */
export interface Hole extends Window {
	/** When it was first met (milliseconds since 1970). */
	readonly sinceMs: number;
	/** When it was asked for last, and how often since it was met. */
	readonly askedMs: number;
	readonly asks: number;
}

/** How far the reading has come. */
export interface Place {
	/** Everything before was read, but for the holes. */
	readonly readTo: WallSeconds;
	/** When the pass that led here began (milliseconds since 1970): rows that became visible later may lie before `readTo`. */
	readonly passMs: number;
	/** Whether the pass ended at what was then the present. */
	readonly isThrough: boolean;
	/** Emitted rows that are dated from here on are remembered; nothing before is ever read again. */
	readonly knownFrom: WallSeconds;
	/** Latest date seen on a row; before the first, the second before the start. */
	readonly lastAt: WallSeconds;
	/** Precision of the dates, in seconds. */
	readonly grainSeconds: number;
	readonly holes: readonly Hole[];
}

/** A place, and what was emitted near it. */
export interface Cursor extends Place {
	readonly memory: Memory;
}

/** What one reading changes: the new place, and the rows to remember beside those that are. */
export interface Step extends Place {
	readonly added: Memory;
}

/** A reading that starts here, with nothing behind it. */
export function startAt(at: WallSeconds, nowMs: number): Cursor {
	return {
		readTo: at,
		passMs: nowMs,
		isThrough: true,
		knownFrom: at,
		lastAt: at - 1,
		grainSeconds: 1,
		holes: [],
		memory: noMemory,
	};
}

/** Takes a step. What is no longer near is forgotten. */
export function advance({ memory }: Cursor, { added, ...place }: Step): Cursor {
	return { ...place, memory: nearMemory(mergeMemory(memory, added), place.knownFrom, place.holes) };
}
