import { withDefaults } from './defaults';
import { digestOf } from './digest';
import type { DataOptions, Moment, OverCap, Range, RawRow, SimulatorOptions } from './options';
import { uniform } from './random';
import { rowAt } from './row';
import { pick } from './selection';
import { Timeline } from './timeline';
import { wallSeconds } from './wallTime';

const { floor, ceil, min, max, round } = Math;

interface Window {
	from: Moment;
	to: Moment;
}

/** A row before it is written: its second and its code in the timeline. */
export interface Ref {
	second: number;
	code: number;
}

/** What a request finds: how many match, and the ones that the cap lets through, in order of time. */
export interface Found {
	matched: number;
	refs: Ref[];
}

const SALT = { moment: 21, late: 22, delay: 23, skew: 24 };

/** The operation without HTTP: what exists, and what a request would find. Times are the wall clock's. */
export class Operation {
	readonly timeline: Timeline;
	private readonly skew: { min: number; max: number };

	constructor(private readonly options: DataOptions) {
		this.timeline = new Timeline(options);
		const { filterSkewSeconds: skew } = options;
		this.skew = typeof skew === 'number' ? { min: skew, max: skew } : skew;
	}

	/** In seconds. */
	now(): number {
		return wallSeconds(this.options.now());
	}

	/** Rows dated in `[from, to)` that exist by now, visible or not. */
	count({ from, to }: Window, campaign?: string): number {
		const [start, end] = [wallSeconds(from), wallSeconds(to)];
		const now = this.now();
		if (end + 1 <= now) return this.settledCount(start, end, this.timeline.campaignIndex(campaign));
		let count = 0;
		this.timeline.scan(start, min(end, now), this.timeline.campaignIndex(campaign), (second, code) => {
			if (this.happened(second, code) <= now) count++;
		});
		return count;
	}

	/** The same rows, in order of time. */
	*rowsOf({ from, to }: Window, campaign?: string): Generator<RawRow> {
		const now = this.now();
		const end = min(wallSeconds(to), now);
		const index = this.timeline.campaignIndex(campaign);
		// In pieces, so that a year is never held at once.
		for (
			let start = max(wallSeconds(from), this.timeline.from);
			start < end && start < this.timeline.to;
			start += 3600
		) {
			const piece: Ref[] = [];
			this.timeline.scan(start, min(start + 3600, end), index, (second, code) => {
				if (this.happened(second, code) <= now) piece.push({ second, code });
			});
			for (const ref of piece) yield this.row(ref);
		}
	}

	truth({ from, to, campaign }: Range): { count: number; digest: string } {
		return digestOf(this.rowsOf({ from, to }, campaign));
	}

	row({ second, code }: Ref): RawRow {
		return rowAt(this.options, this.timeline, second, code);
	}

	/** What the server sees in `[from, to)` of the time that it filters by, and what the cap leaves of it. */
	find({ from, to }: { from: number; to: number }, campaign: string, cap: number, overCap: OverCap): Found {
		const now = this.now();
		const { skew } = this;
		const [first, last] = [from + skew.min, min(to + skew.max, ceil(now) + 1)];
		const index = this.timeline.campaignIndex(campaign);
		const settled = skew.min === 0 && skew.max === 0 && to + 1 + this.options.lateSeconds.max <= now;
		const seen = (second: number, code: number) => settled || this.visible(second, code, from, to, now);
		let matched = 0;
		if (settled) matched = this.settledCount(first, last, index);
		else {
			this.timeline.scan(first, last, index, (second, code) => {
				if (seen(second, code)) matched++;
			});
		}
		const source = { timeline: this.timeline, first, last, seen, settled, seed: this.options.seed };
		return { matched, refs: pick(source, index, matched, cap, overCap) };
	}

	/** When it happened, with its fraction of a second. */
	private happened(second: number, code: number): number {
		return second + uniform(this.options.seed, second, code, SALT.moment);
	}

	private visible(second: number, code: number, from: number, to: number, now: number): boolean {
		const { seed, lateSeconds } = this.options;
		const skew = this.skew.min + round(uniform(seed, second, code, SALT.skew) * (this.skew.max - this.skew.min));
		if (second - skew < from || second - skew >= to) return false;
		const late = uniform(seed, second, code, SALT.late) < lateSeconds.share;
		const delay = late
			? lateSeconds.min + uniform(seed, second, code, SALT.delay) * (lateSeconds.max - lateSeconds.min)
			: 0;
		return this.happened(second, code) + delay <= now;
	}

	/** Whole hours come from memory. */
	private settledCount(from: number, to: number, campaign: number): number {
		const start = max(from, this.timeline.from);
		const end = min(to, this.timeline.to);
		if (!(start < end)) return 0;
		const firstHour = ceil(start / 3600);
		const lastHour = floor(end / 3600);
		if (firstHour > lastHour) return this.timeline.count(start, end, campaign);
		let count =
			this.timeline.count(start, firstHour * 3600, campaign) + this.timeline.count(lastHour * 3600, end, campaign);
		for (let hour = firstHour; hour < lastHour; hour++) count += this.timeline.hourCount(hour, campaign);
		return count;
	}
}

/** For planning without HTTP. */
export function createOperation(options: Partial<SimulatorOptions> = {}): Operation {
	return new Operation(withDefaults(options));
}
