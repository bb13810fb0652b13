import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { sourceOf } from './sourceNode';

/** A node that does one thing with what n8n hands to an execution. */
export function probeOf(use: (context: IExecuteFunctions) => Promise<unknown>): INodeType {
	const { description } = sourceOf([]);
	return {
		description: { ...description, credentials: [{ name: 'wolkvoxApi', required: true }] },
		async execute(this: IExecuteFunctions) {
			await use(this);
			return [[]];
		},
	};
}
