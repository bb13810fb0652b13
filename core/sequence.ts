import type { Part } from './extract';
import type { Failure } from './outcome';
import { type Tally, emptyTally } from './runReport';
import { type WallSeconds, type Window, join, secondsOf, subtract, totalSeconds } from './window';

/**
 * Puts what is settled in order of time. A window is handed over once everything before it is settled and the one behind
 * it too: until then its neighbour's answer may still show that its dates stray over the edge.
 */
export class Sequence {
	readonly tally: Tally = emptyTally();
	private waiting: Array<Part & { readonly undated: number }> = [];
	/** Settled without records: empty, or unproven. */
	private blank: Window[] = [];
	private frontier: WallSeconds;

	constructor(private readonly range: Window) {
		this.frontier = range.from;
	}

	whole(part: Part, undated: number, wasDoubted: boolean): void {
		this.waiting.push({ ...part, undated });
		this.waiting.sort((a, b) => a.window.from - b.window.from);
		if (wasDoubted) this.tally.falseEmpties++;
	}

	empty(window: Window): void {
		this.tally.proven.push(window);
		this.tally.empty.push(window);
		this.blank = join([...this.blank, window]);
	}

	unproven(window: Window, failure: Failure): void {
		this.tally.unproven.push({ window, failure });
		this.blank = join([...this.blank, window]);
	}

	/** Records dated in windows that were handed over already are missing there: those seconds are unproven after all. */
	miss(strays: Iterable<WallSeconds>, failure: Failure): void {
		const handedOver = { from: this.range.from, to: this.frontier };
		const seconds = join([...strays].filter((at) => handedOver.from <= at && at < handedOver.to).map((at) => ({ from: at, to: at + 1 })));
		for (const window of subtract(seconds, this.tally.unproven.map((one) => one.window))) this.tally.unproven.push({ window, failure });
	}

	/** Windows that wait are open again. */
	takeBack(): Window[] {
		const windows = this.waiting.map(({ window }) => window);
		this.waiting = [];
		return windows;
	}

	/** Windows that can be handed over now. */
	*ready(): Generator<Part> {
		for (;;) {
			const at = this.passBlank(this.frontier);
			const [first, second] = this.waiting;
			if (first?.window.from !== at || second?.window.from !== this.passBlank(first.window.to)) return;
			yield this.handOver();
		}
	}

	/** Everything that still waits, at the end of a run. */
	*rest(): Generator<Part> {
		while (this.waiting.length > 0) yield this.handOver();
	}

	settledSeconds(): number {
		return totalSeconds(this.tally.proven) + totalSeconds(this.tally.unproven.map(({ window }) => window)) + this.waiting.reduce((sum, { window }) => sum + secondsOf(window), 0);
	}

	recordsSettled(): number {
		return this.waiting.reduce((sum, { records }) => sum + records.length, this.tally.records);
	}

	private handOver(): Part {
		const { window, records, undated } = this.waiting.shift()!;
		this.frontier = window.to;
		this.tally.windows++;
		this.tally.records += records.length;
		this.tally.undated += undated;
		this.tally.proven.push(window);
		return { window, records };
	}

	private passBlank(at: WallSeconds): WallSeconds {
		return this.blank.find((window) => window.from <= at && at < window.to)?.to ?? at;
	}
}
