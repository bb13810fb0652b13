/** How long a gap is, in milliseconds: as long as whoever waits pauses at most between two looks at first. */
export const GAP_MS = 4_000;
/** Share of a token's use that is left in gaps (OURS: a run that is alone pays less than one per cent) … */
const SHARE = 0.0095;
/** … and for so long after others were seen (OURS: half of it lets three equal runs wait for twice as long). */
const SHARE_AMONG_OTHERS = 0.1;
const OTHERS_SEEN_FOR_MS = 10 * 60_000;

/**
 * Gaps that a process leaves in its use of a token, so that another process finds a turn: whoever is never refused cannot
 * see that others wait. They are rare while nobody else was seen, and frequent for some minutes after a refusal.
 */
export class Courtesy {
	private owedMs = 0;
	private gapEndMs = 0;
	private othersSeenMs = -Infinity;

	/** A turn was used for so long. */
	used(nowMs: number, tookMs: number): void {
		const isAlone = nowMs - this.othersSeenMs > OTHERS_SEEN_FOR_MS;
		this.owedMs += tookMs * (isAlone ? SHARE : SHARE_AMONG_OTHERS);
		if (this.owedMs < GAP_MS) return;
		this.gapEndMs = nowMs + GAP_MS;
		this.owedMs = 0;
	}

	/** The API said that others use the token. */
	sawOthers(nowMs: number): void {
		this.othersSeenMs = nowMs;
	}

	/** When the gap that is being left is over (milliseconds since 1970). */
	get endMs(): number {
		return this.gapEndMs;
	}
}
