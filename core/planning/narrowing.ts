import type { Window } from '../time/window';

/** How fine a search is, in seconds. */
export interface Scale {
	/** Precision of the dates: windows are cut on it. */
	readonly grain: number;
	/** Asked beside every piece, at each end. */
	readonly margin: number;
	/** What the search stops at: the grain, or more where it would cost too much. */
	readonly unit: number;
}

/** A piece to ask about. `isLast`: what the search came to, asked once more before it is believed. */
interface Question {
	readonly window: Window;
	readonly isLast: boolean;
}

/** Yields pieces to ask, is told whether each came whole, and ends with what is broken. */
type Search<T> = Generator<Question, T, boolean>;

/**
 * Looks for what is broken for good in a window that failed: the first such place, the last one, and whether all between
 * them is broken too. What lies between and is not may hold more of it: it must be asked for anew.
 */
export function* narrow(window: Window, scale: Scale): Search<Window[]> {
	const first = yield* firstBroken(window, scale);
	if (first === null) return [];
	const behind = { from: first.to, to: window.to };
	if (isNothing(behind) || (yield piece(behind))) return [first];
	const last = yield* backward(firstBroken(mirrored(behind), scale));
	if (last === null) return [first];
	const between = { from: first.to, to: last.from };
	if (isNothing(between) || (yield piece(between))) return [first, last];
	for (const quarter of [2, 1, 3]) {
		const from = between.from + Math.floor(((between.to - between.from) * quarter) / 4 / scale.grain) * scale.grain;
		if (yield piece({ from, to: Math.min(from + scale.grain, between.to) })) return [first, last];
	}
	return [{ from: first.from, to: last.to }];
}

/**
 * Halves the seconds among which the first broken one must be. An answer about a piece also tells of the margin beside it,
 * so that the seconds, and not the pieces, are halved: a broken second where two pieces meet is found once.
 */
function* firstBroken({ from: start, to: end }: Window, { grain, margin, unit }: Scale): Search<Window | null> {
	let from = start;
	let low = Math.floor(start / grain) * grain - margin;
	let high = Math.ceil(end / grain) * grain + margin;
	while (high - low > unit) {
		const least = Math.floor(from / grain + 1) * grain + margin;
		const middle = Math.max(least, low + Math.floor((high - low) / 2 / grain) * grain);
		if (middle >= high) break;
		if (yield piece({ from, to: Math.min(middle - margin, end) })) {
			low = middle;
			from = Math.min(middle - margin, end);
			// Both halves whole: it passed, or the window was too heavy.
			if (from >= end || (yield piece({ from, to: Math.min(high + margin, end) }))) return null;
		} else {
			high = middle;
		}
	}
	const broken = { from, to: Math.min(high + margin, end) };
	const core = { from: Math.max(low, from), to: Math.min(high, end) };
	return (yield { window: isNothing(core) ? broken : core, isLast: true }) ? null : broken;
}

const piece = (window: Window): Question => ({ window, isLast: false });

const isNothing = ({ from, to }: Window): boolean => from >= to;

const mirrored = ({ from, to }: Window): Window => ({ from: -to, to: -from });

/** The same search from the end of time. */
function* backward(search: Search<Window | null>): Search<Window | null> {
	let step = search.next();
	while (!step.done) {
		const { window, isLast } = step.value;
		step = search.next(yield { window: mirrored(window), isLast });
	}
	return step.value && mirrored(step.value);
}
