import type { IExecuteFunctions } from 'n8n-workflow';

import { reportPage } from '../../../../core/analysis/report/page';
import { ReportBook } from '../../../../core/analysis/report/reportBook';
import { formatWall, wallFromInstant } from '../../../../core/time/wallClock';
import { nameMissing } from '../../../shared/output/missing';
import { withRemarks } from '../../../shared/output/runSummary';
import { analyse } from '../../../shared/analysis';
import { readNames } from '../../../shared/form/campaignList';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { type Outcome, refused } from '../../../shared/output/outcome';
import { type Source, allValid, readFieldName, readOptions, readSource } from '../../../shared/form/parameters';
import { readBoolean } from '../../../shared/form/values';
import { world } from '../../../shared/connection/transport';
import { TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';
import { binaryPropertyName, campaign, dateRange, includeReached, options } from '../../../shared/form/properties';

const FILE_NAME = 'amd-report.html';

interface Wanted {
	readonly source: Source;
	readonly field: string;
	readonly includeReached: boolean;
}

export const analysisReport: Operation = {
	resource: 'analysis',
	operation: 'report',
	name: 'Create Report',
	action: 'Create a report of AMD records',
	description:
		'Create an HTML page with charts of the machine rate by day, hour and campaign, for a browser or an email',
	properties: [
		campaign,
		...dateRange('last7Days'),
		binaryPropertyName,
		options(includeReached, 'maxRequests', 'onIncomplete', 'parallelRequests', 'timezone'),
	],

	tool: { description: TOOL_DESCRIPTIONS.report, answer: { more: '', only: ['text'] } },

	async run(context, itemIndex) {
		const wanted = allValid<Wanted>({
			source: readSource(context, itemIndex, world.now()),
			field: readFieldName(context, itemIndex),
			includeReached: readBoolean(
				'includeReached',
				'Also List Contacts a Human Answered',
				readOptions(context, itemIndex).includeReached,
			),
		});
		if (!wanted.ok) return refused(wanted.failure);
		const opened = await openConnection(context, { itemIndex, parallelRequests: wanted.value.source.parallelRequests });
		if (!opened.ok) return refused(opened.failure);
		const { close } = opened.value;
		return await report(context, itemIndex, opened.value, wanted.value).finally(close);
	},
};

async function report(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	{ source, field, includeReached: includesReached }: Wanted,
): Promise<Outcome> {
	const { names, missing } = await readNames(open);
	const book = new ReportBook(names);
	const read = await analyse(context, open, source, book);
	if (!read.ok) return read;
	const { window, zone } = source.range;
	const page = reportPage(book.data(includesReached), {
		campaign: campaignText(source.campaign, names),
		range: window,
		madeAt: `${formatWall(wallFromInstant(world.now(), zone))} (${zone})`,
		warnings:
			read.summary.missing.length > 0
				? [`These figures are not complete. Missing: ${nameMissing(read.summary.missing)}.`]
				: [],
	});
	const bytes = Buffer.from(page);
	const binary = { [field]: await context.helpers.prepareBinaryData(bytes, FILE_NAME, 'text/html') };
	const json = {
		file_name: FILE_NAME,
		records: read.report.records,
		range_from: formatWall(window.from),
		range_to: formatWall(window.to - 1),
		campaign: source.campaign,
		size_bytes: bytes.length,
	};
	return {
		ok: true,
		items: [{ json, binary, pairedItem: { item: itemIndex } }],
		summary: withRemarks(read.summary, missing, source.range),
	};
}

function campaignText(campaign: string, names: ReadonlyMap<string, string>): string {
	if (campaign === 'all') return 'All campaigns';
	const name = names.get(campaign);
	return name ? `${name} (${campaign})` : `Campaign ${campaign}`;
}
