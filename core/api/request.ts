import type { Exchange, HttpRequest, Transport, World } from './ports';
import type { Held, Lane } from './tokenLane';
import { apiLimits } from '../limits';
import type { Failure, Transient } from '../failures';
import { backoff, busyWaits, hangWaitMs, retriesAllowed, started } from './retryDelays';
import type { Answer } from './response';

/** What a run spends; the run report counts from it. */
export interface Spending {
	requests: number;
	retries: number;
	waitedMs: number;
	/** The host gave an HTTP answer at least once. */
	answered: boolean;
	/** Requests in a row that ran out of time before any head came. */
	hangs: number;
}

export const nothingSpent = (): Spending => ({ requests: 0, retries: 0, waitedMs: 0, answered: false, hangs: 0 });

/** How a run reaches the API. */
export interface Connection {
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
export async function ask<T>(connection: Connection, question: Question<T>): Promise<Answer<T>> {
	const { world, lane, spending, signal } = connection;
	const faultDelays = started(backoff(() => world.random()));
	const busyDelays = started(busyWaits(() => world.random()));
	let heavyFaults = 0;
	let timeouts = 0;
	for (;;) {
		if (spending.hangs >= apiLimits.hangsAtMost) return STALLED;
		if (!(await lane.enter(signal))) return (!signal.aborted && lane.heldBy()) || { kind: 'cancelled' };
		const stop = connection.requestsLeft?.() ?? outOfTime(connection);
		if (stop) {
			lane.leave();
			return stop;
		}
		spending.requests++;
		const { path, query } = question;
		const timeoutMs = Math.min(apiLimits.requestTimeoutMs, (connection.deadlineMs ?? Infinity) - world.now());
		const startedMs = world.now();
		const exchange = await connection.transport({ path, query, timeoutMs, signal });
		count(spending, exchange);
		const answer = unheard(spending, await question.read(exchange));
		question.timed?.(world.now() - startedMs);
		const pause = answer.kind === 'busy' || answer.kind === 'closed' ? busyDelays.next(answer.retryAfterMs) : null;
		if (answer.kind === 'busy') lane.takeTurns(startedMs);
		if (isHeld(answer)) lane.pauseUntil(world.now() + Math.max(answer.retryAfterMs ?? 0, pause?.value ?? 0), answer);
		lane.leave();
		if (pause) {
			if (pause.done || !fits(connection, pause.value)) return answer;
			spending.waitedMs += pause.value;
			continue;
		}
		// The first time that a short window runs out of time, the host is more likely to blame than the window.
		const isSlow =
			answer.kind === 'tooMany' && answer.why === 'tooSlow' && !question.heavy?.(STALLED) && ++timeouts === 1;
		const fault = isSlow ? STALLED : answer;
		if (fault.kind !== 'transient') return answer;
		const hangs = spending.hangs >= apiLimits.hangsInARow;
		if (!hangs && question.heavy?.(fault) && ++heavyFaults === 2) return { kind: 'tooMany', why: 'heavy' };
		const delay = hangs ? hangWaitMs(() => world.random()) : faultDelays.next(fault.retryAfterMs).value;
		if (delay === undefined || !fits(connection, delay)) return answer;
		// What may only be slow leaves half of the retries to what fails.
		if (spending.retries >= retriesAllowed(spending.requests) / (isSlow ? 2 : 1)) return answer;
		spending.retries++;
		spending.waitedMs += delay;
		await world.sleep(delay, signal);
	}
}

const isHeld = <T>(answer: Answer<T>): answer is Held => ['busy', 'closed', 'transient'].includes(answer.kind);

const STALLED: Transient = { kind: 'transient', why: 'stalled', said: 'no answer in time' };

function count(spending: Spending, exchange: Exchange): void {
	if (exchange.status !== null) {
		spending.answered = true;
		spending.hangs = 0;
	} else if (exchange.why === 'timedOut') {
		spending.hangs++;
	}
}

/** A request that ran out of time says nothing about its window while the host has not answered once, or hangs whatever it is asked. */
function unheard<T>({ answered, hangs }: Spending, answer: Answer<T>): Answer<T> {
	if (answer.kind !== 'tooMany' || answer.why !== 'tooSlow') return answer;
	if (!answered) return { ...STALLED, why: 'unreachable' };
	return hangs >= apiLimits.hangsInARow ? STALLED : answer;
}

/** Less than this is no chance for an answer: 12,000 rows take 4–5 s in production. */
const MIN_REQUEST_MS = 5_000;

/** Whether a request can still follow so much later. */
const fits = ({ deadlineMs, world }: Connection, delayMs: number): boolean =>
	deadlineMs === undefined || deadlineMs - world.now() - delayMs >= MIN_REQUEST_MS;

const outOfTime = (connection: Connection): Failure | null =>
	fits(connection, 0) ? null : { kind: 'bounded', why: 'budget', limit: 0 };
