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

/** An answer: its rows, those of its window, and whether it says itself how many they are. */
interface Heard {
	readonly served: number;
	readonly isTold: boolean;
	readonly records: { readonly length: number };
}

/** Rows at which no answer is trusted, and how far dates stray: past that a second is never asked alone. */
interface Circumstance {
	readonly capRecords: number;
	readonly skewSeconds: number;
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
	 * Whether an answer is not trusted as it came. One that cannot be read in parts is for now, if it told its count or a
	 * larger one was trusted: should its count be convicted later, its window is among those that were trusted.
	 */
	doubts(window: Window, heard: Heard, { capRecords, skewSeconds }: Circumstance, canBeCut: boolean): boolean {
		const { served, isTold, records } = heard;
		if (!this.isSuspicious(served, capRecords)) return false;
		if (!canBeCut) return skewSeconds > 0 || this.convictions.has(served) || !(isTold || served < this.largestTrusted);
		this.suspects.push({ window, served, records: records.length, provenSeconds: 0, provenRecords: 0 });
		return true;
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

	/** Whether so many rows look like a cap: round, nearly the cap, or as many as one before. */
	private isSuspicious(served: number, capRecords: number): boolean {
		const { roundCount, nearCapShare, repeatsWithin } = planningLimits;
		if (served < roundCount - 1) return false;
		const isRound = served % roundCount === 0 || (served + 1) % roundCount === 0;
		const isRepeated = this.trusted.slice(-repeatsWithin).some((one) => one.served === served);
		return isRound || served >= nearCapShare * capRecords || (isRepeated && !this.cleared.has(served));
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
