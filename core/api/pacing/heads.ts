import { apiLimits } from '../../limits';
import type { Transient } from '../../failures';
import type { Effort, Spending } from '../nextStep';

/**
 * How long a head may take: by what this host needed so far and how much more is asked than was answered, longer after each
 * try in vain; where nothing was ever answered, so that it is told within two minutes.
 */
export function headTimeoutMs(
	{ answered, slowestHeadMs, largestSize }: Readonly<Spending>,
	size: number,
	effort: Effort,
): number {
	const { firstHeadMs, nextHeadMs, leastHeadMs, requestTimeoutMs } = apiLimits;
	if (!answered) return effort.retries === 0 ? firstHeadMs : nextHeadMs;
	const needed = slowestHeadMs * Math.max(1, size / Math.max(1, largestSize));
	return Math.min(requestTimeoutMs, Math.max(leastHeadMs, 4 * needed) * 2 ** effort.timeouts);
}

/** Whether so many requests get no head that the run is not worth its time, though others are answered. */
export const isHanging = ({ requests, allHangs, hangingMs }: Readonly<Spending>): boolean =>
	hangingMs >= apiLimits.hangingMs && allHangs > apiLimits.hangingShare * requests;

export const SOME_HANG: Transient = { kind: 'transient', why: 'someHang', said: '' };
