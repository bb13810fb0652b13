import { apiLimits } from '../../../core/limits';
import { type Window, secondsOf } from '../../../core/time/window';
import type { Strategy } from './strategies';
import type { Traffic } from './traffic';

/** Seconds that a request costs whatever it holds, and rows a second that it serves: about what production shows. */
const OVERHEAD_SECONDS = 0.5;
const ROWS_PER_SECOND = 3_000;

/** What a way of cutting cost, over the least that any could. */
export interface Cost {
	readonly time: number;
	readonly requests: number;
}

interface Busy {
	readonly window: Window;
	readonly untilSeconds: number;
	readonly elapsedSeconds: number;
}

export interface Service {
	/** How many requests at once. */
	readonly takers?: number;
	/** `msg` comes first and tells the true count, so that a saturated body need not be read. */
	readonly tellsCount?: boolean;
}

/** Plays a strategy against the traffic: a saturated answer costs the time of a full one, and nothing of it is used. */
export function simulate(traffic: Traffic, strategy: Strategy, { takers = 1, tellsCount = false }: Service = {}): Cost {
	let [now, requests] = [0, 0];
	const busy: Busy[] = [];
	for (;;) {
		while (busy.length < takers) {
			const window = strategy.next();
			if (!window) break;
			requests++;
			const rows = traffic.count(window);
			const read = rows >= apiLimits.capRecords && tellsCount ? 0 : Math.min(rows, apiLimits.capRecords);
			const elapsedSeconds = OVERHEAD_SECONDS + read / ROWS_PER_SECOND;
			busy.push({ window, untilSeconds: now + elapsedSeconds, elapsedSeconds });
		}
		if (busy.length === 0) break;
		busy.sort((a, b) => b.untilSeconds - a.untilSeconds);
		const { window, untilSeconds, elapsedSeconds } = busy.pop()!;
		now = untilSeconds;
		const rows = traffic.count(window);
		if (rows >= apiLimits.capRecords) strategy.saturated(window);
		else strategy.whole(window, rows, elapsedSeconds);
	}
	const fewest = Math.max(
		Math.ceil(traffic.total / (apiLimits.capRecords - 1)),
		Math.ceil(secondsOf(traffic.range) / apiLimits.maxSpanSeconds),
	);
	return { time: now / (traffic.total / ROWS_PER_SECOND + OVERHEAD_SECONDS * fewest), requests: requests / fewest };
}
