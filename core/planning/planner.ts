import { type Forecast, type HourCounts, expected, learn, overshot, ratesOf, secondsFor, unknown } from './forecast';
import { apiLimits, planningLimits } from '../limits';
import type { Failure } from '../failures';
import { type Window, secondsOf } from '../time/window';

/** A part of the range that no answer has closed yet, and the longest window that may be tried on it. */
interface Piece extends Window {
	readonly maxSeconds: number;
}

/**
 * What the planner knows: a value; each step gives a new one. Nothing here waits, asks or reads a clock.
 * At every step the range is a partition of windows taken, windows closed and open pieces.
 */
export interface Plan {
	/** The stack: the last piece is the next in time. */
	readonly open: readonly Piece[];
	readonly forecast: Forecast;
	/** Rows at which an answer is no longer trusted. */
	readonly capRecords: number;
	/** Rows a second, as measured on answers of some size; null before the first. */
	readonly rowsPerSecond: number | null;
	readonly longestProvenSeconds: number;
	/** Near-empty answers in a row, and how long the last one was. */
	readonly sparse: { readonly run: number; readonly seconds: number };
	readonly taken: number;
	readonly records: number;
	readonly rangeSeconds: number;
	readonly maxSeconds: number;
	/** The first window, where nothing is known yet. */
	readonly firstSeconds: number;
	readonly z: number;
}

/** An answer with fewer rows than this says nothing about speed, and the window that gave it is nearly empty. */
const TELLING_ROWS = 1_000;
const SPARSE_RUN = 3;
const SPEED_WEIGHT = 0.3;

/** @param maxSeconds the longest window that may be asked, margins already taken off */
export function planFor(range: Window, maxSeconds: number, z: number = planningLimits.safetyZ): Plan {
	return {
		open: secondsOf(range) > 0 ? [{ ...range, maxSeconds }] : [],
		forecast: unknown,
		capRecords: apiLimits.capRecords,
		rowsPerSecond: null,
		longestProvenSeconds: 0,
		sparse: { run: 0, seconds: 0 },
		taken: 0,
		records: 0,
		rangeSeconds: secondsOf(range),
		maxSeconds,
		firstSeconds: planningLimits.firstWindowSeconds,
		z,
	};
}

/** Takes the next window off the open pieces, cut on `grainSeconds`; null when nothing is open. */
export function takeNextWindow(
	plan: Plan,
	grainSeconds: number,
): { readonly plan: Plan; readonly window: Window } | null {
	const piece = plan.open.at(-1);
	if (!piece) return null;
	const rest = plan.open.slice(0, -1);
	const whole = secondsOf(piece);
	const wanted = Math.min(
		piece.maxSeconds,
		plan.maxSeconds,
		plan.taken >= watchdogOf(plan) ? Infinity : lengthAt(plan, piece),
	);
	const seconds = wanted >= whole ? whole : aligned(piece.from, Math.max(1, Math.floor(wanted)), grainSeconds);
	const taken = { ...plan, taken: plan.taken + 1 };
	if (seconds >= whole) return { plan: { ...taken, open: rest }, window: { from: piece.from, to: piece.to } };
	const at = piece.from + seconds;
	return { plan: { ...taken, open: [...rest, { ...piece, from: at }] }, window: { from: piece.from, to: at } };
}

/** A window was proven whole: learns its rows by hour of the week, and how fast they came. */
export function closeWindow(plan: Plan, window: Window, found: HourCounts, elapsedSeconds: number): Plan {
	const records = found.reduce((sum, rows) => sum + rows, 0);
	const isSparse = records < TELLING_ROWS;
	const speed = !isSparse && elapsedSeconds > 0 ? records / elapsedSeconds : null;
	return {
		...plan,
		forecast: learn(plan.forecast, window, found),
		records: plan.records + records,
		longestProvenSeconds: Math.max(plan.longestProvenSeconds, secondsOf(window)),
		sparse: isSparse ? { run: plan.sparse.run + 1, seconds: secondsOf(window) } : { run: 0, seconds: 0 },
		rowsPerSecond:
			speed === null
				? plan.rowsPerSecond
				: plan.rowsPerSecond === null
					? speed
					: plan.rowsPerSecond + SPEED_WEIGHT * (speed - plan.rowsPerSecond),
	};
}

/**
 * A window held too much: it is open again with half its length permitted, and keeps its own end.
 * Gives null when it cannot be cut on the grain any more.
 */
export function halveWindow(plan: Plan, window: Window, grainSeconds: number): Plan | null {
	const seconds = secondsOf(window);
	if (seconds <= grainSeconds) return null;
	const half = Math.max(grainSeconds, Math.floor(seconds / 2));
	return { ...putBack(plan, window, half), forecast: overshot(plan.forecast) };
}

function putBack(plan: Plan, window: Window, maxSeconds: number): Plan {
	const open = [...plan.open, { ...window, maxSeconds }].sort((a, b) => b.from - a.from);
	return { ...plan, open };
}

/** These windows are open again, each to be asked at most so long at once. */
export const openAgain = (plan: Plan, windows: readonly Window[], maxSeconds = Infinity): Plan =>
	windows.reduce((open, window) => putBack(open, window, Math.min(secondsOf(window), maxSeconds)), plan);

/** Windows longer than this hide rows: none is asked any more. */
export const boundWindows = (plan: Plan, maxSeconds: number | null): Plan =>
	maxSeconds === null
		? plan
		: {
				...plan,
				maxSeconds: Math.min(plan.maxSeconds, maxSeconds),
				longestProvenSeconds: Math.min(plan.longestProvenSeconds, maxSeconds),
			};

/** Windows that came empty were not: they are open again, shorter, and nothing was learned from them. */
export const reconsidered = (
	plan: Plan,
	doubted: { readonly open: readonly Window[]; readonly maxSeconds: number; readonly forecast: Forecast } | null,
): Plan => {
	if (doubted === null) return plan;
	const { open, maxSeconds, forecast } = doubted;
	return boundWindows(openAgain({ ...plan, forecast, sparse: { run: 0, seconds: 0 } }, open, maxSeconds), maxSeconds);
};

/** Learns the rows of a piece that was not read for their sake. */
export const learnFrom = (plan: Plan, window: Window, found: HourCounts): Plan => ({
	...plan,
	forecast: learn(plan.forecast, window, found),
});

/** A window failed, and its halves did not: it held more than the API can answer with. */
export const heldTooMuch = (plan: Plan): Plan => ({ ...plan, forecast: overshot(plan.forecast) });

/** Exactly these windows are open, to be asked in another way. */
export function reopened(plan: Plan, windows: readonly Window[], maxSeconds: number): Plan {
	const open = windows.map((window) => ({ ...window, maxSeconds })).sort((a, b) => b.from - a.from);
	return { ...plan, open, maxSeconds };
}

/** Why a run that has made so many requests must end; null while it may go on. */
export const exhausted = (plan: Plan, requests: number): Failure | null =>
	requests >= planningLimits.watchdogEnd * watchdogOf(plan)
		? { kind: 'bounded', why: 'watchdog', limit: requests }
		: null;

/** Requests that the records and the seconds of the range can justify. */
function watchdogOf({ records, rangeSeconds, capRecords, maxSeconds }: Plan): number {
	const fewest = Math.max(Math.ceil(records / (capRecords - 1)), Math.ceil(rangeSeconds / maxSeconds));
	return planningLimits.watchdogBase + planningLimits.watchdogFactor * fewest;
}

/** How long a window from here is likely to stay below the cap and the time limit. */
function lengthAt(plan: Plan, { from }: Window): number {
	const { forecast, longestProvenSeconds, rowsPerSecond, sparse } = plan;
	const rates = ratesOf(forecast);
	if (rates === null || longestProvenSeconds === 0) return plan.firstSeconds;
	const longest = Math.min(planningLimits.maxGrowth * longestProvenSeconds, plan.maxSeconds);
	const inTime =
		rowsPerSecond === null
			? Infinity
			: planningLimits.timeoutShare * (apiLimits.requestTimeoutMs / 1_000) * rowsPerSecond;
	const target = Math.min(plan.capRecords, inTime) * Math.exp(-plan.z * Math.sqrt(forecast.variance));
	const seconds = secondsFor(rates, from, target, longest);
	return sparse.run >= SPARSE_RUN ? Math.max(seconds, Math.min(2 * sparse.seconds, longest)) : seconds;
}

/** Cuts on the grain, and on a whole minute where that costs little: dates may be shown coarser than they are. */
function aligned(from: number, seconds: number, grainSeconds: number): number {
	const step = Math.max(grainSeconds, seconds >= 600 ? 60 : 1);
	const end = Math.floor((from + seconds) / step) * step;
	return end > from ? end - from : Math.floor(from / grainSeconds + 1) * grainSeconds - from;
}

/** Rows that the plan expects in a window; null before anything is known. */
export function expectedIn(plan: Plan, window: Window): number | null {
	const rates = ratesOf(plan.forecast);
	return rates && expected(rates, window);
}
