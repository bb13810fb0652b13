import { apiLimits } from '../limits';
import { GAP_MS } from './pacing/courtesy';

/** Uniform in [0, 1). */
type Random = () => number;

/**
 * Full jitter: uniform between 0 and a bound that doubles from 1 to 60 s; never before Retry-After. Null after six tries, or
 * where that is longer than anybody waits.
 */
export function backoffMs(random: Random, retries: number, retryAfterMs = 0): number | null {
	if (retries >= apiLimits.maxTries - 1) return null;
	const boundMs = Math.min(apiLimits.backoffMaxMs, apiLimits.backoffBaseMs * 2 ** retries);
	const delayMs = Math.max(retryAfterMs, Math.round(random() * boundMs));
	return delayMs > apiLimits.busyPatienceMs ? null : delayMs;
}

/** 2–20 s. */
export const busyWaitMs = (random: Random): number =>
	Math.round(apiLimits.busyMinMs + random() * (apiLimits.busyMaxMs - apiLimits.busyMinMs));

/**
 * Milliseconds for which a gap of the others is looked for (OURS: some hundred looks meet one of two others' gaps five times
 * out of six; each may count for the day's quota).
 */
const LOOKS_FOR_GAPS_MS = 5 * 60_000;

/** Where others have the token's turns: 2–4 s, so that their next gap is met; 60–90 s once that was in vain. */
export const crowdedWaitMs = (random: Random, waitedMs: number): number =>
	waitedMs < LOOKS_FOR_GAPS_MS
		? Math.round(apiLimits.busyMinMs + random() * (GAP_MS - apiLimits.busyMinMs))
		: Math.round(apiLimits.backoffMaxMs * (1 + random() / 2));

/** How long a host that hangs is left alone before each further try: half a minute to a minute. */
export const hangWaitMs = (random: Random): number => Math.round((apiLimits.backoffMaxMs * (1 + random())) / 2);
