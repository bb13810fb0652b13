import type { IPollFunctions } from 'n8n-workflow';

import type { Failure } from '../../core/failures';
import type { Polled } from '../../core/trigger/poll';
import { formatWall } from '../../core/time/wallClock';
import type { Words } from '../../core/messages';
import { missingOf, nameMissing, nameWindows } from '../shared/output/missing';

/** Less than this is no lag worth a word: a read takes its time. */
const LAGGING_SECONDS = 600;

/** What the trigger tells n8n's log. */
export class Journal {
	private readonly about: { readonly node: string; readonly workflowId: string | undefined };

	constructor(
		private readonly context: IPollFunctions,
		private readonly say: (failure: Failure) => Words,
	) {
		this.about = { node: context.getNode().name, workflowId: context.getWorkflow().id };
	}

	/** How a read went: how far it is behind, what is missing for now or for good, what comes again. */
	read({ tick, before, begins, repeats }: Polled & { kind: 'read' }): void {
		const { fresh, step, stopped, unproven, passed, behindSeconds } = tick;
		if (begins === 'first') this.info(`begins at ${formatWall(before.proven.readTo)} on the operation's clock`);
		if (begins === 'anew')
			this.warn(`Server, campaign or time zone have changed: it begins anew at ${formatWall(before.proven.readTo)}`);
		if (repeats) this.info('nobody knows whether the last batch was run before n8n ended: its records come again');
		if (fresh.length > 0) this.debug(`${fresh.length} new records`);
		if (step && behindSeconds > LAGGING_SECONDS)
			this.info(`${duration(behindSeconds)} behind, read up to ${formatWall(step.readTo)}; the next poll goes on`);
		if (step && stopped) this.debug(`stopped early: ${this.say(stopped).message}`);
		if (step && unproven.length > 0)
			this.warn(
				`Passed over for now, and asked for again with every read for a day: ${nameMissing(missingOf(unproven, this.say))}`,
			);
		if (passed.length > 0)
			this.warn(
				`Given up after a day: the records of ${nameWindows(passed)} could not be had. Get Many may have them later`,
			);
		const repeated = fresh.filter((one) => one.repeated).length;
		if (repeated > 0)
			this.warn(`${repeated} records may have come before: too many come within the overlap to remember each`);
	}

	warn(message: string): void {
		this.context.logger.warn(`Wolkvox AMD Trigger: ${message}`, this.about);
	}

	private info(message: string): void {
		this.context.logger.info(`Wolkvox AMD Trigger: ${message}`, this.about);
	}

	private debug(message: string): void {
		this.context.logger.debug(`Wolkvox AMD Trigger: ${message}`, this.about);
	}
}

function duration(seconds: number): string {
	const hours = Math.floor(seconds / 3_600);
	if (hours >= 48) return `${Math.floor(hours / 24)} days`;
	return hours >= 2 ? `${hours} hours` : `${Math.round(seconds / 60)} minutes`;
}
