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

/**
 * Watches for a cap lower than the documented one. A round count that no trusted answer has passed may be such a cap, so
 * its window is read again in parts: as many records in the parts clear it, more of them convict it.
 */
export class CapDetector {
	private largestTrusted = 0;
	private suspects: Suspect[] = [];
	private readonly convictions = new Map<number, number>();

	/** Whether an answer of so many rows must be read again in parts. */
	isSuspicious(served: number): boolean {
		return served >= this.largestTrusted && served % planningLimits.roundCount === 0 && served > 0;
	}

	suspect(window: Window, served: number, records: number): void {
		this.suspects.push({ window, served, records, provenSeconds: 0, provenRecords: 0 });
	}

	/** Takes in a trusted answer, an empty one too; gives the cap when the same round count was found to hide rows twice. */
	trust(window: Window, served: number, records: number): number | null {
		this.largestTrusted = Math.max(this.largestTrusted, served);
		let cap: number | null = null;
		for (const suspect of this.suspects.filter((one) => overlaps(one.window, window))) {
			// Only what was empty is ever longer than the part of a suspect that it proves.
			suspect.provenSeconds += Math.min(suspect.window.to, window.to) - Math.max(suspect.window.from, window.from);
			suspect.provenRecords += records;
			if (suspect.provenSeconds >= secondsOf(suspect.window)) cap = this.judge(suspect) ?? cap;
		}
		return cap;
	}

	private judge(suspect: Suspect): number | null {
		this.suspects = this.suspects.filter((one) => one !== suspect);
		const { served, records, provenRecords } = suspect;
		if (provenRecords <= records) {
			this.largestTrusted = Math.max(this.largestTrusted, served);
			return null;
		}
		const times = (this.convictions.get(served) ?? 0) + 1;
		this.convictions.set(served, times);
		return times >= 2 ? served : null;
	}
}
