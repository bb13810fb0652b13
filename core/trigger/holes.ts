import { triggerLimits } from '../limits';
import type { Unproven } from '../extraction/runReport';
import { type WallSeconds, type Window, overlaps, secondsOf, subtract } from '../time/window';
import type { Hole } from './memory/cursor';

/** The holes after a reading: those outside of it, and the windows in it that are unproven still or again. */
export function holesAfter(holes: readonly Hole[], read: Window, unproven: readonly Window[], nowMs: number): Hole[] {
	const outside = holes.flatMap((hole) => subtract([hole], [read]).map((rest) => ({ ...hole, ...rest })));
	const inside = unproven.map((window) =>
		holes
			.filter((hole) => overlaps(hole, window))
			.reduce(elder, { ...window, sinceMs: nowMs, askedMs: nowMs, asks: 0 }),
	);
	return joined([...outside, ...inside]);
}

/** The first with the patience that was spent on the second. */
const elder = (hole: Hole, { sinceMs, askedMs, asks }: Hole): Hole => ({
	...hole,
	sinceMs: Math.min(hole.sinceMs, sinceMs),
	askedMs: asks >= hole.asks ? askedMs : hole.askedMs,
	asks: Math.max(hole.asks, asks),
});

/** Whether a hole is asked for in this tick: seconds that stay broken less and less often, a longer stretch with each. */
export const isHoleDue = (hole: Hole, nowMs: number): boolean => {
	if (secondsOf(hole) > triggerLimits.narrowHoleSeconds) return true;
	const pauseMs = triggerLimits.holePauseMs * 2 ** Math.min(hole.asks, triggerLimits.holeDoublings);
	return nowMs >= hole.askedMs + pauseMs - triggerLimits.dueJitterMs;
};

/** Which holes are kept, and which are passed by: asked for long enough, or more than can be kept. */
export function sift(
	holes: readonly Hole[],
	knownFrom: WallSeconds,
	nowMs: number,
): { readonly kept: Hole[]; readonly passed: Hole[] } {
	// Inside the overlap every pass asks anyway.
	const isOver = ({ to, sinceMs }: Hole): boolean => to <= knownFrom && nowMs - sinceMs > triggerLimits.holePatienceMs;
	const open = holes.filter((hole) => !isOver(hole));
	const surplus = open.slice(0, Math.max(0, open.length - triggerLimits.maxHoles));
	return { kept: open.slice(surplus.length), passed: [...holes.filter(isOver), ...surplus] };
}

/** The whole minutes, or the whole hours or days where dates are no finer, that a hole touches: memory compares by these. */
export function wholeMinutes({ from, to }: Window, grainSeconds: number): Window {
	const step = Math.max(60, grainSeconds);
	return { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step };
}

/** What of the unproven windows lies in a hole. */
export const within = (unproven: readonly Unproven[], hole: Window): Window[] =>
	unproven
		.map(({ window }) => ({ from: Math.max(window.from, hole.from), to: Math.min(window.to, hole.to) }))
		.filter(({ from, to }) => from < to);

/** Neighbours are one, as old as the elder. */
function joined(holes: readonly Hole[]): Hole[] {
	const result: Hole[] = [];
	for (const hole of [...holes].sort((a, b) => a.from - b.from)) {
		const last = result.at(-1);
		if (last && hole.from <= last.to)
			result[result.length - 1] = elder({ ...last, to: Math.max(last.to, hole.to) }, hole);
		else result.push(hole);
	}
	return result;
}
