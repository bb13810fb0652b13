import { type Forecast, expected, hourOfWeek, ratesOf } from './forecast';
import { planningLimits } from '../limits';
import { type WallSeconds, type Window, join, secondsOf, tile } from '../time/window';

const DAY = 86_400;
/** How likely call centres are at work, by hour of the day. */
const LIKELY = [1, 1, 1, 1, 1, 1, 2, 5, 8, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 8, 5, 2, 1, 1].map(
	(tenths) => tenths / 10,
);
/** Hours of the week up to Saturday. */
const FRIDAY_ENDS = 120;
/** Leads from one probe among equals to a distant one. */
const STRIDE = 17;

/** Minutes of an empty window that shall be asked before the window counts as empty once. */
interface Probe {
	readonly window: Window;
	readonly of: Window;
}

/**
 * Empty answers that are not believed yet. Each is asked for twice: stretches are joined and asked again once answers
 * with rows come, or at the end. And since an answer that is too large might be refused in the same words as an empty
 * one, a window that is long, or where rows were expected, is also probed: a few minutes of it cannot be too large.
 */
export class EmptyWindows {
	private once: Window[] = [];
	private due: Window[] = [];
	private probes: Probe[] = [];
	private probed = 0;

	/** A window came empty for the first time. Gives whether that counts already, or a probe must be asked before. */
	cameEmpty(window: Window, forecast: Forecast): boolean {
		const probe = this.probeOf(window, forecast);
		if (probe) this.probes.push({ window: probe, of: window });
		else this.add(window);
		return probe === null;
	}

	/** A window counts as empty once. */
	add(window: Window): void {
		this.once.push(window);
	}

	/** The next probe to ask. */
	nextProbe(): Probe | null {
		return this.probes.shift() ?? null;
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
		const isLong = secondsOf(window) >= (rates === null ? planningLimits.probeFromSeconds : DAY);
		if (secondsOf(window) <= planningLimits.probeSeconds || (wanted < planningLimits.surprisingRows && !isLong))
			return null;
		return this.mostTelling(window, forecast, rates);
	}

	/** The minutes of the window's last week where most rows are to be expected; among equals another one each time. */
	private mostTelling(window: Window, forecast: Forecast, rates: readonly number[] | null): Window {
		const scoreAt = scoring(forecast, rates);
		const tiles = tile(
			{ from: Math.max(window.from, window.to - 7 * DAY), to: window.to },
			planningLimits.probeSeconds,
		);
		const scores = tiles.map(({ from }) => scoreAt(from));
		const most = Math.max(...scores);
		const equals = tiles.filter((_, index) => scores[index] === most);
		return equals[(this.probed++ * STRIDE) % equals.length];
	}
}

/** Rows expected at a moment: by the rates where its hour of the day was ever read, else by when people are called. */
function scoring({ seconds }: Forecast, rates: readonly number[] | null): (at: WallSeconds) => number {
	const isRead = LIKELY.map((_, hour) => seconds.some((spent, at) => spent > 0 && at % 24 === hour));
	const busiest = rates === null ? 1 : Math.max(...rates);
	return (at) => {
		const hour = hourOfWeek(at);
		if (rates !== null && isRead[hour % 24]) return rates[hour];
		return busiest * LIKELY[hour % 24] * (hour < FRIDAY_ENDS ? 1 : 0.5);
	};
}
