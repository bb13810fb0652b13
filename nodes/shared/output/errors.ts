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

/** Anything that was thrown where only values were expected: n8n's own errors, or a mistake of ours. */
export function asNodeError(node: INode, thrown: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) {
		thrown.context.itemIndex ??= itemIndex;
		return thrown;
	}
	return new NodeOperationError(node, thrown instanceof Error ? thrown : String(thrown), { itemIndex });
}

function statusOf(failure: Failure): string | undefined {
	return 'status' in failure && failure.status ? String(failure.status) : undefined;
}
