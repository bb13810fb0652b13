import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { detectionOf } from '../../../../core/api/record';
import { summaryOf, withRemarks } from '../../../shared/output/runSummary';
import { ADDED_FIELDS, type AddedField, adder } from '../../../shared/output/addedFields';
import { NO_NAMES, readNames } from '../../../shared/form/campaignList';
import { readRecords } from '../../../shared/extraction';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { type Outcome, refused } from '../../../shared/output/outcome';
import { type Source, allValid, readLimit, readOptions, readSource } from '../../../shared/form/parameters';
import { readChoice, readChoices } from '../../../shared/form/values';
import { world } from '../../../shared/connection/transport';
import type { Operation } from '../operation';
import { campaign, dateRange, limits, options } from '../../../shared/form/properties';

interface Wanted {
	readonly source: Source;
	readonly limit: number;
	readonly addFields: AddedField[];
	readonly result: 'all' | 'human' | 'machine';
}

export const recordGetAll: Operation = {
	resource: 'record',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many AMD records',
	description: 'Get every record of a date range, each one once, in order of time',
	properties: [
		campaign,
		...dateRange,
		...limits,
		options('addFields', 'maxRequests', 'onIncomplete', 'parallelRequests', 'result', 'timezone'),
	],

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
	const { addFields, result } = readOptions(context, itemIndex);
	return allValid<Wanted>({
		source: readSource(context, itemIndex, world.now()),
		limit: readLimit(context, itemIndex),
		addFields: readChoices('addFields', 'Add Fields', addFields ?? [], ADDED_FIELDS),
		result: readChoice('result', 'Result', result ?? 'all', ['all', 'human', 'machine']),
	});
}

async function getAll(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	{ source, limit, addFields, result }: Wanted,
): Promise<Outcome> {
	const { names, missing } = addFields.includes('campaignName') ? await readNames(open) : NO_NAMES;
	const items: INodeExecutionData[] = [];
	const pairedItem = { item: itemIndex };
	const adding = adder(addFields, { serverCode: open.server.code, zone: source.range.zone, names });
	const read = await readRecords(context, open, source, ({ records, undated }) => {
		const add = adding(undated);
		for (const record of records) {
			const added = add(record);
			if (result !== 'all' && detectionOf(record) !== result) continue;
			if (items.length === limit) break;
			const json: IDataObject = addFields.length > 0 ? { ...record, ...added } : record;
			items.push({ json, pairedItem });
		}
		return items.length < limit;
	});
	if (!read.ok) return read;
	const summary = summaryOf(read.report, { ...read, kept: items.length, isItems: true, say: open.say });
	return { ok: true, items, summary: withRemarks(summary, missing, source.range) };
}
