import { createHash } from 'crypto';

import type { World } from './ports';
import { apiLimits } from '../limits';
import type { Failure } from '../failures';

/** What pauses a lane. */
export type Held = Extract<Failure, { kind: 'busy' | 'closed' | 'transient' }>;

/**
 * One token's way to the API: first come, first served, one request at a time in the whole process. The second place
 * opens only while every user of the token allows two.
 */
export interface Lane {
	/** Waits for a place; gives false when the signal came first, or when the lane is held. A place must be left. */
	enter(signal: AbortSignal): Promise<boolean>;
	leave(): void;
	/** Nobody starts a request before this moment (milliseconds since 1970; at most a day from now), because of this. */
	pauseUntil(untilMs: number, why: Held): void;
	/** Why nobody may ask for longer than anybody waits, and for how long; null while that is not so. */
	heldBy(): Held | null;
	/** The API refused a second request at once: if two were under way since then, this user agrees to one from now on. */
	takeTurns(sinceMs: number): void;
	/** Call once, when no more requests will follow. */
	close(): void;
}

interface Shared {
	/** What each user allows. */
	readonly users: Map<symbol, number>;
	/** Who waits, in order of coming; each is called when it may look again. */
	readonly queue: Array<() => void>;
	inFlight: number;
	/** When two were last in flight. */
	sharedAtMs: number;
	pausedUntilMs: number;
	pausedBy: Held | null;
}

const lanes = new Map<string, Shared>();

/** How many lanes the process remembers; one that is idle and not paused is forgotten. */
export const lanesInUse = (): number => lanes.size;

/** Joins the lane of a host and token. `parallel`: how many requests at once this user agrees to. */
export function openLane(world: World, host: string, token: string, parallel: number): Lane {
	forgetIdle(world.now());
	const key = createHash('sha256')
		.update(JSON.stringify([host, token]))
		.digest('hex');
	const shared: Shared = lanes.get(key) ?? {
		users: new Map(),
		queue: [],
		inFlight: 0,
		sharedAtMs: -Infinity,
		pausedUntilMs: 0,
		pausedBy: null,
	};
	lanes.set(key, shared);
	const user = Symbol();
	shared.users.set(user, Math.min(parallel, apiLimits.maxParallelRequests));
	const wakeAll = (): void => shared.queue.forEach((wake) => wake());
	const heldBy = (): Held | null => {
		const retryAfterMs = shared.pausedUntilMs - world.now();
		return shared.pausedBy && retryAfterMs > apiLimits.busyPatienceMs ? { ...shared.pausedBy, retryAfterMs } : null;
	};

	return {
		async enter(signal) {
			let wake = (): void => {};
			const ticket = (): void => wake();
			shared.queue.push(ticket);
			const isNext = (): boolean => shared.queue[0] === ticket && shared.inFlight < Math.min(...shared.users.values());
			const called = (): Promise<void> =>
				new Promise((resolve) => {
					wake = resolve;
					signal.addEventListener('abort', wake, { once: true });
				});
			try {
				while (!signal.aborted && !heldBy()) {
					const pauseMs = shared.pausedUntilMs - world.now();
					if (isNext() && pauseMs <= 0) {
						shared.inFlight++;
						return true;
					}
					if (isNext()) {
						await world.sleep(pauseMs, signal);
					} else {
						await called();
						signal.removeEventListener('abort', wake);
					}
				}
				return false;
			} finally {
				shared.queue.splice(shared.queue.indexOf(ticket), 1);
				wakeAll();
			}
		},
		leave() {
			if (shared.inFlight > 1) shared.sharedAtMs = world.now();
			shared.inFlight--;
			wakeAll();
			forgetIdle(world.now());
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

function forgetIdle(nowMs: number): void {
	for (const [key, { users, inFlight, pausedUntilMs }] of lanes) {
		if (users.size === 0 && inFlight === 0 && pausedUntilMs <= nowMs) lanes.delete(key);
	}
}
