import { type Evidence, agree, shows } from '../reading/crossCheck';
import type { Failure } from '../failures';
import type { FoundCap } from '../planning/capDetector';
import type { Records } from '../reading/packedRecords';
import { type Tally, emptyTally } from './runReport';
import { type WallSeconds, type Window, join, subtract, totalSeconds } from '../time/window';

/** A window proven whole, with its records in order of time; the first `undated` of them have no date to place them by. */
export interface Part {
	readonly window: Window;
	readonly records: Records;
	readonly undated: number;
}

/** Whoever asks for the next part is done with the one before: its memory is used again. */
export function* eachOnce(parts: Iterable<Part>): Generator<Part> {
	for (const part of parts) {
		yield part;
		part.records.release();
	}
}

/**
 * Puts what is settled in order of time. A window is handed over once everything before it is settled and the one behind
 * it too: until then its neighbour's answer may still show that its dates stray over the edge.
 */
export class OrderedParts {
	readonly tally: Tally = emptyTally();
	private waiting: Array<Part & Evidence> = [];
	/** Settled without records: empty, or unproven. */
	private blank: Window[] = [];
	private frontier: WallSeconds;

	constructor(private readonly range: Window) {
		this.frontier = range.from;
	}

	/** Gives false when the window and one of its neighbours do not agree, or it shows rows where nothing should be. */
	whole(part: Part & Evidence, wasDoubted: boolean): boolean {
		this.waiting.push(part);
		this.waiting.sort((a, b) => a.window.from - b.window.from);
		if (wasDoubted) this.tally.falseEmpties++;
		const at = this.waiting.indexOf(part);
		if (this.ahead(this.tally.empty).some((window) => shows(part, window))) return false;
		return this.waiting
			.slice(Math.max(0, at - 1), at + 2)
			.every((one, index, near) => index === 0 || agree(near[index - 1], one));
	}

	/** Gives false when an answer that waits showed rows there. */
	empty(window: Window): boolean {
		this.prove(window);
		this.tally.empty.push(window);
		this.blank = join([...this.blank, window]);
		return !this.waiting.some((part) => shows(part, window));
	}

	unproven(window: Window, failure: Failure): void {
		this.tally.unproven.push({ window, failure });
		this.blank = join([...this.blank, window]);
	}

	/** Records dated in windows that were handed over already are missing there: those seconds are unproven after all. */
	miss(strays: Iterable<WallSeconds>, failure: Failure): void {
		const handedOver = { from: this.range.from, to: this.frontier };
		const seconds = join(
			[...strays].filter((at) => handedOver.from <= at && at < handedOver.to).map((at) => ({ from: at, to: at + 1 })),
		);
		for (const window of subtract(
			seconds,
			this.tally.unproven.map((one) => one.window),
		))
			this.tally.unproven.push({ window, failure });
	}

	/** Windows were cut at a cap that was not known: those handed over are unproven. Gives whether others must be asked again. */
	reachedCap({ capRecords: count, trusted }: FoundCap): boolean {
		const handedOver = trusted.filter(({ to }) => to <= this.frontier);
		for (const window of handedOver)
			this.tally.unproven.push({ window, failure: { kind: 'tooMany', why: 'capReached', count } });
		return handedOver.length < trusted.length;
	}

	/** Forgets what was settled but not handed over, unless it is unproven; gives whatever is not settled then. */
	takeBack(): Window[] {
		const { proven, empty, unproven } = this.tally;
		this.waiting = [];
		for (const settled of [proven, empty]) settled.splice(0, Infinity, ...subtract(settled, this.ahead(settled)));
		this.blank = join([...empty, ...unproven.map(({ window }) => window)]);
		return subtract([this.range], [...this.tally.proven, ...this.tally.unproven.map(({ window }) => window)]);
	}

	/** What lies behind everything that was handed over. */
	private ahead(windows: readonly Window[]): Window[] {
		return subtract(windows, [{ from: this.range.from, to: this.frontier }]);
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
		const { proven, unproven } = this.tally;
		return totalSeconds(
			join([...proven, ...unproven.map(({ window }) => window), ...this.waiting.map(({ window }) => window)]),
		);
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
		this.prove(window);
		return { window, records, undated };
	}

	/** Windows come in order nearly always: what is proven stays a short list, however many they are. */
	private prove(window: Window): void {
		const last = this.tally.proven.at(-1);
		if (last?.to === window.from) this.tally.proven[this.tally.proven.length - 1] = { from: last.from, to: window.to };
		else this.tally.proven.push(window);
	}

	private passBlank(at: WallSeconds): WallSeconds {
		return this.blank.find((window) => window.from <= at && at < window.to)?.to ?? at;
	}
}
