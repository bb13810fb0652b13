import type { IPollFunctions } from 'n8n-workflow';

import type { Failure } from '../../core/failures';
import { type AmdRecord, detectionOf } from '../../core/api/record';
import type { Polled } from '../../core/trigger/poll';
import { formatWall } from '../../core/time/wallClock';
import type { Words } from '../../core/messages';
import { missingOf, nameMissing, nameWindows } from '../shared/output/missing';
import { noticeWords } from '../shared/output/runSummary';

/** Odd words of `result` that are told at most. */
const MAX_WORDS = 20;
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
	read({ tick, before, begins, repeats, isRescoped }: Polled & { kind: 'read' }): void {
		const { fresh, step, stopped, unproven, passed, behindSeconds } = tick;
		const at = `${formatWall(before.proven.readTo)} on the operation's clock`;
		if (begins === 'first') this.info(`begins at ${at}`);
		if (begins === 'moved') this.info(`begins at ${at}, as Start From says`);
		if (begins === 'lost')
			this.warn(
				`Its saved state is gone, so it begins one overlap before now, at ${at}: some records come again, ` +
					'older ones only with Start From. Nothing beside this trigger may write static data in its workflow',
			);
		if (begins === 'restored')
			this.warn(`Its saved state is gone; it goes on at ${at} from what this n8n remembers, and may repeat a batch`);
		if (isRescoped)
			this.info('the campaign was changed: records dated before the last poll are still those of the old one');
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
			this.warn(`${repeated} records may have come before: too many lie within the overlap to remember each`);
	}

	/** Results by other words than known ones, each told once: a filter by result does not pass them. A blank may settle yet. */
	oddWords(records: Iterable<AmdRecord>, told: Set<string>): void {
		const odd = new Set<string>();
		for (const record of records)
			if (detectionOf(record) === 'other' && record.result.trim() !== '' && !told.has(record.result))
				odd.add(record.result);
		const named = [...odd].slice(0, MAX_WORDS - told.size);
		if (named.length === 0) return;
		for (const word of named) told.add(word);
		const words = named.map((word) => `“${word.slice(0, 40)}”`).join(', ');
		this.warn(
			`Result is neither machine nor human: ${words}. Result in the options passes such records with All alone`,
		);
	}

	/** What PHP wrote beside an answer that was whole all the same. */
	notice(said: string): void {
		this.warn(noticeWords(said));
	}

	/** A failure that is told already as an error. */
	failure({ message, description }: Words): void {
		this.warn(`${message}. ${description}`);
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

export function duration(seconds: number): string {
	const hours = Math.floor(seconds / 3_600);
	if (hours >= 48) return `${Math.floor(hours / 24)} days`;
	return hours >= 2 ? `${hours} hours` : `${Math.round(seconds / 60)} minutes`;
}
