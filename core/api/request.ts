import type { Exchange, HttpRequest, Transport, World } from './ports';
import { apiLimits } from '../limits';
import type { Failure, Transient } from '../failures';
import { type Effort, STALLED, type Spending, type Step, fits, isProgress, nextStep, noEffort } from './nextStep';
import type { Answer } from './response';
import type { Held, Lane } from './tokenLane';

export type { Spending } from './nextStep';

export const nothingSpent = (): Spending => ({
	requests: 0,
	retries: 0,
	waitedMs: 0,
	answered: false,
	hangs: 0,
	fruitless: 0,
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
	/** How often the same is asked where a fault may be its own; as often as any other unless given. */
	readonly tries?: (fault: Transient) => number;
}

/** Asks one question until it has an answer that a wait or another try cannot change. */
export async function ask<T>(connection: Connection, question: Question<T>): Promise<Answer<T>> {
	const { lane, spending, signal, world } = connection;
	let effort = noEffort;
	for (;;) {
		if (spending.hangs >= apiLimits.hangsAtMost) return STALLED;
		const step = await lane.withTurn(signal, async () => await askOnce(connection, question, effort));
		if (step === null) return (!signal.aborted && lane.heldBy()) || { kind: 'cancelled' };
		switch (step.do) {
			case 'wait':
				spending.waitedMs += step.delayMs;
				break;
			case 'tryAgain':
				spending.retries++;
				spending.fruitless++;
				spending.waitedMs += step.delayMs;
				await world.sleep(step.delayMs, signal);
				break;
			default:
				return step.answer;
		}
		effort = step.effort;
	}
}

/** One request, within a turn on the lane; what it shows of the API's mood is the lane's to keep. */
async function askOnce<T>(connection: Connection, question: Question<T>, effort: Effort): Promise<Step<T>> {
	const { world, lane, spending, signal, deadlineMs = Infinity } = connection;
	const stop = connection.requestsLeft?.() ?? outOfTime(deadlineMs - world.now());
	if (stop) return { do: 'giveUp', answer: stop };
	spending.requests++;
	const startedMs = world.now();
	const timeoutMs = Math.min(apiLimits.requestTimeoutMs, deadlineMs - startedMs);
	const exchange = await connection.transport({ path: question.path, query: question.query, timeoutMs, signal });
	count(spending, exchange);
	const answer = await question.read(exchange);
	question.timed?.(world.now() - startedMs);
	const step = nextStep(answer, {
		effort,
		spending,
		leftMs: deadlineMs - world.now(),
		tries: (fault) => question.tries?.(fault) ?? apiLimits.maxTries,
		random: () => world.random(),
	});
	if (isProgress(answer) && exchange.status !== null) spending.fruitless = 0;
	if (answer.kind === 'busy') lane.takeTurns(startedMs);
	if (isHeld(answer)) {
		const waitMs = step.do === 'wait' ? step.delayMs : 0;
		lane.pauseUntil(world.now() + Math.max(answer.retryAfterMs ?? 0, waitMs), answer);
	}
	return step;
}

const isHeld = <T>(answer: Answer<T>): answer is Held => ['busy', 'closed', 'transient'].includes(answer.kind);

function count(spending: Spending, exchange: Exchange): void {
	if (exchange.status !== null) {
		spending.answered = true;
		spending.hangs = 0;
	} else if (exchange.why === 'timedOut') {
		spending.hangs++;
	}
}

const outOfTime = (leftMs: number): Failure | null =>
	fits(leftMs, 0) ? null : { kind: 'bounded', why: 'budget', limit: 0 };
