import type { IPollFunctions } from 'n8n-workflow';

import type { Failure } from '../../core/failures';
import type { Words } from '../../core/messages';
import type { Occasion } from '../../core/trigger/poll';
import { needsPerson, toPollError } from './failures';

/** Trouble that lasts is told again so much later. */
const AGAIN_MS = 86_400_000;

export interface Telling {
	readonly occasion: Occasion;
	/** Whose trouble it is: server, token, campaign. */
	readonly identity: string;
	readonly nowMs: number;
	readonly retryAfterMs: number;
	readonly words: Words;
}

type Subject = 'read' | 'rhythm' | 'notice';

/** What a trigger has told as an error; it is told anew when it is another trouble, after a day, or once it was over. */
export class Troubles {
	private readonly told = new Map<Subject, { readonly of: string; readonly atMs: number }>();

	/**
	 * Tells a poll that failed. Whoever activates the trigger is told in any case. What passes by itself is thrown, with the
	 * wait that n8n shall keep. What only a person can change is told once, and not thrown: n8n's durable scheduler would
	 * not poll for half an hour, however soon the person acts. Nor is anything thrown when n8n starts: it would put off the
	 * whole trigger, for longer each time.
	 *
	 * @returns whether it was told; the log is the place where not
	 */
	tell(
		context: IPollFunctions,
		failure: Failure,
		{ occasion, identity, nowMs, retryAfterMs, words }: Telling,
	): boolean {
		const isNew = this.isNew('read', JSON.stringify([identity, failure.kind, whyOf(failure)]), nowMs);
		if (occasion === 'activated' || occasion === 'published') {
			// Of a failed activation n8n shows the message alone.
			const message = `${words.message.replace(/[.!]$/, '')}. ${words.description}`;
			throw toPollError(context.getNode(), failure, { ...words, message }, retryAfterMs);
		}
		const error = toPollError(context.getNode(), failure, words, retryAfterMs);
		// A spent day is a refusal too: it is looked at every hour, and told once.
		const isPassing = !needsPerson(failure) && failure.kind !== 'refused';
		if (occasion === 'scheduled' && isPassing) throw error;
		if (isNew || isPassing) context.__emitError(error);
		return isNew || isPassing;
	}

	/** Tells that the polls are too rare for what comes; the poll itself goes on. */
	tellRhythm(context: IPollFunctions, failure: Failure & Words, nowMs: number): boolean {
		const isNew = this.isNew('rhythm', '', nowMs);
		if (isNew) context.__emitError(toPollError(context.getNode(), failure, failure, 0));
		return isNew;
	}

	/** Records came, or there are none: what was told of reading is over. */
	readIsOver(): void {
		this.told.delete('read');
	}

	/** Whether it is to be told: anew after a day. */
	isNew(what: Subject, of: string, nowMs: number): boolean {
		const told = this.told.get(what);
		if (told?.of === of && nowMs >= told.atMs && nowMs - told.atMs < AGAIN_MS) return false;
		this.told.set(what, { of, atMs: nowMs });
		return true;
	}
}

const whyOf = (failure: Failure): string =>
	'why' in failure ? failure.why : failure.kind === 'invalid' ? failure.message : '';
