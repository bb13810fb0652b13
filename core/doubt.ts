import { type Forecast, expected, ratesOf } from './forecast';
import { PROBE_FROM_SECONDS, PROBE_SECONDS, SURPRISING_ROWS } from './limits';
import { type WallSeconds, type Window, join, secondsOf, tile } from './window';

const DAY = 86_400;
/** Hours at which call centres of every kind are at work, tried in turn while nothing is known. */
const LIKELY_HOURS = [10.5, 16, 12, 19, 8.5];

/**
 * Empty answers that are not believed yet. Each is asked for twice: stretches are joined and asked again once answers
 * with rows come, or at the end. And since an answer that is too large might be refused in the same words as an empty
 * one, a window that is long, or where rows were expected, is also probed: a few minutes of it cannot be too large.
 */
export class Doubt {
	private once: Window[] = [];
	private due: Window[] = [];
	private probes = 0;

	/** A window came empty for the first time. */
	add(window: Window): void {
		this.once.push(window);
	}

	/** What has been empty once is due to be asked again, in as few windows as may be asked. */
	lookAgain(maxSeconds: number): void {
		this.due.push(...join(this.once).flatMap((window) => tile(window, maxSeconds)));
		this.once = [];
	}

	/** The next window to ask again. */
	next(): Window | null {
		return this.due.shift() ?? null;
	}

	get isEmpty(): boolean {
		return this.once.length === 0;
	}

	/** The minutes of an empty window that shall be asked before the window counts as empty once; null where none need be. */
	probeOf(window: Window, forecast: Forecast): Window | null {
		const rates = ratesOf(forecast);
		const wanted = rates === null ? 0 : expected(rates, window);
		const isLong = secondsOf(window) >= (rates === null ? PROBE_FROM_SECONDS : DAY);
		if (secondsOf(window) <= PROBE_SECONDS || (wanted < SURPRISING_ROWS && !isLong)) return null;
		const from = rates !== null && wanted >= 1 ? busiest(window, rates) : this.likely(window);
		return { from, to: from + PROBE_SECONDS };
	}

	/** A working hour of the last working day of the window that holds it; the middle of a shorter one. */
	private likely(window: Window): WallSeconds {
		const hour = LIKELY_HOURS[this.probes++ % LIKELY_HOURS.length];
		const starts = Array.from({ length: 8 }, (_, back) => (Math.floor((window.to - 1) / DAY) - back) * DAY + hour * 3_600);
		const inside = starts.filter((at) => at >= window.from && at + PROBE_SECONDS <= window.to);
		return inside.find((at) => !isWeekend(at)) ?? inside[0] ?? Math.floor((window.from + window.to - PROBE_SECONDS) / 2);
	}
}

/** The stretch of the window's first week where most rows were expected. */
function busiest(window: Window, rates: readonly number[]): WallSeconds {
	const last = Math.min(window.to, window.from + 7 * DAY) - PROBE_SECONDS;
	let [best, most] = [window.from, -1];
	for (let at = window.from; at <= last; at += PROBE_SECONDS) {
		const rows = expected(rates, { from: at, to: at + PROBE_SECONDS });
		if (rows > most) [best, most] = [at, rows];
	}
	return best;
}

/** 1970-01-01 was a Thursday. */
const isWeekend = (at: WallSeconds): boolean => [2, 3].includes(Math.floor(at / DAY) % 7);
