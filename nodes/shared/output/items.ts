import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RunSummary } from './runSummary';
import { asNodeError, toNodeError } from './errors';
import { type Outcome, refused } from './outcome';
import { tell, warnOf } from './progress';
import { hintsOf, logOf, tellOf } from './rendering';

type Runnable = { run(context: IExecuteFunctions, itemIndex: number): Promise<Outcome> };

/** Serves the input items one after another by the operation that each names, and leaves hints on how it went. */
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
		// Data, so as it is: what an error shows is made ready for the editor.
		output.push({
			json: { ...told('trouble' in outcome ? outcome.trouble.words : error) },
			pairedItem: { item: itemIndex },
		});
	}
	leaveHints(context, accounts);
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

/** In production nobody sees a hint: there the log tells what must not be overlooked. */
function leaveHints(context: IExecuteFunctions, accounts: readonly RunSummary[]): void {
	if (accounts.length === 0) return;
	const told = tellOf(accounts);
	const { warn, info } = logOf(told);
	if (context.getMode() === 'manual') tell(context, `Wolkvox AMD: ${[...warn, info].join(' ')}`);
	else {
		for (const message of warn) warnOf(context, `Wolkvox AMD: ${message}`);
		tell(context, `Wolkvox AMD: ${info}`);
	}
	context.addExecutionHints?.(...hintsOf(told));
}
