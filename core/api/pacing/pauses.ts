import { apiLimits } from '../../limits';
import type { Failure } from '../../failures';

/** What pauses a lane. */
export type Held = Extract<Failure, { kind: 'busy' | 'closed' | 'transient' }>;

/** How long nobody asks, because of a word of the API or of what stands before it; and for how long that has been so. */
export class Pauses {
	private fromMs = 0;
	private untilMs = 0;
	private begunMs = -Infinity;
	private pastMs = 0;
	private why: Held | null = null;

	/** @param untilMs as told; whatever that is, a request looks in a quarter of an hour whether it is still so */
	begin(nowMs: number, untilMs: number, why: Held): void {
		const lookMs = Math.min(untilMs, nowMs + apiLimits.lookAgainMs);
		this.why = why;
		this.begunMs = nowMs;
		if (lookMs <= this.untilMs) return;
		if (this.untilMs <= nowMs) [this.pastMs, this.fromMs] = [this.totalMs(nowMs), nowMs];
		this.untilMs = lookMs;
	}

	/** Somebody was answered who asked then; whoever had asked before the pause says nothing of it. */
	end(nowMs: number, askedMs: number): void {
		if (askedMs <= this.begunMs) return;
		this.untilMs = Math.min(this.untilMs, nowMs);
		this.why = null;
	}

	/** What the last one was for; null once somebody was answered. Until then one request at a time looks. */
	get by(): Held | null {
		return this.why;
	}

	get endMs(): number {
		return this.untilMs;
	}

	/** Milliseconds of pauses so far. */
	totalMs(nowMs: number): number {
		return this.pastMs + Math.max(0, Math.min(nowMs, this.untilMs) - this.fromMs);
	}
}
