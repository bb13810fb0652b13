import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Result } from '../../../core/failures';
import { readChoice } from './values';

export type Order = 'newestFirst' | 'oldestFirst';

/** Which records come first. */
export const order: INodeProperties = {
	displayName: 'Order',
	name: 'order',
	type: 'options',
	default: 'oldestFirst',
	description: 'Which records come first, and which the limit keeps',
	options: [
		{
			name: 'Newest First',
			value: 'newestFirst',
			description: 'Days are read from the end of the range backwards, no more of them than the limit needs',
		},
		{ name: 'Oldest First', value: 'oldestFirst', description: 'In order of time' },
	],
};

export const readOrder = (context: IExecuteFunctions, itemIndex: number): Result<Order> =>
	readChoice('order', 'Order', context.getNodeParameter('order', itemIndex, 'oldestFirst'), [
		'newestFirst',
		'oldestFirst',
	]);
