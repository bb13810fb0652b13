import type { IPollFunctions } from 'n8n-workflow';

import type { Occasion } from '../../core/trigger/poll';

/** What n8n gives a poll that its durable scheduler does not time (PollContext of n8n-core). */
const UNTIMED_MS = 5 * 60_000;

/**
 * What this poll is part of. n8n hands over one context for an activation and all polls that follow; its durable scheduler
 * a new one for each poll, with the time that it has.
 *
 * @param seen contexts that polled before
 */
export function occasionOf(context: IPollFunctions, seen: WeakSet<object>): Occasion {
	if (seen.has(context)) return 'scheduled';
	seen.add(context);
	switch (context.getActivationMode()) {
		case 'init':
		case 'leadershipChange':
			return 'started';
		case 'activate':
		case 'create':
			return 'activated';
		default:
			return isTimed(context) ? 'scheduled' : 'published';
	}
}

const isTimed = (context: IPollFunctions): boolean =>
	typeof context.getPollBudgetMs === 'function' && context.getPollBudgetMs() < UNTIMED_MS;
