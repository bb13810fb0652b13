import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Failure } from '../../../core/failures';
import type { Words } from '../../../core/messages';
import { asEither, asHtml } from './rendering';

/** What went wrong, in words for a person; `failure` is the kind that n8n's own handling may depend on. */
export interface Trouble {
	readonly words: Words;
	readonly failure: Failure;
}

/** The only place where n8n's errors are made: what happened as the message, how to get unstuck as the description. */
export function toNodeError(
	node: INode,
	{ words: plain, failure }: Trouble,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const words: Words = { message: asEither(plain.message), description: asHtml(plain.description) };
	const isApi = ['refused', 'transient', 'busy', 'closed'].includes(failure.kind);
	const error = isApi
		? new NodeApiError(node, { message: words.message }, { ...words, httpCode: statusOf(failure), itemIndex })
		: new NodeOperationError(node, words.message, { description: words.description, itemIndex });
	// n8n puts words of its own in place of a message that names a code such as ECONNREFUSED.
	error.message = words.message;
	error.description = words.description;
	error.messages = [];
	return error;
}

/**
 * Anything that was thrown where only values were expected: n8n's own errors, the system's, or a mistake of ours.
 * @param asked what the latest request was for
 */
export function asNodeError(
	node: INode,
	thrown: unknown,
	itemIndex?: number,
	asked: string | null = null,
): NodeApiError | NodeOperationError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) {
		if (itemIndex !== undefined) thrown.context.itemIndex ??= itemIndex;
		return thrown;
	}
	const words = unforeseenWords(thrown, asked);
	if (words === null) return new NodeOperationError(node, thrown as Error, { itemIndex });
	return new NodeOperationError(node, words.message, { description: asHtml(words.description), itemIndex });
}

const REPORT_AT = 'https://github.com/n8n-nodes-wolkvox/n8n-nodes-wolkvox/issues';

/**
 * Words for what nobody foresaw; null where it is n8n's own error, whose words are for people. Nothing of what was thrown is
 * shown but its kind and its place in our code: its message may quote a record.
 * @param asked what the latest request was for
 */
export function unforeseenWords(thrown: unknown, asked: string | null = null): Words | null {
	if (!(thrown instanceof Error)) return ourFault('something that is no error', '', asked);
	const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
	if (/^E[A-Z]{3,}$/.test(code))
		return {
			message: `n8n could not go on: the system refused with ${code}`,
			description:
				code === 'ENOSPC'
					? 'The disk of n8n is full. Make room and run it again: nothing is lost, the same range gives the same records.'
					: 'Look at the disk and memory of n8n, then run it again: nothing is lost, the same range gives the same records.',
		};
	const isPlain = Object.getPrototypeOf(thrown) === Error.prototype;
	const isOfEngine = [TypeError, RangeError, SyntaxError, ReferenceError, URIError, EvalError].some(
		(kind) => thrown instanceof kind,
	);
	return isPlain || isOfEngine ? ourFault(thrown.name, thrown.stack ?? '', asked) : null;
}

function ourFault(kind: string, stack: string, asked: string | null): Words {
	const [, place = 'an unknown place'] = /((?:core|nodes)[\\/][\w\\/.-]{1,120}:\d+)/.exec(stack.slice(0, 2_000)) ?? [];
	const after = asked === null ? '' : `, after ${asked}`;
	return {
		message: 'This node met something that it was not made for',
		description:
			`It is a fault of the node and not of the workflow. Please report it at ${REPORT_AT} with these words, which hold no ` +
			`personal data: ${kind} in ${place}${after}. Then run it again: nothing is lost, the same range gives the same records.`,
	};
}

function statusOf(failure: Failure): string | undefined {
	return 'status' in failure && failure.status ? String(failure.status) : undefined;
}
