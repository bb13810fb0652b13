import { askUsage } from '../api/information';
import { apiLimits, extractionLimits } from '../limits';
import type { Failure } from '../failures';
import type { Connection, Spending } from '../api/request';

/** How many requests a run may make: what its user allows, what the day's quota leaves, and how many of them again. */
export class RequestBudget {
	private why: 'maxRequests' | 'quota' = 'maxRequests';
	private limit: number;
	private quotaAsked = false;

	/** @param maxRequests 0 sets no limit */
	constructor(
		private readonly spending: Spending,
		maxRequests: number,
	) {
		this.limit = maxRequests || Infinity;
	}

	/** Why no further request may be made; null while one may. */
	exceeded(): Failure | null {
		return this.spending.requests < this.limit ? null : { kind: 'bounded', why: this.why, limit: this.limit };
	}

	/**
	 * Whether no other window would fare better: the host never answered, hangs, or answers nobody.
	 */
	givesUp(): boolean {
		const { answered, hangs, fruitless } = this.spending;
		return !answered || hangs >= apiLimits.hangsAtMost || fruitless >= apiLimits.fruitlessRetries;
	}

	/**
	 * Asks once, in a run that is not a short one, what is left of the day's quota, and leaves some of it to others.
	 * @param coming requests that are sure to follow
	 */
	async askQuota(connection: Connection, coming = 0): Promise<void> {
		if (this.quotaAsked || this.spending.requests + coming < extractionLimits.quotaCheckAt - 2) return;
		this.quotaAsked = true;
		const usage = await askUsage(connection);
		if (usage.kind !== 'whole' || usage.value.available === null) return;
		const limit = this.spending.requests + Math.max(0, usage.value.available - extractionLimits.quotaReserve);
		if (limit < this.limit) [this.why, this.limit] = ['quota', limit];
	}
}
