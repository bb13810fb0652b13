import type { INode } from 'n8n-workflow';

import type { Failure } from '../../core/failures';
import type { Words } from '../../core/messages';
import { toNodeError } from '../shared/output/errors';

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
