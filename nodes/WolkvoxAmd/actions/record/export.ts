import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Part } from '../../../../core/extraction/extract';
import { chunksOf } from '../../../../core/export/chunks';
import type { CsvRow } from '../../../../core/export/csv';
import { type FileFormat, MIME_TYPES, headOf } from '../../../../core/export/encoding';
import { defaultName, fileName } from '../../../../core/export/fileName';
import { type Result, invalid, ok } from '../../../../core/failures';
import { type AmdRecord, FIELDS, detectionOf } from '../../../../core/api/record';
import { formatWall } from '../../../../core/time/wallClock';
import { summaryOf, withRemarks } from '../../../shared/output/runSummary';
import {
	ADDED_FIELDS,
	type AddedContext,
	type AddedField,
	type AddedValues,
	adder,
} from '../../../shared/output/addedFields';
import { NO_NAMES, readNames } from '../../../shared/form/campaignList';
import { openReading } from '../../../shared/extraction';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { type Outcome, refused } from '../../../shared/output/outcome';
import { type Source, allValid, readFieldName, readOptions, readSource } from '../../../shared/form/parameters';
import { listOf, readBoolean, readChoice, readChoices, readText } from '../../../shared/form/values';
import { type FileToStore, storeFile } from '../../../shared/output/binaryStorage';
import { world } from '../../../shared/connection/transport';
import type { Operation } from '../operation';
import { binaryPropertyName, campaign, dateRange, options } from '../../../shared/form/properties';

const format: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	default: 'csv',
	options: [
		{ name: 'CSV', value: 'csv', description: 'For spreadsheets; cells that would run as formulas are made harmless' },
		{ name: 'NDJSON', value: 'ndjson', description: 'One JSON object per line, every text as Wolkvox sends it' },
	],
};

const byteOrderMark: INodeProperties = {
	displayName: 'Byte Order Mark',
	name: 'byteOrderMark',
	type: 'boolean',
	default: false,
	description: 'Whether a CSV file starts with the mark by which Excel knows that it is UTF-8',
};

const columns: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'multiOptions',
	default: [...FIELDS],
	description: "Which of the record's own fields the file has, in the order chosen; added fields follow them",
	options: [...FIELDS].sort().map((field) => ({ name: field, value: field })),
};

const compress: INodeProperties = {
	displayName: 'Compress',
	name: 'compress',
	type: 'boolean',
	default: false,
	description: 'Whether to compress the file with gzip, to about a tenth of its size',
};

const delimiter: INodeProperties = {
	displayName: 'Delimiter',
	name: 'delimiter',
	type: 'options',
	default: ',',
	description: 'What stands between the cells of a CSV file; spreadsheets set to Spanish expect the semicolon',
	options: [
		{ name: 'Comma', value: ',' },
		{ name: 'Semicolon', value: ';' },
	],
};

const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. amd-may',
	description: 'Name of the file, its ending is added; empty makes one of campaign and dates',
};

interface Wanted {
	readonly source: Source;
	readonly field: string;
	readonly addFields: AddedField[];
	readonly result: 'all' | 'human' | 'machine';
	readonly format: 'csv' | 'ndjson';
	readonly columns: Array<keyof AmdRecord>;
	readonly delimiter: string;
	readonly compress: boolean;
	readonly byteOrderMark: boolean;
	/** Empty leaves it to campaign and range. */
	readonly fileName: string;
}

export const recordExport: Operation = {
	resource: 'record',
	operation: 'export',
	name: 'Export to File',
	action: 'Export AMD records to a file',
	description: 'Write every record of a date range into a CSV or NDJSON file: millions of records in little memory',
	properties: [
		campaign,
		...dateRange,
		format,
		binaryPropertyName,
		options(
			'addFields',
			byteOrderMark,
			columns,
			compress,
			delimiter,
			fileNameOption,
			'maxRequests',
			'onIncomplete',
			'parallelRequests',
			'result',
			'timezone',
		),
	],

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
		addFields: readChoices('addFields', 'Add Fields', given.addFields ?? [], ADDED_FIELDS),
		result: readChoice('result', 'Result', given.result ?? 'all', ['all', 'human', 'machine']),
		format: readChoice('format', 'Format', context.getNodeParameter('format', itemIndex, 'csv'), ['csv', 'ndjson']),
		columns: readColumns(given.columns ?? [...FIELDS]),
		compress: readBoolean('compress', 'Compress', given.compress),
		byteOrderMark: readBoolean('byteOrderMark', 'Byte Order Mark', given.byteOrderMark),
		fileName: readText('fileName', 'File Name', given.fileName),
		delimiter: readChoice('delimiter', 'Delimiter', given.delimiter ?? ',', [',', ';']),
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
	const { source, addFields, result, field } = wanted;
	const { names, missing } = addFields.includes('campaignName') ? await readNames(open) : NO_NAMES;
	const { format, delimiter, byteOrderMark: hasMark } = wanted;
	const fileFormat: FileFormat = {
		format,
		columns: [...wanted.columns, ...addFields],
		delimiter,
		byteOrderMark: hasMark,
	};
	const read = openReading(context, open, source);
	const rows = rowsOf(read.parts, addFields, { serverCode: open.server.code, zone: source.range.zone, names }, result);
	const stored = await storeFile(
		context,
		fileOf(source, fileFormat, wanted.compress, wanted.fileName),
		chunksOf(fileFormat, rows),
	);
	const settled = read.settle();
	if (!settled.ok) return settled;
	const range = { from: formatWall(source.range.window.from), to: formatWall(source.range.window.to - 1) };
	const items = stored.map(({ binary, fileName: name, records, sizeBytes }) => ({
		json: { fileName: name, records, ...range, campaign: source.campaign, sizeBytes },
		binary: { [field]: binary },
		pairedItem: { item: itemIndex },
	}));
	const kept = stored.reduce((sum, { records }) => sum + records, 0);
	return {
		ok: true,
		items,
		summary: withRemarks(
			summaryOf(settled.report, { ...settled, kept, isItems: false, say: open.say }),
			missing,
			source.range,
		),
	};
}

function fileOf(
	{ campaign: id, range }: Source,
	fileFormat: FileFormat,
	isCompressed: boolean,
	given: string,
): FileToStore {
	const endings = isCompressed ? [fileFormat.format, 'gz'] : [fileFormat.format];
	const name = fileName(given || defaultName(id, range.window), endings);
	return {
		name,
		endings,
		mimeType: MIME_TYPES[isCompressed ? 'gzip' : fileFormat.format],
		head: headOf(fileFormat),
		compress: isCompressed,
	};
}

/** Rows of the file, one batch per window. */
async function* rowsOf(
	parts: AsyncIterable<Part>,
	addFields: readonly AddedField[],
	context: AddedContext,
	result: Wanted['result'],
): AsyncGenerator<Iterable<CsvRow>> {
	const adding = adder(addFields, context);
	for await (const { records, undated } of parts) yield rows(records, adding(undated), result);
}

function* rows(
	records: Iterable<AmdRecord>,
	add: (record: AmdRecord) => AddedValues,
	result: Wanted['result'],
): Generator<CsvRow> {
	for (const record of records) {
		const added = add(record);
		if (result === 'all' || detectionOf(record) === result) yield { ...record, ...added };
	}
}
