import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { type Result, invalid, ok, shown } from '../../../core/failures';
import { listOf } from './values';

const list = { type: 'string', typeOptions: { rows: 2 }, default: '' } as const;

/** Which records, beside their campaign, range and result; applied while reading, so that nothing else is held. */
export const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			...list,
			displayName: 'Customer',
			name: 'customer',
			description: 'The customer_id, or several: one per line or with commas, or a list from an expression',
		},
		{
			...list,
			displayName: 'Telephone',
			name: 'telephone',
			description: 'With or without prefix and country code, or several: one per line or with commas',
		},
		{
			...list,
			displayName: 'Voice File',
			name: 'fileName',
			description: 'The file_name of the record, or several: one per line or with commas',
		},
	],
};

/** Values of which a record must have one; an empty list lets all pass. */
export interface Filters {
	readonly customer: readonly string[];
	readonly telephone: readonly string[];
	readonly fileName: readonly string[];
}

export function readFilters(context: IExecuteFunctions, itemIndex: number): Result<Filters> {
	const value: unknown = context.getNodeParameter('filters', itemIndex, {});
	const given: IDataObject = typeof value === 'object' && value !== null ? { ...value } : {};
	const read = {
		customer: textsOf(given.customer),
		telephone: textsOf(given.telephone),
		fileName: textsOf(given.fileName),
	};
	for (const [name, texts] of Object.entries(read)) {
		if (texts === null)
			return invalid(
				'filters',
				`A filter is not text or a list of texts: “${shown(given[name])}”`,
				'Enter one value per line or with commas, or give a list by an expression.',
			);
	}
	return ok(read as Filters);
}

function textsOf(value: unknown): string[] | null {
	const texts = listOf(value).map((one) =>
		typeof one === 'string' || typeof one === 'number' ? String(one).trim() : null,
	);
	return texts.some((text) => text === null) ? null : (texts as string[]).filter((text) => text !== '');
}
