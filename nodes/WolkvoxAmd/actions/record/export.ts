import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Part } from '../../../../core/extraction/extract';
import { type FileFormat, endingsOf } from '../../../../core/export/file';
import { defaultName, fileName } from '../../../../core/export/fileName';
import type { Row } from '../../../../core/export/rowSource';
import { type Result, invalid, ok } from '../../../../core/failures';
import { type AmdRecord, FIELDS } from '../../../../core/api/record';
import type { Country } from '../../../../core/country/countries';
import { formatWall } from '../../../../core/time/wallClock';
import { summaryOf, withRemarks, withWarnings } from '../../../shared/output/runSummary';
import {
	ADDED_FIELDS,
	type AddedField,
	USUAL_FIELDS,
	type WithAdded,
	adding,
} from '../../../shared/output/addedFields';
import { NO_NAMES, readNames } from '../../../shared/form/campaignList';
import { openReading } from '../../../shared/extraction';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { type Outcome, refused } from '../../../shared/output/outcome';
import {
	type Source,
	type WantedResult,
	allValid,
	campaignsInName,
	campaignsShown,
	readFieldName,
	readOptions,
	readResult,
	readSource,
} from '../../../shared/form/parameters';
import { listOf, readChoices, readText } from '../../../shared/form/values';
import { readCountry } from '../../../shared/form/country';
import { type Filters, filters, readFilters } from '../../../shared/form/filters';
import { Selection } from '../../../shared/selection';
import { storeFile } from '../../../shared/output/binaryStorage';
import {
	byteOrderMark,
	compress,
	delimiter,
	fileNameOption,
	format,
	leaveCellsUntouched,
	readFileFormat,
} from './fileFormat';
import { world } from '../../../shared/connection/transport';
import { MORE, TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';
import { binaryPropertyName, campaign, dateRange, options, result } from '../../../shared/form/properties';

const columns: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'multiOptions',
	default: [...FIELDS],
	description: "Which of the record's own fields the file has, in the order chosen; added fields follow them",
	options: [...FIELDS].sort().map((field) => ({ name: field, value: field })),
};

interface Wanted {
	readonly source: Source;
	readonly field: string;
	readonly addFields: AddedField[];
	readonly result: WantedResult;
	readonly filters: Filters;
	readonly country: Country;
	readonly format: Omit<FileFormat, 'columns'>;
	readonly columns: Array<keyof AmdRecord>;
	/** Empty leaves it to campaign and range. */
	readonly fileName: string;
}

export const recordExport: Operation = {
	resource: 'record',
	operation: 'export',
	name: 'Export to File',
	action: 'Export AMD records to a file',
	description:
		'Write every record of a date range into an Excel, CSV or NDJSON file: millions of records in little memory',
	properties: [
		campaign,
		...dateRange('yesterday'),
		result,
		format,
		binaryPropertyName,
		filters,
		options(
			'addFields',
			'country',
			byteOrderMark,
			columns,
			compress,
			delimiter,
			fileNameOption,
			leaveCellsUntouched,
			'maxRequests',
			'onIncomplete',
			'parallelRequests',
			'timezone',
		),
	],

	tool: { description: TOOL_DESCRIPTIONS.exportRecords, answer: { more: MORE.records }, isHidden: true },

	async run(context, itemIndex) {
		const wanted = readWanted(context, itemIndex);
		if (!wanted.ok) return refused(wanted.failure);
		const opened = await openConnection(context, { itemIndex, parallelRequests: wanted.value.source.parallelRequests });
		if (!opened.ok) return refused(opened.failure);
		const { close } = opened.value;
		return await write(context, itemIndex, opened.value, wanted.value).finally(close);
	},
};

function readWanted(context: IExecuteFunctions, itemIndex: number): Result<Wanted> {
	const given = readOptions(context, itemIndex);
	return allValid<Wanted>({
		source: readSource(context, itemIndex, world.now()),
		field: readFieldName(context, itemIndex),
		addFields: readChoices('addFields', 'Add Fields', given.addFields ?? USUAL_FIELDS, ADDED_FIELDS),
		result: readResult(context, itemIndex),
		filters: readFilters(context, itemIndex),
		country: readCountry(given),
		format: readFileFormat(context, itemIndex, given),
		columns: readColumns(given.columns ?? [...FIELDS]),
		fileName: readText('fileName', 'File Name', given.fileName),
	});
}

/** In the order in which they were chosen. */
function readColumns(given: unknown): Result<Array<keyof AmdRecord>> {
	const list = listOf(given);
	const chosen = readChoices('columns', 'Columns', list, FIELDS);
	if (!chosen.ok) return chosen;
	if (chosen.value.length > 0) return ok([...chosen.value].sort((a, b) => list.indexOf(a) - list.indexOf(b)));
	return invalid('columns', 'Columns is empty', 'Choose at least one column, or remove the option to get all six.');
}

async function write(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	wanted: Wanted,
): Promise<Outcome> {
	const { source, addFields, field } = wanted;
	const { names, missing } = addFields.includes('campaign_name') ? await readNames(open) : NO_NAMES;
	const fileFormat: FileFormat = { ...wanted.format, columns: [...wanted.columns, ...addFields] };
	const given = wanted.fileName || defaultName(campaignsInName(source.campaign), source.range.window);
	const read = openReading(context, open, source);
	const selection = new Selection(wanted.result, wanted.filters, wanted.country);
	const { zone, window } = source.range;
	const rows = rowsOf(read.parts, adding(addFields, { zone, country: wanted.country, names }), selection);
	const name = fileName(given, endingsOf(fileFormat));
	const stored = await storeFile(context, { name, format: fileFormat }, rows);
	const settled = await read.settle();
	if (!settled.ok) return settled;
	const range = { range_from: formatWall(window.from), range_to: formatWall(window.to - 1) };
	const items = stored.map(({ binary, fileName: called, records, sizeBytes }) => ({
		json: { file_name: called, records, ...range, campaign: campaignsShown(source.campaign), size_bytes: sizeBytes },
		binary: { [field]: binary },
		pairedItem: { item: itemIndex },
	}));
	const kept = stored.reduce((sum, { records }) => sum + records, 0);
	return {
		ok: true,
		items,
		summary: withRemarks(
			withWarnings(
				summaryOf(settled.report, { ...settled, kept, isItems: false, say: open.say, withoutToken: open.withoutToken }),
				selection.warnings(kept),
			),
			missing,
			source.range,
		),
	};
}

/** Rows of the file, one batch per window. */
async function* rowsOf(
	parts: AsyncIterable<Part>,
	withAdded: ReturnType<typeof adding>,
	selection: Selection,
): AsyncGenerator<Iterable<Row>> {
	for await (const part of parts) yield rows(withAdded(part), selection);
}

function* rows(added: Iterable<WithAdded>, selection: Selection): Generator<Row> {
	for (const { record, values } of added) {
		if (selection.wants(record)) yield { ...record, ...values };
	}
}
