import type { IExecuteFunctions } from 'n8n-workflow';

import { toolLimits } from '../../../core/limits';

/** Whether a language model called: n8n gives the node another type then. `isToolExecution` is false in AI Agent 3. */
export const isToolRun = (context: Pick<IExecuteFunctions, 'getNode'>): boolean =>
	context.getNode().type.endsWith('Tool');

/** When each call began. */
const begins = new WeakMap<object, number>();

/** Notes when a call begins, by the context that its operation gets. */
export function beginCall(context: object, nowMs: number): void {
	begins.set(context, nowMs);
}

/** Milliseconds that are left of a call; undefined where nobody waits for an answer. */
export function callLeftMs(context: object, nowMs: number): number | undefined {
	const began = begins.get(context);
	return began === undefined ? undefined : Math.max(1, began + toolLimits.budgetMs - nowMs);
}
