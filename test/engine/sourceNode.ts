import { NodeConnectionTypes, type INodeExecutionData, type INodeType } from 'n8n-workflow';

/** What stands before the node under test: a node that gives these items. */
export const sourceOf = (items: INodeExecutionData[]): INodeType => ({
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['input'],
		version: 1,
		description: 'Gives items',
		defaults: { name: 'Items' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	execute: async () => [items],
});
