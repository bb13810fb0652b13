import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Country } from '../../../../core/country/countries';
import { summaryOf, withRemarks, withWarnings } from '../../../shared/output/runSummary';
import { ADDED_FIELDS, type AddedField, USUAL_FIELDS, adding } from '../../../shared/output/addedFields';
import { NO_NAMES, readNames } from '../../../shared/form/campaignList';
import { readNewestFirst, readRecords } from '../../../shared/extraction';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { type Outcome, refused } from '../../../shared/output/outcome';
import {
	type Source,
	type WantedResult,
	allValid,
	readLimit,
	readOptions,
	readResult,
	readSource,
} from '../../../shared/form/parameters';
import { type Order, order, readOrder } from '../../../shared/form/order';
import { readCountry } from '../../../shared/form/country';
import type { Part } from '../../../../core/extraction/extract';
import { parseRowDate } from '../../../../core/time/wallClock';
import type { WallSeconds, Window } from '../../../../core/time/window';
import { type Filters, filters, readFilters } from '../../../shared/form/filters';
import { Selection } from '../../../shared/selection';
import { readChoices } from '../../../shared/form/values';
import { world } from '../../../shared/connection/transport';
import { MORE, TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';
import { campaign, dateRange, limits, options, result } from '../../../shared/form/properties';

interface Wanted {
	readonly source: Source;
	readonly limit: number;
	readonly addFields: AddedField[];
	readonly order: Order;
	readonly result: WantedResult;
	readonly filters: Filters;
	readonly country: Country;
}

export const recordGetAll: Operation = {
	resource: 'record',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many AMD records',
	description: 'Get every record of a date range, each one once, in order of time or the newest first',
	properties: [
		campaign,
		...dateRange('yesterday'),
		result,
		...limits,
		order,
		filters,
		options('addFields', 'country', 'maxRequests', 'onIncomplete', 'parallelRequests', 'timezone'),
	],

	tool: { description: TOOL_DESCRIPTIONS.getRecords, answer: { more: MORE.records } },

	async run(context, itemIndex) {
		const wanted = readWanted(context, itemIndex);
		if (!wanted.ok) return refused(wanted.failure);
		const { source, limit } = wanted.value;
		// A second request at once would be in vain where the first may hold enough.
		const parallelRequests = limit === Infinity ? source.parallelRequests : 1;
		const opened = await openConnection(context, { itemIndex, parallelRequests });
		if (!opened.ok) return refused(opened.failure);
		const { close } = opened.value;
		return await getAll(context, itemIndex, opened.value, {
			...wanted.value,
			source: { ...source, parallelRequests },
		}).finally(close);
	},
};

function readWanted(context: IExecuteFunctions, itemIndex: number) {
	return allValid<Wanted>({
		source: readSource(context, itemIndex, world.now()),
		limit: readLimit(context, itemIndex),
		addFields: readChoices(
			'addFields',
			'Add Fields',
			readOptions(context, itemIndex).addFields ?? USUAL_FIELDS,
			ADDED_FIELDS,
		),
		order: readOrder(context, itemIndex),
		result: readResult(context, itemIndex),
		filters: readFilters(context, itemIndex),
		country: readCountry(readOptions(context, itemIndex)),
	});
}

async function getAll(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	{ source, limit, addFields, country, ...wanted }: Wanted,
): Promise<Outcome> {
	const { names, missing } = addFields.includes('campaign_name') ? await readNames(open) : NO_NAMES;
	const items: INodeExecutionData[] = [];
	const pairedItem = { item: itemIndex };
	const { zone } = source.range;
	const selection = new Selection(wanted.result, wanted.filters, country);
	const withAdded = adding(addFields, { zone, country, names });
	const itemsOf = function* (part: Part): Generator<INodeExecutionData> {
		for (const { record, values } of withAdded(part)) {
			if (!selection.wants(record)) continue;
			const json: IDataObject = addFields.length > 0 ? { ...record, ...values } : record;
			yield { json, pairedItem };
		}
	};
	const isNewestFirst = wanted.order === 'newestFirst';
	const read = isNewestFirst
		? await readNewestFirst(context, open, source, newestOf(itemsOf, items, limit))
		: await readRecords(context, open, source, (part) => {
				for (const item of itemsOf(part)) {
					if (items.length === limit) break;
					items.push(item);
				}
				return items.length < limit;
			});
	if (!read.ok) return read;
	const summary = summaryOf(read.report, {
		...read,
		kept: items.length,
		isItems: true,
		say: open.say,
		withoutToken: open.withoutToken,
		isNewestFirst,
		boundDate: items.at(isNewestFirst ? -1 : 0)?.json.date,
	});
	const told = withWarnings(summary, selection.warnings(items.length));
	const inAll = read.enough ? null : items.length;
	return { ok: true, items, inAll, summary: withRemarks(told, missing, source.range) };
}

/** Gathers a piece in order of time, as `record_id`s are numbered, and turns it round; no more of it than is wanted is kept. */
function newestOf(itemsOf: (part: Part) => Iterable<INodeExecutionData>, items: INodeExecutionData[], limit: number) {
	let piece: INodeExecutionData[] = [];
	return {
		take(part: Part): void {
			for (const item of itemsOf(part)) piece.push(item);
			const surplus = piece.length - (limit - items.length);
			if (surplus > 0) piece = piece.slice(surplus);
		},
		turn({ from }: Window): WallSeconds | null {
			for (const item of piece.reverse()) items.push(item);
			piece = [];
			if (items.length < limit) return null;
			return parseRowDate(String(items[items.length - 1].json.date))?.at ?? from;
		},
	};
}
