import { apiLimits } from '../limits';
import type { Failure, TooMany, Transient } from '../failures';
import type { Answer } from './response';
import { backoffMs, busyWaitMs, hangWaitMs } from './retryDelays';

/** What a run spends; the run report counts from it. */
export interface Spending {
	requests: number;
	retries: number;
	waitedMs: number;
	/** The host gave an HTTP answer at least once. */
	answered: boolean;
	/** Requests in a row that ran out of time before any head came. */
	hangs: number;
	/** Retries since the last answer that brought the run on. */
	fruitless: number;
}

/** What one question has cost so far. */
export interface Effort {
	/** Tries again after faults. */
	readonly retries: number;
	/** Milliseconds that it waited for a busy or closed API. */
	readonly busyMs: number;
	/** Faults of which few are enough to ask otherwise. */
	readonly doubts: number;
	/** Times that it ran out of time about a short window. */
	readonly timeouts: number;
}

export const noEffort: Effort = { retries: 0, busyMs: 0, doubts: 0, timeouts: 0 };

interface Circumstances {
	readonly effort: Effort;
	/** The run's, this request included. */
	readonly spending: Readonly<Spending>;
	/** Milliseconds until the run's deadline. */
	readonly leftMs: number;
	/** How often the same is asked where this fault comes. */
	tries(fault: Transient): number;
	/** Uniform in [0, 1). */
	random(): number;
}

/** What follows an answer: it stands as it is, or the same is asked again after a delay, or something smaller. */
export type Step<T> =
	| { readonly do: 'accept' | 'giveUp'; readonly answer: Answer<T> }
	| { readonly do: 'askSmaller'; readonly answer: TooMany }
	/** `wait` for an API that is busy; `tryAgain` what failed. */
	| { readonly do: 'wait' | 'tryAgain'; readonly delayMs: number; readonly effort: Effort };

/** What to do after an answer. */
export function nextStep<T>(given: Answer<T>, circumstances: Circumstances): Step<T> {
	const { effort, tries } = circumstances;
	const answer = unheard(given, circumstances.spending);
	if (answer.kind === 'busy' || answer.kind === 'closed') return afterBusy(answer, circumstances);
	if (answer.kind === 'transient') return afterFault(answer, answer, effort, circumstances);
	if (answer.kind !== 'tooMany') return { do: 'accept', answer };
	// The first time that a short window runs out of time, the host is more likely to blame than the window.
	const isSlow = answer.why === 'tooSlow' && tries(STALLED) >= apiLimits.maxTries && effort.timeouts === 0;
	return isSlow ? afterFault(STALLED, answer, { ...effort, timeouts: 1 }, circumstances) : { do: 'askSmaller', answer };
}

/** Whether an answer brings a run on: rows, nothing there, or that less must be asked. */
export const isProgress = <T>({ kind }: Answer<T>): boolean =>
	kind === 'whole' || kind === 'empty' || kind === 'tooMany';

export const STALLED: Transient = { kind: 'transient', why: 'stalled', said: 'no answer in time' };

/** A request that ran out of time says nothing about its window while the host has not answered once, or hangs whatever it is asked. */
function unheard<T>(answer: Answer<T>, { answered, hangs }: Readonly<Spending>): Answer<T> {
	if (answer.kind !== 'tooMany' || answer.why !== 'tooSlow') return answer;
	if (!answered) return { ...STALLED, why: 'unreachable' };
	return hangs >= apiLimits.hangsInARow ? STALLED : answer;
}

function afterBusy<T>(
	answer: Extract<Failure, { kind: 'busy' | 'closed' }>,
	{ effort, leftMs, random }: Circumstances,
): Step<T> {
	const delayMs = busyWaitMs(random, answer.retryAfterMs);
	const busyMs = effort.busyMs + delayMs;
	if (busyMs > apiLimits.busyPatienceMs || !fits(leftMs, delayMs)) return { do: 'giveUp', answer };
	return { do: 'wait', delayMs, effort: { ...effort, busyMs } };
}

/** @param answer what it comes to where the question is given up */
function afterFault<T>(
	fault: Transient,
	answer: Transient | TooMany,
	effort: Effort,
	{ spending, leftMs, tries, random }: Circumstances,
): Step<T> {
	const hangs = spending.hangs >= apiLimits.hangsInARow;
	const doubts = effort.doubts + (!hangs && tries(fault) < apiLimits.maxTries ? 1 : 0);
	if (!hangs && doubts >= tries(fault)) return { do: 'giveUp', answer: fault };
	const delayMs = hangs ? hangWaitMs(random) : backoffMs(random, effort.retries, fault.retryAfterMs);
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
