import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { FileFormat } from '../../../../core/export/file';
import { type Result } from '../../../../core/failures';
import { allValid } from '../../../shared/form/parameters';
import { readBoolean, readChoice } from '../../../shared/form/values';

const FORMATS = ['xlsx', 'csv', 'ndjson'] as const;
const DELIMITERS = [',', ';'] as const;

/** Shown where the file is text. */
const forFormats = (...formats: Array<FileFormat['format']>): INodeProperties['displayOptions'] => ({
	show: { '/format': formats },
});

export const format: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	default: 'xlsx',
	options: [
		{
			name: 'CSV',
			value: 'csv',
			description: 'Text with a delimiter; cells that a spreadsheet would run as formulas are made harmless',
		},
		{
			name: 'Excel (.xlsx)',
			value: 'xlsx',
			description: 'Opens in any spreadsheet, whatever its language: IDs and telephones as text, dates as dates',
		},
		{
			name: 'NDJSON',
			value: 'ndjson',
			description: 'For programs: one JSON object per line, every text as Wolkvox sends it',
		},
	],
};

export const byteOrderMark: INodeProperties = {
	displayName: 'Byte Order Mark',
	name: 'byteOrderMark',
	type: 'boolean',
	default: false,
	displayOptions: forFormats('csv'),
	description: 'Whether a CSV file starts with the mark by which Excel knows that it is UTF-8',
};

export const compress: INodeProperties = {
	displayName: 'Compress',
	name: 'compress',
	type: 'boolean',
	default: false,
	displayOptions: forFormats('csv', 'ndjson'),
	description: 'Whether to compress the file with gzip, to about a tenth of its size',
};

export const delimiter: INodeProperties = {
	displayName: 'Delimiter',
	name: 'delimiter',
	type: 'options',
	default: ',',
	displayOptions: forFormats('csv'),
	description: 'What stands between the cells of a CSV file; spreadsheets set to Spanish expect the semicolon',
	options: [
		{ name: 'Comma', value: ',' },
		{ name: 'Semicolon', value: ';' },
	],
};

export const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. amd-may',
	description: 'Name of the file, its ending is added; empty makes one of campaign and dates',
};

export const leaveCellsUntouched: INodeProperties = {
	displayName: 'Leave Cells Untouched',
	name: 'leaveCellsUntouched',
	type: 'boolean',
	default: false,
	displayOptions: forFormats('csv'),
	description:
		'Whether a CSV file is for a program, not a spreadsheet: no apostrophe before what would run as a formula',
};

/** How the file is to be written; its columns are another question. */
export const readFileFormat = (
	context: IExecuteFunctions,
	itemIndex: number,
	given: IDataObject,
): Result<Omit<FileFormat, 'columns'>> =>
	allValid<Omit<FileFormat, 'columns'>>({
		format: readChoice('format', 'Format', context.getNodeParameter('format', itemIndex, 'xlsx'), FORMATS),
		compress: readBoolean('compress', 'Compress', given.compress),
		byteOrderMark: readBoolean('byteOrderMark', 'Byte Order Mark', given.byteOrderMark),
		delimiter: readChoice('delimiter', 'Delimiter', given.delimiter ?? ',', DELIMITERS),
		untouchedCells: readBoolean('leaveCellsUntouched', 'Leave Cells Untouched', given.leaveCellsUntouched),
	});
