import { apiLimits } from '../../../core/limits';
import { type Plan, closeWindow, planFor, takeNextWindow, halveWindow } from '../../../core/planning/planner';
import { type Window, secondsOf } from '../../../core/time/window';
import type { Traffic } from './traffic';

/** A way to cut a range: gives windows to ask for, and hears what became of them. */
export interface Strategy {
	/** The next window; null while none is open. */
	next(): Window | null;
	whole(window: Window, records: number, elapsedSeconds: number): void;
	saturated(window: Window): void;
}

const LONGEST = apiLimits.maxSpanSeconds - 2;
const DAY = 86_400;

export function planner(traffic: Traffic, z?: number): Strategy {
	let plan: Plan = planFor(traffic.range, LONGEST, z);
	return {
		next() {
			const taken = takeNextWindow(plan, 1);
			if (taken) plan = taken.plan;
			return taken?.window ?? null;
		},
		whole(window, _, elapsedSeconds) {
			plan = closeWindow(plan, window, traffic.byHour(window), elapsedSeconds);
		},
		saturated(window) {
			plan = halveWindow(plan, window, 1) ?? plan;
		},
	};
}

/** Windows of at most so long from the start, halved while they are too many. */
export function bisecting(traffic: Traffic, firstSeconds = LONGEST): Strategy {
	const open: Window[] = [];
	for (let to = traffic.range.to; to > traffic.range.from; to -= firstSeconds)
		open.push({ from: Math.max(traffic.range.from, to - firstSeconds), to });
	return {
		next: () => open.pop() ?? null,
		whole: () => undefined,
		saturated({ from, to }) {
			const middle = Math.floor((from + to) / 2);
			open.push({ from: middle, to }, { from, to: middle });
		},
	};
}

export const fixedDays = (traffic: Traffic): Strategy => bisecting(traffic, DAY);

/** Nine tenths of the cap by the density of the last window; half as long where that was too many, the rest later. */
export function predictAndPeel(traffic: Traffic): Strategy {
	let at = traffic.range.from;
	let seconds = DAY;
	return {
		next() {
			if (at >= traffic.range.to) return null;
			const from = at;
			at = Math.min(traffic.range.to, from + Math.max(1, Math.min(LONGEST, Math.floor(seconds))));
			return { from, to: at };
		},
		whole(window, records) {
			seconds = records === 0 ? 2 * secondsOf(window) : (0.9 * apiLimits.capRecords * secondsOf(window)) / records;
		},
		saturated({ from, to }) {
			at = from;
			seconds = (to - from) / 2;
		},
	};
}
