import { askUsage } from '../api/information';
import { apiLimits, extractionLimits } from '../limits';
import type { Failure } from '../failures';
import { isEndless } from '../api/pacing/ends';
import { isHanging } from '../api/pacing/heads';
import type { Connection, Spending } from '../api/request';
import type { ExecutionBudget } from './executionBudget';

/**
 * How many requests a run may make: what its user allows, what the day's quota leaves, and how many of them again. Runs of one
 * execution count together.
 */
export class RequestBudget {
	private readonly execution: Pick<ExecutionBudget, 'requests' | 'quotaAsked' | 'quotaLimit'>;
	private readonly maxRequests: number;

	/** @param maxRequests 0 sets no limit */
	constructor(
		private readonly spending: Spending,
		maxRequests: number,
		execution?: ExecutionBudget,
	) {
		this.maxRequests = maxRequests || Infinity;
		this.execution = execution ?? {
			get requests() {
				return spending.requests;
			},
			quotaAsked: false,
			quotaLimit: Infinity,
		};
	}

	/** Why no further request may be made; null while one may. */
	exceeded(): Failure | null {
		const { requests, quotaLimit } = this.execution;
		const limit = Math.min(this.maxRequests, quotaLimit);
		if (requests < limit) return null;
		return { kind: 'bounded', why: quotaLimit < this.maxRequests ? 'quota' : 'maxRequests', limit };
	}

	/**
	 * Whether no other window would fare better: the host never answered, hangs, sends bodies without an end, or answers nobody.
	 */
	givesUp(): boolean {
		const { answered, hangs, fruitless } = this.spending;
		if (!answered || isHanging(this.spending) || isEndless(this.spending)) return true;
		return hangs >= apiLimits.hangsAtMost || fruitless >= apiLimits.fruitlessRetries;
	}

	/**
	 * Asks once, in an execution that is not a short one, what is left of the day's quota, and leaves some of it to others.
	 * @param coming requests that are sure to follow
	 */
	async askQuota(connection: Connection, coming = 0): Promise<void> {
		const { execution } = this;
		if (execution.quotaAsked || execution.requests + coming < extractionLimits.quotaCheckAt - 2) return;
		execution.quotaAsked = true;
		const usage = await askUsage(connection);
		if (usage.kind !== 'whole' || usage.value.available === null) return;
		execution.quotaLimit = execution.requests + Math.max(0, usage.value.available - extractionLimits.quotaReserve);
	}
}
