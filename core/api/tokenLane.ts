import { createHash } from 'crypto';

import { apiLimits } from '../limits';
import { Courtesy } from './pacing/courtesy';
import { Pace } from './pacing/pace';
import { type Held, Pauses } from './pacing/pauses';
import type { World } from './ports';

/** Who waits for a place, and for how long. */
interface Waiting {
	readonly signal: AbortSignal;
	/** The latest moment that is of use (milliseconds since 1970). */
	readonly untilMs?: number;
	/** Milliseconds of pauses that are sat out at most. */
	readonly pausesMs?: number;
}

/** What a place cost: milliseconds slept for a pause or for the pace, and milliseconds that the lane was paused. */
interface Waited {
	readonly sleptMs: number;
	readonly pausedMs: number;
}

/**
 * One token's way to the API: one request at a time in the whole process, first come, first served, but that a poll's goes
 * first, at most every second one, and never faster than whatever stands before the API lets through. The second place opens
 * only while every user of the token allows two.
 */
export interface Lane {
	/**
	 * Waits for a place and lends it for the length of one function, however that ends.
	 * Gives null when the signal came first, or when that would be too late.
	 */
	withTurn<T extends object>(waiting: Waiting, use: (waited: Waited) => Promise<T>): Promise<T | null>;
	/** Nobody starts a request before this moment (milliseconds since 1970), or a quarter of an hour from now, because of this. */
	pauseUntil(untilMs: number, why: Held): void;
	/** Why nobody may ask at this moment, and for how long; null while that is not so. */
	heldBy(): Held | null;
	/**
	 * What was asked then was answered, and not refused: a pause that was there already is over. One that began since is
	 * not: the answer is older than its reason.
	 */
	resume(askedMs: number): void;
	/**
	 * The API refused a second request at once: if two were under way since then, this user agrees to one from now on.
	 * Gives whether that was so.
	 */
	takeTurns(sinceMs: number): boolean;
	/** What is let through, for all users of the token together. */
	readonly pace: Pace;
	/** Call once, when no more requests will follow. */
	close(): void;
}

interface Ticket {
	readonly goesFirst: boolean;
	/** Called when it may look again. */
	wake(): void;
}

interface Shared {
	/** What each user allows. */
	readonly users: Map<symbol, number>;
	/** Who waits, in order of coming. */
	readonly queue: Ticket[];
	readonly pauses: Pauses;
	readonly pace: Pace;
	readonly courtesy: Courtesy;
	inFlight: number;
	/** The last place was lent to a user that goes first. */
	lentToFirst: boolean;
	/** When two were last in flight. */
	sharedAtMs: number;
}

const lanes = new Map<string, Shared>();

/** How many lanes the process remembers; one that is idle, not paused and not limited is forgotten. */
export const lanesInUse = (): number => lanes.size;

interface LaneUser {
	/** How many requests at once this user agrees to. */
	readonly parallel: number;
	/** A poll, whose time is short: its request goes before the next one of whoever does not. */
	readonly goesFirst?: boolean;
}

/** Joins the lane of a host and token. */
export function openLane(world: World, host: string, token: string, { parallel, goesFirst = false }: LaneUser): Lane {
	forgetIdle(world.now());
	const key = createHash('sha256')
		.update(JSON.stringify([host, token]))
		.digest('hex');
	const shared: Shared = lanes.get(key) ?? {
		users: new Map(),
		queue: [],
		pauses: new Pauses(),
		pace: new Pace(),
		courtesy: new Courtesy(),
		inFlight: 0,
		lentToFirst: false,
		sharedAtMs: -Infinity,
	};
	lanes.set(key, shared);
	const { pauses, pace, courtesy, queue, users } = shared;
	const user = Symbol();
	users.set(user, Math.min(parallel, apiLimits.maxParallelRequests));
	const wakeAll = (): void => queue.forEach((ticket) => ticket.wake());
	const readyMs = (): number => Math.max(pauses.endMs, pace.nextAtMs, goesFirst ? 0 : courtesy.endMs);

	const enter = async ({ signal, untilMs = Infinity, pausesMs = Infinity }: Waiting): Promise<Waited | null> => {
		const ticket: Ticket = { goesFirst, wake: () => {} };
		queue.push(ticket);
		const pausedBeforeMs = pauses.totalMs(world.now());
		let sleptMs = 0;
		try {
			while (!signal.aborted) {
				const nowMs = world.now();
				const pausedMs = pauses.totalMs(nowMs) - pausedBeforeMs;
				const isHeldTooLong = pauses.endMs > nowMs && pausedMs + pauses.endMs - nowMs > pausesMs;
				if (readyMs() > untilMs || isHeldTooLong) return null;
				const isNext = nextOf(shared) === ticket && shared.inFlight < placesOf(shared);
				if (isNext && readyMs() <= nowMs) {
					shared.inFlight++;
					shared.lentToFirst = goesFirst;
					return { sleptMs, pausedMs };
				}
				if (isNext) {
					await world.sleep(readyMs() - nowMs, signal);
					sleptMs += world.now() - nowMs;
				} else {
					await called(ticket, signal);
				}
			}
			return null;
		} finally {
			queue.splice(queue.indexOf(ticket), 1);
			wakeAll();
		}
	};

	const leave = (): void => {
		if (shared.inFlight > 1) shared.sharedAtMs = world.now();
		shared.inFlight--;
		wakeAll();
		forgetIdle(world.now());
	};

	return {
		async withTurn(waiting, use) {
			const waited = await enter(waiting);
			if (waited === null) return null;
			const startedMs = world.now();
			try {
				return await use(waited);
			} finally {
				courtesy.used(world.now(), world.now() - startedMs);
				leave();
			}
		},
		pauseUntil: (untilMs, why) => pauses.begin(world.now(), untilMs, why),
		heldBy() {
			const retryAfterMs = readyMs() - world.now();
			return pauses.by && retryAfterMs > 0 ? { ...pauses.by, retryAfterMs } : null;
		},
		resume: (askedMs) => pauses.end(world.now(), askedMs),
		takeTurns(sinceMs) {
			const wereTwo = shared.inFlight > 1 || shared.sharedAtMs >= sinceMs;
			if (!wereTwo) courtesy.sawOthers(world.now());
			if (wereTwo) users.set(user, 1);
			return wereTwo;
		},
		pace,
		close() {
			users.delete(user);
			wakeAll();
			forgetIdle(world.now());
		},
	};
}

/** Requests that may be under way at once: one where anybody wants it so, where a pause may still be meant, or the pace is limited. */
function placesOf({ users, pauses, pace }: Shared): number {
	return pauses.by !== null || pace.perMinute !== null ? 1 : Math.min(...users.values());
}

/** Who is served next: whoever goes first, but not twice in a row while somebody else waits. */
function nextOf({ queue, lentToFirst }: Shared): Ticket | undefined {
	return queue.find(({ goesFirst }) => goesFirst !== lentToFirst) ?? queue[0];
}

/** Resolves when the ticket is called, or soon after the signal. */
async function called(ticket: Ticket, signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => {
		ticket.wake = resolve;
		signal.addEventListener('abort', ticket.wake, { once: true });
	});
	signal.removeEventListener('abort', ticket.wake);
}

function forgetIdle(nowMs: number): void {
	for (const [key, { users, inFlight, pauses, pace }] of lanes) {
		if (users.size === 0 && inFlight === 0 && pauses.endMs <= nowMs && pace.isFree(nowMs)) lanes.delete(key);
	}
}
