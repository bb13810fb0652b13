import type { Spending } from '../api/request';
import { nothingSpent } from '../api/request';

/**
 * What all runs of one execution spend on one token together: its items, and its nodes in this process. Requests count
 * against one limit, the day's quota is asked for once, and the patience that one item has used up is not there for the next.
 */
export class ExecutionBudget {
	private readonly open = new Set<Spending>();
	private settled = 0;
	private last = nothingSpent();
	quotaAsked = false;
	/** Requests of the execution after which the day's quota would be left with its reserve alone. */
	quotaLimit = Infinity;

	/** The spending of one more run. */
	begin(): Spending {
		const { answered, hangs, fruitless, pausedMs } = this.last;
		const spending = { ...nothingSpent(), answered, hangs, fruitless, pausedMs };
		this.open.add(spending);
		return spending;
	}

	/** A run is over; nothing more is spent on it. */
	end(spending: Spending): void {
		if (!this.open.delete(spending)) return;
		this.settled += spending.requests;
		this.last = spending;
	}

	get requests(): number {
		let sum = this.settled;
		for (const { requests } of this.open) sum += requests;
		return sum;
	}
}
