import { type Forecast, expected, ratesOf } from './forecast';
import { planningLimits } from '../limits';
import { mostTelling } from './telling';
import { type Window, join, overlaps, secondsOf, tile } from '../time/window';

/** A piece of what came empty, asked before that is believed: of one window, or of a stretch of several. */
interface Probe {
	readonly window: Window;
	readonly of: Window;
	readonly isOfStretch: boolean;
}

/** What a probe that was not empty leads to: these are open again, and no window may be as long as what was hidden. */
interface Conviction {
	readonly open: readonly Window[];
	readonly maxSeconds: number;
	/** As it was before it learned that nothing is there. */
	readonly forecast: Forecast;
}

/** A stretch that came empty, its long windows still to be probed. */
interface Stretch {
	readonly windows: readonly Window[];
	readonly tiles: readonly Window[];
	readonly forecast: Forecast;
	/** Its probes without an answer so far. */
	probes: readonly Window[];
}

/**
 * Empty answers that are not believed yet. An empty answer is worth what its window could not hide: an answer that is too
 * large, or spans more than the API can serve, might be refused in the same words.
 *
 * A window no longer than one that came with rows, in which nothing was expected, hides nothing. Where rows were
 * expected, a longer one is cut until its pieces are of such a length, and a piece is probed by an hour. Where nothing
 * was expected, the whole stretch is probed by hours and days at which people are called, and then asked once more.
 */
export class EmptyWindows {
	private once: Window[] = [];
	private due: Window[] = [];
	private probes: Probe[] = [];
	private stretch: Stretch | null = null;
	/** Came empty where rows were expected, and were cut. */
	private cut: Window[] = [];
	private before: Forecast | null = null;
	private answeredSeconds = 0;
	private turn = 0;

	/** A window came empty for the first time. `once`: add it; `cut`: ask its halves; `probing`: a probe comes first. */
	cameEmpty(window: Window, forecast: Forecast): 'once' | 'cut' | 'probing' {
		const rates = ratesOf(forecast);
		const wanted = rates === null ? 0 : expected(rates, window);
		if (secondsOf(window) > planningLimits.shortProbeSeconds && wanted >= planningLimits.surprisingRows) {
			if (secondsOf(window) > this.answeredSeconds) {
				this.cut.push(window);
				return 'cut';
			}
			const seconds = Math.min(planningLimits.probeSeconds, Math.ceil(secondsOf(window) / 4));
			const probe = mostTelling(window, seconds, forecast, this.turn++);
			this.probes.push({ window: probe, of: window, isOfStretch: false });
			return 'probing';
		}
		return 'once';
	}

	/** A window counts as empty once. */
	add(window: Window, forecast: Forecast): void {
		this.before ??= forecast;
		this.once.push(window);
	}

	/** A window came with rows. Gives how long a window may be, where one that came empty is known to have hidden them. */
	cameWithRows(window: Window): number | null {
		this.answeredSeconds = Math.max(this.answeredSeconds, secondsOf(window));
		const hiding = this.cut.filter((one) => overlaps(one, window));
		this.cut = this.cut.filter((one) => one.to > window.to);
		return hiding.length > 0 ? Math.ceil(Math.min(...hiding.map(secondsOf)) / 2) : null;
	}

	/** The next probe to ask. */
	nextProbe(): Probe | null {
		return this.probes.shift() ?? null;
	}

	/** A probe of the stretch came empty: after the last one all of it is due to be asked again. */
	probedInVain(probe: Window): void {
		const { stretch } = this;
		if (!stretch?.probes.includes(probe)) return;
		stretch.probes = stretch.probes.filter((one) => one !== probe);
		if (stretch.probes.length === 0) this.isDue(stretch.tiles);
	}

	/** A probe of the stretch came with rows: what is longer than it was not empty for all that is known. Null where another told so. */
	convict(probe: Window): Conviction | null {
		if (!this.stretch?.probes.includes(probe)) return null;
		const { windows, forecast } = this.stretch;
		const hiding = windows.filter((one) => overlaps(one, probe)).map(secondsOf);
		this.answeredSeconds = Math.max(this.answeredSeconds, secondsOf(probe));
		this.once.push(...windows.filter((one) => this.isShort(one)));
		this.probes = this.probes.filter(({ isOfStretch }) => !isOfStretch);
		this.stretch = null;
		const open = windows.filter((one) => !this.isShort(one));
		return { open, forecast, maxSeconds: Math.ceil(Math.max(...hiding, secondsOf(probe)) / 2) };
	}

	/** What has been empty once is due to be asked again, in as few windows as may be asked; what may hide rows is probed before. */
	lookAgain(maxSeconds: number, forecast: Forecast): void {
		if (this.once.length === 0 || this.stretch !== null) return;
		const windows = this.once;
		const tiles = join(windows).flatMap((window) => tile(window, maxSeconds));
		this.once = [];
		const doubtful = tiles.filter((one) => windows.some((window) => overlaps(window, one) && !this.isShort(window)));
		const probes = this.probesOf(doubtful, forecast);
		this.stretch = { windows, tiles, forecast: this.before ?? forecast, probes: probes.map(({ window }) => window) };
		this.before = null;
		if (probes.length === 0) this.isDue(tiles);
		this.probes.push(...probes);
	}

	/** The next window to ask again. */
	next(): Window | null {
		return this.due.shift() ?? null;
	}

	/** One that was asked again came with more than can be trusted: so are its halves. */
	halve(window: Window, grainSeconds: number): void {
		this.due.push(...tile(window, grainSeconds * Math.ceil(secondsOf(window) / (2 * grainSeconds))));
	}

	get isEmpty(): boolean {
		return this.once.length === 0;
	}

	private isDue(tiles: readonly Window[]): void {
		this.due.push(...tiles);
		this.stretch = null;
	}

	/** No longer than what came with rows, or than what could hold too many. */
	private isShort(window: Window): boolean {
		return secondsOf(window) <= Math.max(this.answeredSeconds, planningLimits.probeFromSeconds);
	}

	/** An hour and a day of each, fewer over years: spread evenly, the last one in any case. */
	private probesOf(tiles: readonly Window[], forecast: Forecast): Probe[] {
		const wanted = tiles.flatMap((of) => {
			const lengths = [planningLimits.probeSeconds, Math.max(planningLimits.longProbeSeconds, this.answeredSeconds)];
			return lengths
				.filter((seconds) => seconds < secondsOf(of))
				.map((seconds) => ({ window: mostTelling(of, seconds, forecast, this.turn++), of, isOfStretch: true }));
		});
		const every = Math.max(1, wanted.length / planningLimits.probesAtMost);
		const count = Math.min(wanted.length, planningLimits.probesAtMost);
		return Array.from({ length: count }, (_, index) => wanted[wanted.length - 1 - Math.floor(index * every)]);
	}
}
