import type { INode } from 'n8n-workflow';

import type { Failure } from '../../core/failures';
import type { Words } from '../../core/messages';
import { secondsOf } from '../../core/time/window';
import type { Tick } from '../../core/trigger/tick';
import { toNodeError } from '../shared/output/errors';
import { duration } from './log';

/** The words by which n8n 2.38 and later tell whether a wait helps a poll or a person must act. */
type Cause =
	| 'rate-limited'
	| 'quota-exhausted'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

function causeOf(failure: Failure): Cause {
	switch (failure.kind) {
		case 'busy':
			return 'rate-limited';
		case 'bounded':
			return failure.why === 'quota' ? 'quota-exhausted' : 'temporarily-unavailable';
		case 'refused':
			if (failure.why === 'quotaSpent') return 'quota-exhausted';
			return ['wrongToken', 'missingToken'].includes(failure.why) ? 'credential-invalid' : 'configuration-invalid';
		case 'invalid':
			return failure.parameter === 'token' || failure.parameter === 'server'
				? 'credential-invalid'
				: 'configuration-invalid';
		default:
			return 'temporarily-unavailable';
	}
}

/** Whether only a person can change it. */
export const needsPerson = (failure: Failure): boolean =>
	['credential-invalid', 'configuration-invalid'].includes(causeOf(failure));

/** The error of a poll, with what n8n needs to wait as long as it should; older lines ignore that. */
export function toPollError(
	node: INode,
	failure: Failure,
	words: Words,
	retryAfterMs: number,
): ReturnType<typeof toNodeError> {
	const cause = causeOf(failure);
	const wait = needsPerson(failure) || retryAfterMs <= 0 ? {} : { retryAfterMs };
	return Object.assign(toNodeError(node, { failure, words }), { failure: { cause, ...wait } });
}

/** Poll Times that a person can choose, in seconds, the rarest first. */
const RHYTHMS: ReadonlyArray<readonly [seconds: number, words: string]> = [
	[7 * 86_400, 'once a week'],
	[86_400, 'once a day'],
	[43_200, 'twice a day'],
	[6 * 3_600, 'every 6 hours'],
	[3_600, 'every hour'],
	[900, 'every 15 minutes'],
	[300, 'every 5 minutes'],
];

/** What is told where polls as rare as these never bring all that comes, with what would. */
export function tooRare({ fresh, step, range, behindSeconds }: Tick): Extract<Failure, { kind: 'invalid' }> {
	const covered = secondsOf({ from: range.from, to: step?.readTo ?? range.to });
	const enough = RHYTHMS.find(([seconds]) => seconds < covered);
	return {
		kind: 'invalid',
		parameter: 'pollTimes',
		message: `More records come than these Poll Times bring: the trigger is ${duration(behindSeconds)} behind`,
		description:
			`One poll brought ${fresh.length} records, those of ${duration(covered)}. ` +
			(enough
				? `Let it poll ${enough[1]} or more often. `
				: 'Choose single campaigns, each in a workflow of its own with its own token. ') +
			'Nothing is lost: the next polls go on where this one ended; Start From in the options skips what is not needed.',
	};
}
