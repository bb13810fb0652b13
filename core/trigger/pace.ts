import { apiLimits, triggerLimits } from '../limits';
import type { Failure } from '../failures';
import { latestWall } from '../time/wallClock';
import { secondsOf } from '../time/window';
import type { Tick } from './tick';

/** When the next read is due and how it shall ask, learned from the ticks before; kept in the process alone. */
export interface Pace {
	/** Whose pace it is: with another server, token or campaign nothing of it holds. */
	readonly of: string;
	readonly lastReadMs: number | null;
	/** No request before this moment, since a failure said so. */
	readonly notBeforeMs: number;
	/** Longest window to ask for, in seconds. */
	readonly windowSeconds: number | null;
	/** Ticks in a row whose time was used up before anything was read. */
	readonly stalls: number;
	/** Ticks in a row that left records for the next one, and were no less behind than the one before. */
	readonly behind: { readonly ticks: number; readonly seconds: number } | null;
}

export const atEase: Pace = {
	of: '',
	lastReadMs: null,
	notBeforeMs: 0,
	windowSeconds: null,
	stalls: 0,
	behind: null,
};

/**
 * The pace for who is asked now. What another one refused or was slow at is forgotten, and the next read is due at once;
 * so it is where a person asks for it after a failure.
 */
export function paceOf(pace: Pace, { of, nowMs, isAsked }: { of: string; nowMs: number; isAsked: boolean }): Pace {
	const lastReadMs = pace.lastReadMs === null ? null : 0;
	if (pace.of !== of) return { ...atEase, of, lastReadMs };
	return isAsked && pace.notBeforeMs > nowMs ? { ...pace, notBeforeMs: 0, lastReadMs } : pace;
}

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
/** No window is made shorter than this because of faults; they seldom depend on it. */
const FAULTY_WINDOW_SECONDS = 300;
/** Records of a window while catching up: what a tick reads past its share is read in vain. */
const WINDOW_RECORDS = triggerLimits.tickRecords / 2;
const HEAVY = ['cut', 'serverStatus', 'webPage', 'countDiffers'];
const SLOW: string[] = ['tooSlow', 'stalled'];

/** What a tick had, and what its requests took of it, waits for a turn and n8n's own stalls apart. */
interface TimeSpent {
	readonly budgetMs: number;
	readonly usedMs: number;
}

/** What a tick teaches the next one. */
export function paceAfter(pace: Pace, tick: Tick, spent: TimeSpent, nowMs: number): Pace {
	const isStalled = tick.step === null && isOutOfTime(tick.stopped);
	return {
		...pace,
		lastReadMs: nowMs,
		notBeforeMs: 0,
		windowSeconds: windowAfter(pace.windowSeconds, tick, spent),
		stalls: isStalled ? pace.stalls + 1 : 0,
		behind: behindAfter(pace.behind, tick),
	};
}

/** Whether the tick's own time ended it: the budget, or the signal that comes with its end. */
export const isOutOfTime = (failure: Failure | null): boolean =>
	failure?.kind === 'cancelled' || (failure?.kind === 'bounded' && failure.why === 'budget');

/** Whether these polls can never bring all that comes: three in a row did not get nearer to the present. */
export const fallsBehind = ({ behind }: Pace): boolean => behind !== null && behind.ticks >= 3;

function behindAfter(behind: Pace['behind'], { step, stopped, behindSeconds }: Tick): Pace['behind'] {
	if (step?.isThrough) return null;
	if (step === null || (stopped !== null && !isOutOfTime(stopped))) return behind;
	return { ticks: behind && behindSeconds >= behind.seconds ? behind.ticks + 1 : 1, seconds: behindSeconds };
}

function windowAfter(
	window: number | null,
	{ step, stopped, range, fullest }: Tick,
	{ budgetMs, usedMs }: TimeSpent,
): number | null {
	const half = Math.floor(Math.min(window ?? apiLimits.maxSpanSeconds, secondsOf(range)) / 2);
	const ranOut = isOutOfTime(stopped) || (stopped !== null && 'why' in stopped && SLOW.includes(stopped.why));
	// Where the wait for a turn took the time, a shorter window would need no less.
	if (step === null && ranOut) return usedMs >= budgetMs / 2 ? Math.max(1, half) : window;
	if (step === null && stopped?.kind === 'tooMany') return Math.max(1, half);
	if (step === null && stopped?.kind === 'transient')
		return HEAVY.includes(stopped.why) && half >= FAULTY_WINDOW_SECONDS ? half : window;
	const hadTooMuch = step !== null && !step.isThrough && stopped === null && fullest.records > WINDOW_RECORDS;
	if (hadTooMuch) return Math.max(60, Math.floor((fullest.seconds * WINDOW_RECORDS) / fullest.records));
	// One that was read with ease may be twice as long.
	if (window === null || step === null || usedMs > budgetMs / 4) return window;
	return window * 2 < apiLimits.maxSpanSeconds ? window * 2 : null;
}

/** How long a failure keeps the trigger from asking again, in milliseconds. */
export function patienceFor(
	failure: Failure,
	{ nowMs, minMs, zone }: { nowMs: number; minMs: number; zone: string },
): number {
	switch (failure.kind) {
		case 'busy':
			return untilLook(failure.retryAfterMs ?? 60_000);
		case 'closed':
			return untilLook(failure.retryAfterMs ?? HOUR_MS / 4);
		case 'transient':
			return untilLook(failure.retryAfterMs ?? minMs);
		case 'refused':
			return failure.why === 'quotaSpent' ? Math.min(HOUR_MS, untilNextDay(nowMs, zone)) : HOUR_MS;
		case 'bounded':
			return failure.why === 'quota' ? untilNextDay(nowMs, zone) : 0;
		default:
			return 0;
	}
}

/** Whatever was told: after a quarter of an hour a poll looks whether it is still so. */
const untilLook = (waitMs: number): number => Math.min(waitMs, apiLimits.lookAgainMs);

/** Until five past the operation's midnight; in its first hour a quarter of one, since its clock may be behind. */
function untilNextDay(nowMs: number, zone: string): number {
	const second = latestWall(nowMs, zone) % 86_400;
	return second < 3_600 ? HOUR_MS / 4 : (86_400 + 300 - second) * 1_000;
}
