import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { DIMENSIONS, type Dimension, Summarizer } from '../../../../core/analysis/summarize';
import { withRemarks } from '../../../shared/output/runSummary';
import { analyse } from '../../../shared/analysis';
import { NO_NAMES, readNames } from '../../../shared/form/campaignList';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { type Outcome, refused } from '../../../shared/output/outcome';
import { type Source, allValid, readSource } from '../../../shared/form/parameters';
import { readChoices } from '../../../shared/form/values';
import { world } from '../../../shared/connection/transport';
import { MORE, TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';
import { campaign, dateRange, options } from '../../../shared/form/properties';

const groupBy: INodeProperties = {
	displayName: 'Group By',
	name: 'groupBy',
	type: 'multiOptions',
	default: ['campaign'],
	description: 'What makes a line of the summary; nothing gives one total',
	options: [
		{ name: 'Campaign', value: 'campaign' },
		{ name: 'Day', value: 'day' },
		{ name: 'File Name', value: 'fileName', description: 'The voice file of the detection' },
		{ name: 'Hour', value: 'hour', description: 'Hour of the day, 0 to 23' },
		{ name: 'Weekday', value: 'weekday', description: '1 to 7, Monday is 1' },
	],
};

interface Wanted {
	readonly source: Source;
	readonly groupBy: Dimension[];
}

export const analysisSummarize: Operation = {
	resource: 'analysis',
	operation: 'summarize',
	name: 'Summarize',
	action: 'Summarize AMD records',
	description:
		'Count machines and humans by campaign, day, hour, weekday or voice file: small output for any number of records',
	properties: [
		campaign,
		...dateRange('last7Days'),
		groupBy,
		options('maxRequests', 'onIncomplete', 'parallelRequests', 'timezone'),
	],

	tool: { description: TOOL_DESCRIPTIONS.summarize, answer: { more: MORE.lines } },

	async run(context, itemIndex) {
		const wanted = allValid<Wanted>({
			source: readSource(context, itemIndex, world.now()),
			groupBy: readChoices('groupBy', 'Group By', context.getNodeParameter('groupBy', itemIndex, []), DIMENSIONS),
		});
		if (!wanted.ok) return refused(wanted.failure);
		const opened = await openConnection(context, { itemIndex, parallelRequests: wanted.value.source.parallelRequests });
		if (!opened.ok) return refused(opened.failure);
		const { close } = opened.value;
		return await summarize(context, itemIndex, opened.value, wanted.value).finally(close);
	},
};

async function summarize(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	wanted: Wanted,
): Promise<Outcome> {
	const { names, missing } = wanted.groupBy.includes('campaign') ? await readNames(open) : NO_NAMES;
	const summarizer = new Summarizer(wanted.groupBy, names);
	const read = await analyse(context, open, wanted.source, summarizer);
	if (!read.ok) return read;
	const items = summarizer.summaries().map((summary) => ({ json: { ...summary }, pairedItem: { item: itemIndex } }));
	return { ok: true, items, summary: withRemarks(read.summary, missing, wanted.source.range) };
}
