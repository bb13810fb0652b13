import type { Exchange, HttpRequest, Transport, World } from './exchange';
import type { Lane } from './lane';
import { BUSY_PATIENCE_MS, REQUEST_TIMEOUT_MS } from './limits';
import type { Failure, Transient } from './outcome';
import { backoff, busyWaits, retriesAllowed, started } from './patience';
import type { Answer } from './response';

/** What a run spends; the run report counts from it. */
export interface Spending {
	requests: number;
	retries: number;
	waitedMs: number;
	/** The host gave an HTTP answer at least once. */
	answered: boolean;
}

export const nothingSpent = (): Spending => ({ requests: 0, retries: 0, waitedMs: 0, answered: false });

/** How a run reaches the API. */
export interface Line {
	readonly transport: Transport;
	readonly world: World;
	readonly lane: Lane;
	readonly spending: Spending;
	readonly signal: AbortSignal;
	/** When every request and wait must have ended (milliseconds since 1970); a run without a budget has none. */
	readonly deadlineMs?: number;
	/** The most requests this run may make; asked before each. */
	requestsLeft?(): Failure | null;
	/** Told before so many requests follow at once; the run finds out whether the day has them. */
	beforeMany?(requests: number): Promise<void>;
}

export interface Question<T> {
	readonly path: HttpRequest['path'];
	readonly query: HttpRequest['query'];
	readonly read: (exchange: Exchange) => Promise<Answer<T>>;
	/** Told how long each request took, without any wait for it. */
	readonly timed?: (elapsedMs: number) => void;
	/** Faults that a smaller window may heal: the second one on this question counts as too many. */
	readonly heavy?: (fault: Transient) => boolean;
}

/**
 * Asks one question until it has an answer that a wait or another try cannot change: takes turns on the lane, pauses it
 * while the API is busy, tries passing faults again within the run's means. Never rejects.
 */
export async function ask<T>(line: Line, question: Question<T>): Promise<Answer<T>> {
	const { world, lane, spending, signal } = line;
	const faultDelays = started(backoff(() => world.random()));
	const busyDelays = started(busyWaits(() => world.random()));
	let heavyFaults = 0;
	for (;;) {
		if (!(await lane.enter(signal))) return { kind: 'cancelled' };
		const stop = line.requestsLeft?.() ?? outOfTime(line);
		if (stop) {
			lane.leave();
			return stop;
		}
		spending.requests++;
		const { path, query } = question;
		const timeoutMs = Math.min(REQUEST_TIMEOUT_MS, (line.deadlineMs ?? Infinity) - world.now());
		const startedMs = world.now();
		const exchange = await line.transport({ path, query, timeoutMs, signal });
		if (exchange.status !== null) spending.answered = true;
		const answer = unheard(spending, await question.read(exchange));
		question.timed?.(world.now() - startedMs);
		const pauseMs = answer.kind === 'busy' || answer.kind === 'closed' ? busyDelays.next(answer.retryAfterMs) : null;
		if (pauseMs && !pauseMs.done) lane.pauseUntil(world.now() + pauseMs.value);
		if (answer.kind === 'transient') lane.pauseUntil(world.now() + Math.min(answer.retryAfterMs ?? 0, BUSY_PATIENCE_MS));
		lane.leave();
		if (pauseMs) {
			if (pauseMs.done || !fits(line, pauseMs.value)) return answer;
			spending.waitedMs += pauseMs.value;
			continue;
		}
		if (answer.kind !== 'transient') return answer;
		if (question.heavy?.(answer) && ++heavyFaults === 2) return { kind: 'tooMany', why: 'heavy' };
		const delay = faultDelays.next(answer.retryAfterMs);
		if (delay.done || !fits(line, delay.value)) return answer;
		if (spending.retries >= retriesAllowed(spending.requests)) return answer;
		spending.retries++;
		spending.waitedMs += delay.value;
		await world.sleep(delay.value, signal);
	}
}

/** A request that ran out of time says nothing about its window while the host has not answered once. */
function unheard<T>({ answered }: Spending, answer: Answer<T>): Answer<T> {
	return !answered && answer.kind === 'tooMany' ? { kind: 'transient', why: 'unreachable', said: 'no answer in time' } : answer;
}

/** Less than this is no chance for an answer: 12,000 rows take 4–5 s in production. */
const MIN_REQUEST_MS = 5_000;

/** Whether a request can still follow so much later. */
const fits = ({ deadlineMs, world }: Line, delayMs: number): boolean =>
	deadlineMs === undefined || deadlineMs - world.now() - delayMs >= MIN_REQUEST_MS;

const outOfTime = (line: Line): Failure | null => (fits(line, 0) ? null : { kind: 'bounded', why: 'budget', limit: 0 });
