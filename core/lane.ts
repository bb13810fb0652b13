import { createHash } from 'crypto';

import type { World } from './exchange';
import { MAX_PARALLEL_REQUESTS } from './limits';

/**
 * One token's way to the API: first come, first served, one request at a time in the whole process. The second place
 * opens only while every user of the token allows two.
 */
export interface Lane {
	/** Waits for a place; gives false when the signal came first. A place must be left. */
	enter(signal: AbortSignal): Promise<boolean>;
	leave(): void;
	/** Nobody starts a request before this moment (milliseconds since 1970). */
	pauseUntil(untilMs: number): void;
	/** Call once, when no more requests will follow. */
	close(): void;
}

interface Shared {
	/** What each user allows. */
	readonly users: Map<symbol, number>;
	/** Who waits, in order of coming; each is called when it may look again. */
	readonly queue: Array<() => void>;
	inFlight: number;
	pausedUntilMs: number;
}

const lanes = new Map<string, Shared>();

/** How many lanes the process remembers; one that is idle and not paused is forgotten. */
export const lanesInUse = (): number => lanes.size;

/** Joins the lane of a host and token. `parallel`: how many requests at once this user agrees to. */
export function openLane(world: World, host: string, token: string, parallel: number): Lane {
	forgetIdle(world.now());
	const key = createHash('sha256').update(JSON.stringify([host, token])).digest('hex');
	const shared: Shared = lanes.get(key) ?? { users: new Map(), queue: [], inFlight: 0, pausedUntilMs: 0 };
	lanes.set(key, shared);
	const user = Symbol();
	shared.users.set(user, Math.min(parallel, MAX_PARALLEL_REQUESTS));
	const wakeAll = (): void => shared.queue.forEach((wake) => wake());

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
				while (!signal.aborted) {
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
			shared.inFlight--;
			wakeAll();
			forgetIdle(world.now());
		},
		pauseUntil(untilMs) {
			shared.pausedUntilMs = Math.max(shared.pausedUntilMs, untilMs);
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
