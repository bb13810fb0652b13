import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { lastAskedOf } from '../connection/lastAsked';
import { failureOf } from '../tool/answer';
import { type Callable, call } from '../tool/call';
import { isToolRun } from '../tool/toolRun';
import { EqualItems, questionOf } from './equalItems';
import type { RunSummary } from './runSummary';
import { asNodeError, toNodeError } from './errors';
import { withCompleteness } from './completeness';
import { type Outcome, refused } from './outcome';
import { tell, warnOf } from './progress';
import { hintsOf, logOf, tellOf } from './rendering';

type Runnable = Pick<Callable, 'properties' | 'run'> & { readonly tool: Pick<Callable, 'answer'> };

/** Serves the input items one after another by the operation that each names, and leaves hints on how it went. */
export async function runItems(
	context: IExecuteFunctions,
	operationOf: (resource: unknown, operation: unknown) => Runnable | undefined,
): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const output: INodeExecutionData[] = [];
	const accounts: RunSummary[] = [];
	const isTool = isToolRun(context);
	const equal = new EqualItems();
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		if (isTool) {
			output.push({ json: await answered(context, itemIndex, operationOf), pairedItem: { item: itemIndex } });
			continue;
		}
		const outcome = await runItem(context, itemIndex, operationOf, equal).catch((reason: unknown) => ({
			ok: false as const,
			error: asNodeError(node, reason, itemIndex, lastAskedOf(context)),
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
	leaveHints(context, accounts, equal.repeated);
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

/** For a model: one object, whatever came of it. */
async function answered(
	context: IExecuteFunctions,
	itemIndex: number,
	operationOf: (resource: unknown, operation: unknown) => Runnable | undefined,
): Promise<IDataObject> {
	const operation = operationOf(
		context.getNodeParameter('resource', itemIndex),
		context.getNodeParameter('operation', itemIndex),
	);
	if (!operation) return failureOf(UNKNOWN);
	const { properties, tool, run } = operation;
	return await call(context, itemIndex, { properties, answer: tool.answer, run }).catch((reason: unknown) => {
		const { message, description } = asNodeError(context.getNode(), reason, itemIndex, lastAskedOf(context));
		return failureOf({ message, description: description ?? 'Tell the person who set up this tool.' });
	});
}

const UNKNOWN = {
	message: 'This tool has no such operation',
	description: 'Tell the person who set it up to choose its resource and operation again.',
};

async function runItem(
	context: IExecuteFunctions,
	itemIndex: number,
	operationOf: (resource: unknown, operation: unknown) => Runnable | undefined,
	equal: EqualItems,
): Promise<Outcome> {
	const resource = context.getNodeParameter('resource', itemIndex);
	const operation = context.getNodeParameter('operation', itemIndex);
	const runnable = operationOf(resource, operation);
	if (runnable) {
		const question = await questionOf(context, itemIndex, runnable.properties);
		return await equal.answer(question, itemIndex, async () =>
			withCompleteness(context, itemIndex, await runnable.run(context, itemIndex)),
		);
	}
	return refused({
		kind: 'invalid',
		parameter: 'operation',
		message: `This node has no operation “${String(operation)}” for “${String(resource)}”`,
		description: 'Choose the resource and the operation again, or update the node.',
	});
}

/** In production nobody sees a hint: there the log tells what must not be overlooked. */
function leaveHints(context: IExecuteFunctions, accounts: readonly RunSummary[], repeated: number): void {
	if (accounts.length === 0) return;
	const told = tellOf(accounts, repeated);
	const { warn, info } = logOf(told);
	if (context.getMode() === 'manual') tell(context, `Wolkvox AMD: ${[...warn, info].join(' ')}`);
	else {
		for (const message of warn) warnOf(context, `Wolkvox AMD: ${message}`);
		tell(context, `Wolkvox AMD: ${info}`);
	}
	context.addExecutionHints?.(...hintsOf(told));
}
