import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { type Choice, type Contact, ContactBook } from '../../../../core/analysis/contacts';
import { type RunSummary, withRemarks } from '../../../shared/output/runSummary';
import { analyse } from '../../../shared/analysis';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { type Outcome, refused } from '../../../shared/output/outcome';
import { type Source, allValid, readLimit, readOptions, readSource } from '../../../shared/form/parameters';
import { readBoolean, readChoice, readWhole } from '../../../shared/form/values';
import { world } from '../../../shared/connection/transport';
import { MORE, TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';
import { campaign, dateRange, includeReached, limits, options } from '../../../shared/form/properties';

const identifyBy: INodeProperties = {
	displayName: 'One Row Per',
	name: 'identifyBy',
	type: 'options',
	default: 'customer',
	description: 'What tells one contact from another',
	options: [
		{ name: 'Customer', value: 'customer', description: 'The customer_id: all telephones of a person together' },
		{ name: 'Telephone', value: 'telephone', description: 'The number dialled, with its prefix' },
	],
};

const minCalls: INodeProperties = {
	displayName: 'Min Calls',
	name: 'minCalls',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 3,
	description: 'How many times a contact must have been dialled to be on the list',
};

interface Wanted {
	readonly source: Source;
	readonly identifyBy: 'customer' | 'telephone';
	readonly limit: number;
	readonly minCalls: number;
	readonly includeReached: boolean;
}

export const analysisHardToReach: Operation = {
	resource: 'analysis',
	operation: 'hardToReach',
	name: 'Get Hard-to-Reach Contacts',
	action: 'Get contacts that are hard to reach',
	description: 'Get contacts that were dialled often and that no human answered, with the hours to try next',
	properties: [
		campaign,
		...dateRange('last30Days'),
		identifyBy,
		minCalls,
		...limits,
		options(includeReached, 'maxRequests', 'onIncomplete', 'parallelRequests', 'timezone'),
	],

	tool: { description: TOOL_DESCRIPTIONS.hardToReach, answer: { more: MORE.contacts } },

	async run(context, itemIndex) {
		const wanted = allValid<Wanted>({
			source: readSource(context, itemIndex, world.now()),
			identifyBy: readChoice(
				'identifyBy',
				'One Row Per',
				context.getNodeParameter('identifyBy', itemIndex, 'customer'),
				['customer', 'telephone'],
			),
			limit: readLimit(context, itemIndex),
			includeReached: readBoolean(
				'includeReached',
				'Also List Contacts a Human Answered',
				readOptions(context, itemIndex).includeReached,
			),
			minCalls: readWhole('minCalls', 'Min Calls', context.getNodeParameter('minCalls', itemIndex, 3), 1),
		});
		if (!wanted.ok) return refused(wanted.failure);
		const opened = await openConnection(context, { itemIndex, parallelRequests: wanted.value.source.parallelRequests });
		if (!opened.ok) return refused(opened.failure);
		const { close } = opened.value;
		return await list(context, itemIndex, opened.value, wanted.value).finally(close);
	},
};

async function list(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	{ source, identifyBy, ...choice }: Wanted,
): Promise<Outcome> {
	const book = new ContactBook(identifyBy);
	const read = await analyse(context, open, source, book);
	if (!read.ok) return read;
	const { matching, contacts } = book.hardToReach(choice);
	const items = contacts.map((contact) => ({ json: toJson(contact, identifyBy), pairedItem: { item: itemIndex } }));
	return {
		ok: true,
		items,
		inAll: matching,
		summary: withRemarks(withCounts(read.summary, book, matching, choice), '', source.range),
	};
}

function toJson({ id, ...rest }: Contact, identifyBy: Wanted['identifyBy']): IDataObject {
	return identifyBy === 'customer' ? { customer_id: id, ...rest } : { telephone: id, ...rest };
}

function withCounts(
	summary: RunSummary,
	book: ContactBook,
	matching: number,
	{ limit }: Pick<Choice, 'limit'>,
): RunSummary {
	const shown = matching > limit ? `, the ${limit} with the most calls are returned` : '';
	const nameless =
		book.nameless > 0
			? [`${book.nameless.toLocaleString('en-US')} records carry nothing to tell their contact by and were left out.`]
			: [];
	return {
		...summary,
		notes: [
			...summary.notes,
			`${matching.toLocaleString('en-US')} of ${book.size.toLocaleString('en-US')} contacts match${shown}.`,
			...nameless,
		],
	};
}
