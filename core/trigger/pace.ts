import { triggerLimits } from '../limits';
import type { Failure } from '../failures';
import { latestWall } from '../time/wallClock';
import { secondsOf } from '../time/window';
import type { Tick } from './tick';

/** When the next read is due and how it shall ask, learned from the ticks before; kept in the process alone. */
export interface Pace {
	readonly lastReadMs: number | null;
	/** No request before this moment, since a failure said so. */
	readonly notBeforeMs: number;
	/** Longest window to ask for, and when that was learned. */
	readonly window: { readonly seconds: number; readonly sinceMs: number } | null;
	/** Ticks in a row whose time was used up before anything was read. */
	readonly stalls: number;
}

export const atEase: Pace = { lastReadMs: null, notBeforeMs: 0, window: null, stalls: 0 };

/** Whether a tick may read. One that is not through with its pass goes on at once; a clock that stepped back delays nothing. */
export function isDue(
	{ lastReadMs, notBeforeMs }: Pace,
	{ nowMs, minMs, isBehind }: { nowMs: number; minMs: number; isBehind: boolean },
): boolean {
	if (lastReadMs === null || nowMs < lastReadMs) return true;
	if (nowMs < notBeforeMs) return false;
	return isBehind || nowMs >= lastReadMs + minMs - triggerLimits.dueJitterMs;
}

const HOUR_MS = 3_600_000;
const LONGEST_WINDOW_SECONDS = 86_400;
/** No window is made shorter than this because of faults; they seldom depend on it. */
const FAULTY_WINDOW_SECONDS = 300;
/** Records of a window while catching up: what a tick reads past its share is read in vain. */
const WINDOW_RECORDS = triggerLimits.tickRecords / 3;
const HEAVY = ['cut', 'stalled', 'serverStatus', 'webPage', 'countDiffers'];

/** What a tick teaches the next one. */
export function paceAfter(pace: Pace, tick: Tick, nowMs: number): Pace {
	const isStalled = tick.step === null && isOutOfTime(tick.stopped);
	return {
		lastReadMs: nowMs,
		notBeforeMs: 0,
		window: windowAfter(pace.window, tick, nowMs),
		stalls: isStalled ? pace.stalls + 1 : 0,
	};
}

/** Whether the tick's own time ended it: the budget, or the signal that comes with its end. */
export const isOutOfTime = (failure: Failure | null): boolean =>
	failure?.kind === 'cancelled' || (failure?.kind === 'bounded' && failure.why === 'budget');

function windowAfter(window: Pace['window'], { step, stopped, range, fullest }: Tick, nowMs: number): Pace['window'] {
	const half = Math.floor(Math.min(window?.seconds ?? Infinity, secondsOf(range)) / 2);
	if (step === null && (isOutOfTime(stopped) || stopped?.kind === 'tooMany'))
		return { seconds: Math.max(1, half), sinceMs: nowMs };
	if (step === null && stopped?.kind === 'transient') {
		return HEAVY.includes(stopped.why) && half >= FAULTY_WINDOW_SECONDS ? { seconds: half, sinceMs: nowMs } : window;
	}
	const hadTooMuch = step !== null && !step.isThrough && stopped === null && fullest.records > WINDOW_RECORDS;
	if (hadTooMuch)
		return { seconds: Math.max(60, Math.floor((fullest.seconds * WINDOW_RECORDS) / fullest.records)), sinceMs: nowMs };
	if (window === null || nowMs - window.sinceMs < HOUR_MS) return window;
	return window.seconds * 2 < LONGEST_WINDOW_SECONDS ? { seconds: window.seconds * 2, sinceMs: nowMs } : null;
}

/** How long a failure keeps the trigger from asking again, in milliseconds. */
export function patienceFor(
	failure: Failure,
	{ nowMs, minMs, zone }: { nowMs: number; minMs: number; zone: string },
): number {
	switch (failure.kind) {
		case 'busy':
			return failure.retryAfterMs ?? 60_000;
		case 'closed':
			return failure.retryAfterMs ?? HOUR_MS / 4;
		case 'transient':
			return failure.retryAfterMs ?? minMs;
		case 'refused':
			return failure.why === 'quotaSpent' ? untilNextDay(nowMs, zone) : HOUR_MS;
		case 'bounded':
			return failure.why === 'quota' ? untilNextDay(nowMs, zone) : 0;
		default:
			return 0;
	}
}

/** Until five past the operation's midnight; in its first hour a quarter of one, since its clock may be behind. */
function untilNextDay(nowMs: number, zone: string): number {
	const second = latestWall(nowMs, zone) % 86_400;
	return second < 3_600 ? HOUR_MS / 4 : (86_400 + 300 - second) * 1_000;
}
