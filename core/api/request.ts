import type { Exchange, HttpRequest, Transport, World } from './ports';
import { apiLimits } from '../limits';
import type { Failure, Transient } from '../failures';
import {
	type Circumstances,
	type Effort,
	STALLED,
	type Spending,
	type Step,
	fits,
	isProgress,
	latestStart,
	mayFollowPace,
	isCrowded,
	nextStep,
	noEffort,
	stillRefused,
	troubleOf,
} from './nextStep';
import { ENDLESS, countEnds, isEndless, mayBeEndless } from './pacing/ends';
import { SOME_HANG, headTimeoutMs, isHanging } from './pacing/heads';
import type { Pace } from './pacing/pace';
import type { Held } from './pacing/pauses';
import { type Answer, readDocument } from './response';
import type { Lane } from './tokenLane';

export type { Spending } from './nextStep';

export const nothingSpent = (): Spending => ({
	requests: 0,
	retries: 0,
	waitedMs: 0,
	answered: false,
	hangs: 0,
	allHangs: 0,
	hangingMs: 0,
	slowestHeadMs: 0,
	largestSize: 0,
	endless: 0,
	fruitless: 0,
	pausedMs: 0,
	longestRetryAfterMs: 0,
	limited: { refused: 0, by: null, perMinute: null },
});

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
	/** How much is asked, beside other questions of the run. */
	readonly size?: number;
	/** How often the same is asked where a fault may be its own; as often as any other unless given. */
	readonly tries?: (fault: Transient) => number;
}

/** Asks one question until it has an answer that a wait or another try cannot change. */
export async function ask<T>(connection: Connection, question: Question<T>): Promise<Answer<T>> {
	const { lane, spending, signal, world, deadlineMs = Infinity } = connection;
	let [effort, looksAround] = [noEffort, false];
	for (;;) {
		if (spending.hangs >= apiLimits.hangsAtMost) return STALLED;
		if (isEndless(spending)) return ENDLESS;
		if (isHanging(spending)) return spending.hangs >= apiLimits.hangsInARow ? STALLED : SOME_HANG;
		const waiting = {
			signal,
			untilMs: latestStart(deadlineMs),
			pausesMs: apiLimits.pausesPerRunMs - spending.pausedMs,
		};
		const step = await lane.withTurn(waiting, async ({ sleptMs, pausedMs }) => {
			spending.waitedMs += sleptMs;
			spending.pausedMs += pausedMs;
			return looksAround ? await lookAround<T>(connection, effort) : await askOnce(connection, question, effort);
		});
		if (step === null) {
			[spending.fruitless, spending.pausedMs] = [apiLimits.fruitlessRetries, apiLimits.pausesPerRunMs];
			return (!signal.aborted && lane.heldBy()) || { kind: 'cancelled' };
		}
		if (step.do === 'giveUp' && step.ofAll) spending.fruitless = apiLimits.fruitlessRetries;
		if (!('effort' in step)) return step.do === 'askSmaller' && mayBeEndless(spending) ? ENDLESS : step.answer;
		if (step.do === 'tryAgain') {
			spending.retries++;
			spending.fruitless++;
			spending.waitedMs += step.delayMs;
			await world.sleep(step.delayMs, signal);
		}
		[effort, looksAround] = [step.effort, step.do === 'lookAround'];
	}
}

/** One request, within a turn on the lane, and what follows it. */
async function askOnce<T>(connection: Connection, question: Question<T>, effort: Effort): Promise<Step<T>> {
	const { lane } = connection;
	const stop = mayNotStart(connection);
	if (stop) return { do: 'giveUp', answer: stop };
	const { answer, startedMs, noHead } = await send(connection, question, effort);
	const step = nextStep(answer, { ...circumstancesOf(connection, question, effort, startedMs), noHead });
	if (step.ofWindow) lane.pace.windowTroubles.add(step.ofWindow);
	// The same passed after all: that trouble says nothing about windows any more.
	if (isProgress(answer) && effort.trouble) lane.pace.windowTroubles.delete(effort.trouble);
	pauseAfter(connection, answer, step);
	return step;
}

const LOOK: Question<unknown> = { path: 'information.php', query: { api: 'token_info' }, read: readDocument };

/** One request in its place, whose answer cannot depend on what was asked: is anything let through? */
async function lookAround<T>(connection: Connection, effort: Effort): Promise<Step<T>> {
	const stop = mayNotStart(connection);
	if (stop) return { do: 'giveUp', answer: stop };
	const { answer, startedMs } = await send(connection, LOOK, effort);
	const step = stillRefused<T>(answer, circumstancesOf(connection, LOOK, effort, startedMs));
	pauseAfter(connection, answer, step);
	return step;
}

const mayNotStart = ({ requestsLeft, deadlineMs = Infinity, world }: Connection): Failure | null =>
	requestsLeft?.() ?? (fits(deadlineMs - world.now(), 0) ? null : { kind: 'bounded', why: 'budget', limit: 0 });

function circumstancesOf(
	{ world, lane, spending, deadlineMs = Infinity }: Connection,
	{ tries }: Pick<Question<unknown>, 'tries'>,
	effort: Effort,
	startedMs: number,
): Circumstances {
	return {
		effort,
		spending,
		startedMs,
		leftMs: deadlineMs - world.now(),
		paceMs: Math.max(0, lane.pace.nextAtMs - world.now()),
		pace: lane.pace,
		tries: (fault) => tries?.(fault) ?? apiLimits.maxTries,
		random: () => world.random(),
	};
}

/** Sends a request and reads its answer; what that shows of the pace is the lane's to keep. */
async function send<T>(
	{ transport, world, lane, spending, signal, deadlineMs = Infinity }: Connection,
	{ path, query, read, timed, size = 0 }: Question<T>,
	effort: Effort,
): Promise<{ readonly answer: Answer<T>; readonly startedMs: number; readonly noHead?: boolean }> {
	const startedMs = world.now();
	const timeoutMs = Math.min(apiLimits.requestTimeoutMs, deadlineMs - startedMs);
	spending.requests++;
	const headMs = Math.min(timeoutMs, headTimeoutMs(spending, size, effort));
	const exchange = await transport({ path, query, timeoutMs, headTimeoutMs: headMs, signal });
	count(spending, exchange, world.now() - startedMs);
	const answer = await read(exchange);
	countEnds(spending, exchange, answer);
	timed?.(world.now() - startedMs);
	if (exchange.status === null && exchange.why === 'timedOut') return { answer, startedMs, noHead: true };
	if (exchange.status === null) return { answer, startedMs };
	if (isProgress(answer)) spending.largestSize = Math.max(spending.largestSize, size);
	const { pace } = lane;
	const wereTwo = answer.kind === 'busy' && lane.takeTurns(startedMs);
	const isRefused = mayFollowPace(answer) && !pace.windowTroubles.has(troubleOf(answer));
	const meantForMs = isHeld(answer) ? answer.retryAfterMs || Infinity : undefined;
	if (!wereTwo && !isCrowded(answer)) pace.note(startedMs, !isRefused, meantForMs);
	if (isProgress(answer)) spending.fruitless = 0;
	if (!isHeld(answer) || (answer.kind === 'transient' && !isRefused)) lane.resume(startedMs);
	countRefusal(spending, isRefused && isHeld(answer) ? answer : null, pace);
	return { answer, startedMs };
}

function pauseAfter<T>({ world, lane, spending }: Connection, answer: Answer<T>, step: Step<unknown>): void {
	if (!isHeld(answer)) return;
	const waitMs = step.do === 'wait' || step.do === 'lookAround' ? step.delayMs : 0;
	const { retryAfterMs = 0 } = answer;
	spending.longestRetryAfterMs = Math.max(spending.longestRetryAfterMs, retryAfterMs);
	lane.pauseUntil(world.now() + Math.max(retryAfterMs, waitMs), answer);
}

const isHeld = <T>(answer: Answer<T>): answer is Held => ['busy', 'closed', 'transient'].includes(answer.kind);

function count(spending: Spending, exchange: Exchange, tookMs: number): void {
	if (exchange.status !== null) {
		spending.answered = true;
		spending.hangs = 0;
		spending.slowestHeadMs = Math.max(spending.slowestHeadMs, tookMs);
	} else if (exchange.why === 'timedOut') {
		spending.hangs++;
		spending.allHangs++;
		spending.hangingMs += tookMs;
	}
}

function countRefusal({ limited }: Spending, by: Held | null, { perMinute }: Pace): void {
	if (by) [limited.by, limited.refused] = [by, limited.refused + 1];
	if (limited.by && perMinute !== null) limited.perMinute = perMinute;
}
