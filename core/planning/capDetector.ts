import { planningLimits } from '../limits';
import { type Window, overlaps, secondsOf } from '../time/window';

interface Suspect {
	readonly window: Window;
	/** Rows that the answer held, and how many of them lay in the window. */
	readonly served: number;
	readonly records: number;
	provenSeconds: number;
	provenRecords: number;
}

/** An answer: its rows, and those of its window. */
interface Heard {
	readonly served: number;
	readonly records: { readonly length: number };
}

/** A cap that was found, and the windows that were trusted although their answers reached it. */
export interface FoundCap {
	readonly capRecords: number;
	readonly trusted: readonly Window[];
}

/**
 * Watches for a cap lower than the documented one, also one that falls in mid-run. A count that looks like such a cap makes
 * its window be read again in parts: as many records in the parts clear it, more of them convict it.
 */
export class CapDetector {
	private largestTrusted = 0;
	private suspects: Suspect[] = [];
	private readonly convictions = new Map<number, number>();
	private readonly cleared = new Set<number>();
	/** Trusted answers, the last ones at the end. */
	private readonly trusted: Array<{ readonly window: Window; readonly served: number }> = [];

	/**
	 * Whether an answer is not trusted as it came, and its window is to be read in parts.
	 * @param capRecords rows at which no answer is trusted
	 */
	doubts(window: Window, { served, records }: Heard, capRecords: number): boolean {
		const { nearCapShare, roundCount } = planningLimits;
		const isNearCap = served >= Math.max(roundCount - 1, nearCapShare * capRecords);
		if (!isRound(served) && !isNearCap && !this.isRepeated(served)) return false;
		this.suspects.push({ window, served, records: records.length, provenSeconds: 0, provenRecords: 0 });
		return true;
	}

	/**
	 * Whether so many rows are not trusted where they cannot be read in parts. They are for now, if a larger answer was; the
	 * count that an answer tells itself may be that of the rows it was cut to. Should theirs be convicted later, their window
	 * is among those that were trusted. So is one with nearly as many rows as the cap, or as many as an answer before: were
	 * they cut, so is a window around it.
	 * @param skewSeconds how far dates stray: past that a second is never asked alone
	 */
	looksCut(served: number, skewSeconds: number): boolean {
		const isWorse = skewSeconds > 0 || this.convictions.has(served) || served >= this.largestTrusted;
		return isWorse && isRound(served);
	}

	/** What was suspected is read anew; what was found stays known. */
	beginAgain(): void {
		this.suspects = [];
	}

	/** Takes in a trusted answer, an empty one too; gives the cap once the same count was found to hide rows twice. */
	trust(window: Window, served: number, records: number): FoundCap | null {
		this.largestTrusted = Math.max(this.largestTrusted, served);
		if (served >= planningLimits.roundCount - 1) this.trusted.push({ window, served });
		let cap: FoundCap | null = null;
		for (const suspect of this.suspects.filter((one) => overlaps(one.window, window))) {
			// Only what was empty is ever longer than the part of a suspect that it proves.
			suspect.provenSeconds += Math.min(suspect.window.to, window.to) - Math.max(suspect.window.from, window.from);
			suspect.provenRecords += records;
			if (suspect.provenSeconds >= secondsOf(suspect.window)) cap = this.judge(suspect) ?? cap;
		}
		return cap;
	}

	/** Whether one of the answers just before had as many rows, and they were not found to be all. */
	private isRepeated(served: number): boolean {
		if (served < planningLimits.roundCount - 1 || this.cleared.has(served)) return false;
		return this.trusted.slice(-planningLimits.repeatsWithin).some((one) => one.served === served);
	}

	private judge(suspect: Suspect): FoundCap | null {
		this.suspects = this.suspects.filter((one) => one !== suspect);
		const { served, records, provenRecords } = suspect;
		if (provenRecords <= records) {
			this.largestTrusted = Math.max(this.largestTrusted, served);
			this.cleared.add(served);
			return null;
		}
		const times = (this.convictions.get(served) ?? 0) + 1;
		this.convictions.set(served, times);
		const trusted = this.trusted.filter((one) => one.served === served).map(({ window }) => window);
		return times + trusted.length >= 2 ? { capRecords: served, trusted } : null;
	}
}

/** A number that somebody would choose for a cap, or one less. */
const isRound = (served: number): boolean =>
	served >= planningLimits.roundCount - 1 && (served + 1) % planningLimits.roundCount <= 1;
