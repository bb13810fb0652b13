import { createHash } from 'crypto';

import type { World } from './ports';
import { apiLimits } from '../limits';
import type { Failure } from '../failures';

/** What pauses a lane. */
export type Held = Extract<Failure, { kind: 'busy' | 'closed' | 'transient' }>;

/**
 * One token's way to the API: one request at a time in the whole process, first come, first served, but that a poll's goes
 * first, at most every second one. The second place opens only while every user of the token allows two.
 */
export interface Lane {
	/**
	 * Waits for a place and lends it for the length of one function, however that ends.
	 * Gives null when the signal came first, or when the lane is held.
	 */
	withTurn<T extends object>(signal: AbortSignal, use: () => Promise<T>): Promise<T | null>;
	/** Nobody starts a request before this moment (milliseconds since 1970; at most a day from now), because of this. */
	pauseUntil(untilMs: number, why: Held): void;
	/** Why nobody may ask for longer than anybody waits, and for how long; null while that is not so. */
	heldBy(): Held | null;
	/** The API refused a second request at once: if two were under way since then, this user agrees to one from now on. */
	takeTurns(sinceMs: number): void;
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
	inFlight: number;
	/** The last place was lent to a user that goes first. */
	lentToFirst: boolean;
	/** When two were last in flight. */
	sharedAtMs: number;
	pausedUntilMs: number;
	pausedBy: Held | null;
}

const lanes = new Map<string, Shared>();

/** How many lanes the process remembers; one that is idle and not paused is forgotten. */
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
		inFlight: 0,
		lentToFirst: false,
		sharedAtMs: -Infinity,
		pausedUntilMs: 0,
		pausedBy: null,
	};
	lanes.set(key, shared);
	const user = Symbol();
	shared.users.set(user, Math.min(parallel, apiLimits.maxParallelRequests));
	const wakeAll = (): void => shared.queue.forEach((ticket) => ticket.wake());
	const heldBy = (): Held | null => {
		const retryAfterMs = shared.pausedUntilMs - world.now();
		return shared.pausedBy && retryAfterMs > apiLimits.busyPatienceMs ? { ...shared.pausedBy, retryAfterMs } : null;
	};

	/** Gives false when the signal came first, or when the lane is held. */
	const enter = async (signal: AbortSignal): Promise<boolean> => {
		const ticket: Ticket = { goesFirst, wake: () => {} };
		shared.queue.push(ticket);
		const isNext = (): boolean => nextOf(shared) === ticket && shared.inFlight < Math.min(...shared.users.values());
		try {
			while (!signal.aborted && !heldBy()) {
				const pauseMs = shared.pausedUntilMs - world.now();
				if (isNext() && pauseMs <= 0) {
					shared.inFlight++;
					shared.lentToFirst = goesFirst;
					return true;
				}
				if (isNext()) await world.sleep(pauseMs, signal);
				else await called(ticket, signal);
			}
			return false;
		} finally {
			shared.queue.splice(shared.queue.indexOf(ticket), 1);
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
		async withTurn(signal, use) {
			if (!(await enter(signal))) return null;
			try {
				return await use();
			} finally {
				leave();
			}
		},
		pauseUntil(untilMs, why) {
			if (untilMs <= shared.pausedUntilMs) return;
			shared.pausedUntilMs = Math.min(untilMs, world.now() + apiLimits.longestPauseMs);
			shared.pausedBy = why;
		},
		heldBy,
		takeTurns(sinceMs) {
			if (shared.inFlight > 1 || shared.sharedAtMs >= sinceMs) shared.users.set(user, 1);
		},
		close() {
			shared.users.delete(user);
			wakeAll();
			forgetIdle(world.now());
		},
	};
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
	for (const [key, { users, inFlight, pausedUntilMs }] of lanes) {
		if (users.size === 0 && inFlight === 0 && pausedUntilMs <= nowMs) lanes.delete(key);
	}
}
