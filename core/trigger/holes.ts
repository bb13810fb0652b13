import { triggerLimits } from '../limits';
import type { Unproven } from '../extraction/runReport';
import { type WallSeconds, type Window, overlaps, subtract } from '../time/window';
import type { Hole } from './memory/cursor';

/** The holes after a reading: those outside of it, and the windows in it that are unproven still or again. */
export function holesAfter(holes: readonly Hole[], read: Window, unproven: readonly Window[], nowMs: number): Hole[] {
	const outside = holes.flatMap(({ sinceMs, ...hole }) =>
		subtract([hole], [read]).map((rest) => ({ ...rest, sinceMs })),
	);
	const inside = unproven.map((window) => ({
		...window,
		sinceMs: holes
			.filter((hole) => overlaps(hole, window))
			.reduce((earliest, { sinceMs }) => Math.min(earliest, sinceMs), nowMs),
	}));
	return joined([...outside, ...inside]);
}

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
			result[result.length - 1] = {
				from: last.from,
				to: Math.max(last.to, hole.to),
				sinceMs: Math.min(last.sinceMs, hole.sinceMs),
			};
		else result.push(hole);
	}
	return result;
}
