import { apiLimits } from '../limits';
import type { Failure, TooMany, Transient } from '../failures';
import type { Answer } from './response';
import type { Pace } from './pacing/pace';
import type { Held } from './pacing/pauses';
import { backoffMs, busyWaitMs, crowdedWaitMs, hangWaitMs } from './retryDelays';

/** What a run spends; the run report counts from it. */
export interface Spending {
	requests: number;
	retries: number;
	waitedMs: number;
	/** The host gave an HTTP answer at least once. */
	answered: boolean;
	/** Requests in a row that ran out of time before any head came; all of them, and the milliseconds that they took. */
	hangs: number;
	allHangs: number;
	hangingMs: number;
	/** The longest that a head took, and the largest question that was answered. */
	slowestHeadMs: number;
	largestSize: number;
	/** Bodies in a row without an end. */
	endless: number;
	/** Retries since the last answer that brought the run on. */
	fruitless: number;
	/** Milliseconds that the lane was paused while it waited for its turn. */
	pausedMs: number;
	/** The longest wait that was told by a Retry-After. */
	longestRetryAfterMs: number;
	/** What was refused for the pace, perhaps, by which words, and how many requests a minute were let through then. */
	readonly limited: { refused: number; by: Held | null; perMinute: number | null };
}

/** What one question has cost so far. */
export interface Effort {
	/** Tries again after faults. */
	readonly retries: number;
	/** Milliseconds that it waited for a busy or closed API, or for the pace. */
	readonly busyMs: number;
	/** Times that it was refused by what may be a limit of the pace, and when the last such request went out. */
	readonly refusals: number;
	readonly refusedAtMs: number;
	/** Which trouble that was. */
	readonly trouble: string | null;
	/** Faults of which few are enough to ask otherwise. */
	readonly doubts: number;
	/** Times that it ran out of time about a short window. */
	readonly timeouts: number;
}

export const noEffort: Effort = {
	retries: 0,
	busyMs: 0,
	refusals: 0,
	refusedAtMs: -Infinity,
	trouble: null,
	doubts: 0,
	timeouts: 0,
};

export interface Circumstances {
	readonly effort: Effort;
	/** The run's, this request included. */
	readonly spending: Readonly<Spending>;
	/** When the request went out (milliseconds since 1970). */
	readonly startedMs: number;
	/** Milliseconds until the run's deadline. */
	readonly leftMs: number;
	/** Milliseconds until the pace that was found lets another request through. */
	readonly paceMs: number;
	readonly pace: Pick<Pace, 'passedSince' | 'windowTroubles'>;
	/** The request ran out of its time before a head came. */
	readonly noHead?: boolean;
	/** How often the same is asked where this fault comes. */
	tries(fault: Transient): number;
	/** Uniform in [0, 1). */
	random(): number;
}

/** What follows an answer: it stands as it is, or the same is asked again after a delay, or something smaller. */
export type Step<T> = (
	| { readonly do: 'accept'; readonly answer: Answer<T> }
	/** `ofAll`: nothing else would fare better. */
	| { readonly do: 'giveUp'; readonly answer: Answer<T>; readonly ofAll?: boolean }
	| { readonly do: 'askSmaller'; readonly answer: TooMany }
	/**
	 * `wait` for an API that is busy, or for the pace; `lookAround`: the same, and see whether anything else is answered
	 * before the same is asked again; `tryAgain` what failed.
	 */
	| { readonly do: 'wait' | 'lookAround' | 'tryAgain'; readonly delayMs: number; readonly effort: Effort }
) & {
	/** What was found to follow the question and not the pace. */
	readonly ofWindow?: string;
};

/** What to do after an answer. */
export function nextStep<T>(given: Answer<T>, circumstances: Circumstances): Step<T> {
	const { effort, tries } = circumstances;
	const answer = unheard(given, circumstances.spending);
	if (answer.kind === 'busy' || answer.kind === 'closed') return afterBusy(answer, circumstances);
	if (answer.kind === 'transient')
		return mayFollowPace(answer)
			? afterRefusal(answer, circumstances)
			: afterFault(answer, answer, effort, circumstances);
	if (answer.kind !== 'tooMany') return { do: 'accept', answer };
	// A connection that was never made says nothing of the window; nor, at first, does a short window that runs out of time.
	const { noHead, spending } = circumstances;
	const isDropped = noHead === true && effort.timeouts < 2 && spending.hangs <= HANGS_OF_CONNECTIONS;
	const isShort = tries(STALLED) > 2 && effort.timeouts === 0;
	const isSlow = answer.why === 'tooSlow' && (isDropped || isShort);
	return isSlow
		? afterFault(STALLED, answer, { ...effort, timeouts: effort.timeouts + 1 }, circumstances)
		: { do: 'askSmaller', answer };
}

/** Whether an answer brings a run on: rows, nothing there, or that less must be asked. */
export const isProgress = <T>({ kind }: Answer<T>): boolean =>
	kind === 'whole' || kind === 'empty' || kind === 'tooMany';

/** Requests in a row without a head that connections are to blame for; past it, what is asked may be too much. */
const HANGS_OF_CONNECTIONS = 3;

export const STALLED: Transient = { kind: 'transient', why: 'stalled', said: 'no answer in time' };

/** A request that ran out of time says nothing about its window while the host has not answered once, or hangs whatever it is asked. */
function unheard<T>(answer: Answer<T>, { answered, hangs }: Readonly<Spending>): Answer<T> {
	if (answer.kind !== 'tooMany' || answer.why !== 'tooSlow') return answer;
	if (!answered) return { ...STALLED, why: 'unreachable' };
	return hangs >= apiLimits.hangsInARow ? STALLED : answer;
}

/**
 * Trouble of whatever stands before the API, more often than of what is asked: a busy word, 429, 503, its page, or an
 * answer that asks for time.
 */
export function mayFollowPace<T>(answer: Answer<T>): answer is Held {
	if (answer.kind !== 'transient') return answer.kind === 'busy';
	if (answer.status === 503 || (answer.retryAfterMs ?? 0) > 0) return true;
	return answer.why === 'webPage' && answer.status !== 500 && answer.status !== 504;
}

/** The trouble of an answer, so that another answer can be told to have the same. */
export const troubleOf = (answer: Held): string =>
	answer.kind === 'transient' ? `${answer.why} ${answer.status}` : answer.kind;

/** Others have the token's turns at this moment, however slowly anybody asks. */
export const isCrowded = <T>(answer: Answer<T>): boolean => answer.kind === 'busy' && /simultaneous/i.test(answer.said);

function afterBusy<T>(answer: Extract<Failure, { kind: 'busy' | 'closed' }>, circumstances: Circumstances): Step<T> {
	const { random, effort } = circumstances;
	if (isCrowded(answer)) return afterPause('wait', answer, circumstances, crowdedWaitMs(random, effort.busyMs));
	return afterPause('wait', answer, circumstances, circumstances.paceMs > 0 ? undefined : busyWaitMs(random));
}

/**
 * Trouble that follows the pace is gone with the same question after a pause. Once the same is refused although something
 * else was let through in the meantime, it follows the question.
 */
function afterRefusal<T>(answer: Transient, circumstances: Circumstances): Step<T> {
	const { effort, pace } = circumstances;
	const trouble = troubleOf(answer);
	const isFoundOut = effort.refusals > 0 && pace.passedSince(effort.refusedAtMs);
	if (isFoundOut || pace.windowTroubles.has(trouble)) {
		const tries = (fault: Transient): number => Math.min(2, circumstances.tries(fault));
		const step = afterFault<T>(
			answer,
			answer,
			{ ...effort, trouble, doubts: Math.max(effort.doubts, effort.refusals) },
			{ ...circumstances, tries },
		);
		return isFoundOut ? { ...step, ofWindow: trouble } : step;
	}
	return afterPause(effort.refusals > 0 ? 'lookAround' : 'wait', answer, circumstances);
}

/** What follows the look around: the question itself, once anything is let through. */
export function stillRefused<T>(look: Answer<unknown>, circumstances: Circumstances): Step<T> {
	return mayFollowPace(look)
		? afterPause<T>('lookAround', look, circumstances)
		: { do: 'wait', delayMs: 0, effort: circumstances.effort };
}

/**
 * Asks again after what the pace, or Retry-After, tells to wait: a quarter of an hour in all, an hour where it was told or
 * where others have the token's turns, some minutes where nothing was ever let through.
 */
function afterPause<T>(
	how: 'wait' | 'lookAround',
	answer: Held,
	{ effort, startedMs, leftMs, paceMs, pace, random }: Circumstances,
	leastMs = apiLimits.refusalPauseMs * ((paceMs < apiLimits.refusalPauseMs ? 1 : 0) + random()),
): Step<T> {
	const { retryAfterMs = 0 } = answer;
	const delayMs = retryAfterMs > 0 ? Math.max(paceMs, Math.min(retryAfterMs, apiLimits.lookAgainMs)) : paceMs + leastMs;
	const busyMs = effort.busyMs + delayMs;
	const { pausesPerRunMs, busyPatienceMs, strangerPatienceMs } = apiLimits;
	const isStranger = answer.kind === 'transient' && !pace.passedSince(-Infinity);
	const isTold = retryAfterMs > 0 || isCrowded(answer);
	if (busyMs > (isTold ? pausesPerRunMs : isStranger ? strangerPatienceMs : busyPatienceMs))
		return { do: 'giveUp', answer, ofAll: true };
	if (!fits(leftMs, delayMs)) return { do: 'giveUp', answer };
	const refusals = effort.refusals + 1;
	return {
		do: how,
		delayMs,
		effort: { ...effort, busyMs, refusals, refusedAtMs: startedMs, trouble: troubleOf(answer) },
	};
}

/** @param answer what it comes to where the question is given up */
function afterFault<T>(
	fault: Transient,
	answer: Transient | TooMany,
	effort: Effort,
	circumstances: Circumstances,
): Step<T> {
	const { spending, leftMs, tries, random } = circumstances;
	const hangs = spending.hangs >= apiLimits.hangsInARow;
	const doubts = effort.doubts + (!hangs && tries(fault) < apiLimits.maxTries ? 1 : 0);
	if (!hangs && doubts >= tries(fault))
		return answer.kind === 'tooMany' ? { do: 'askSmaller', answer } : { do: 'giveUp', answer: fault };
	const delayMs = hangs ? hangWaitMs(random) : backoffMs(random, effort.retries, fault.retryAfterMs);
	if (circumstances.noHead && fault.why === 'unreachable' && effort.retries >= 2) return { do: 'giveUp', answer };
	if (delayMs === null || !fits(leftMs, delayMs) || spending.hangs >= apiLimits.hangsAtMost)
		return { do: 'giveUp', answer };
	// What may only be slow leaves half of the retries to what fails.
	if (!hangs && spending.fruitless >= apiLimits.fruitlessRetries / (answer.kind === 'tooMany' ? 2 : 1))
		return { do: 'giveUp', answer };
	return { do: 'tryAgain', delayMs, effort: { ...effort, doubts, retries: effort.retries + (hangs ? 0 : 1) } };
}

/** Less than this is no chance for an answer: 12,000 rows take 4–5 s in production. */
const MIN_REQUEST_MS = 5_000;

/** Whether a request can still follow so much later. */
export const fits = (leftMs: number, delayMs: number): boolean => leftMs - delayMs >= MIN_REQUEST_MS;

/** The latest moment at which a request may start before a deadline. */
export const latestStart = (deadlineMs: number): number => deadlineMs - MIN_REQUEST_MS;
