import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RunSummary } from './runSummary';
import { asNodeError, toNodeError } from './errors';
import { type Outcome, refused } from './outcome';
import { tell } from './progress';

type Runnable = { run(context: IExecuteFunctions, itemIndex: number): Promise<Outcome> };

/** Serves the input items one after another by the operation that each names, and leaves one hint on how it went. */
export async function runItems(
	context: IExecuteFunctions,
	operationOf: (resource: unknown, operation: unknown) => Runnable | undefined,
): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const output: INodeExecutionData[] = [];
	const accounts: RunSummary[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		const outcome = await runItem(context, itemIndex, operationOf).catch((reason: unknown) => ({
			ok: false as const,
			error: asNodeError(node, reason, itemIndex),
		}));
		if (outcome.ok) {
			for (const item of outcome.items) output.push(item);
			if (outcome.summary) accounts.push(outcome.summary);
			continue;
		}
		const error = 'error' in outcome ? outcome.error : toNodeError(node, outcome.trouble, itemIndex);
		if (!context.continueOnFail()) throw error;
		output.push({ json: { ...told(error) }, pairedItem: { item: itemIndex } });
	}
	leaveHint(context, accounts);
	return output;
}

/**
 * What an item says of its failure: shortly, and with how to get unstuck. Both lines of n8n take an item with these two
 * keys for their error output; with n8n's own `error` beside the json they would keep the short one alone.
 */
function told({ message, description }: { message: string; description?: string | null }): {
	error: string;
	message?: string;
} {
	return description ? { error: message, message: `${message}. ${description}` } : { error: message };
}

async function runItem(
	context: IExecuteFunctions,
	itemIndex: number,
	operationOf: (resource: unknown, operation: unknown) => Runnable | undefined,
): Promise<Outcome> {
	const resource = context.getNodeParameter('resource', itemIndex);
	const operation = context.getNodeParameter('operation', itemIndex);
	const runnable = operationOf(resource, operation);
	if (runnable) return await runnable.run(context, itemIndex);
	return refused({
		kind: 'invalid',
		parameter: 'operation',
		message: `This node has no operation “${String(operation)}” for “${String(resource)}”`,
		description: 'Choose the resource and the operation again, or update the node.',
	});
}

/** Accounts told in full; of more input items only what must not be overlooked. */
const TOLD_ACCOUNTS = 5;

function leaveHint(context: IExecuteFunctions, accounts: readonly RunSummary[]): void {
	if (accounts.length === 0) return;
	const warnings = [...new Set(accounts.flatMap((summary) => summary.warnings))];
	const notes = accounts.slice(0, TOLD_ACCOUNTS).flatMap((summary) => summary.notes);
	const more = accounts.length > TOLD_ACCOUNTS ? [`And ${accounts.length - TOLD_ACCOUNTS} more input items.`] : [];
	const message = [...warnings, ...notes, ...more].join(' ');
	tell(context, `Wolkvox AMD: ${message}`);
	context.addExecutionHints?.({ message, type: warnings.length > 0 ? 'warning' : 'info', location: 'outputPane' });
}
