import { apiLimits } from '../limits';

/** Delays as data: `next(retryAfterMs)` gives the next one, or ends when patience does. Reading them waits for nothing. */
type Delays = Generator<number, void, number | undefined>;

/** Full jitter: each delay uniform between 0 and a bound that doubles from 1 to 60 s; never before Retry-After. Six tries. */
export function* backoff(random: () => number): Delays {
	let notBeforeMs = (yield 0) ?? 0;
	for (let retry = 0; retry < apiLimits.maxTries - 1; retry++) {
		const boundMs = Math.min(apiLimits.backoffMaxMs, apiLimits.backoffBaseMs * 2 ** retry);
		const delayMs = Math.max(notBeforeMs, Math.round(random() * boundMs));
		if (delayMs > apiLimits.busyPatienceMs) return;
		notBeforeMs = (yield delayMs) ?? 0;
	}
}

/**
 * Waits of 2–20 s, or what Retry-After says to the letter, for 15 minutes in all. A Retry-After of 0 says no
 * time: time must pass, or patience never ends.
 */
export function* busyWaits(random: () => number, patienceMs = apiLimits.busyPatienceMs): Delays {
	let waitedMs = 0;
	let retryAfterMs = yield 0;
	for (;;) {
		const delayMs =
			retryAfterMs || Math.round(apiLimits.busyMinMs + random() * (apiLimits.busyMaxMs - apiLimits.busyMinMs));
		if (waitedMs + delayMs > patienceMs) return;
		waitedMs += delayMs;
		retryAfterMs = yield delayMs;
	}
}

/** How long a host that hangs is left alone before each further try: half a minute to a minute. */
export const hangWaitMs = (random: () => number): number => Math.round((apiLimits.backoffMaxMs * (1 + random())) / 2);

/** Starts a generator of delays: the first `yield` only hands in the first Retry-After. */
export function started(delays: Delays): Delays {
	delays.next();
	return delays;
}

/** Retries that a run of so many requests may have spent. */
export const retriesAllowed = (requests: number): number =>
	Math.floor(requests * apiLimits.retryShare) + apiLimits.retryFloor;
