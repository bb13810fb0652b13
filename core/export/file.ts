import { compress } from './compress';
import { csvLine } from './csv';
import { type Portion, type Row, textOf } from './rowSource';
import { workbook } from './xlsx/workbook';

/** How a file is written. */
export interface FileFormat {
	readonly format: 'xlsx' | 'csv' | 'ndjson';
	/** Names of the columns, in order. */
	readonly columns: readonly string[];
	/** Between the cells of a CSV line: one character. */
	readonly delimiter: string;
	/** Whether a CSV file starts with U+FEFF, by which Excel knows UTF-8. */
	readonly byteOrderMark: boolean;
	/** Whether a CSV file has every text as it came, also what a spreadsheet would run as a formula. */
	readonly untouchedCells: boolean;
	/** Whether a CSV or NDJSON file is one member of gzip; a workbook is compressed as it is. */
	readonly compress: boolean;
}

/** The column that a workbook shows as dates. */
const DATE = 'date';

const MIME_TYPES: Record<FileFormat['format'], string> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv',
	ndjson: 'application/x-ndjson',
};

const isGzip = ({ format, compress: isWanted }: FileFormat): boolean => isWanted && format !== 'xlsx';

export const mimeTypeOf = (file: FileFormat): string => (isGzip(file) ? 'application/gzip' : MIME_TYPES[file.format]);

/** What its name ends in: `csv`, `gz`. */
export const endingsOf = (file: FileFormat): string[] => (isGzip(file) ? [file.format, 'gz'] : [file.format]);

/** A file of the rows, whole in itself, as a stream. */
export function bytesOf(file: FileFormat, rows: Portion): AsyncGenerator<Uint8Array, void> {
	if (file.format === 'xlsx') {
		return workbook(
			file.columns.map((name) => ({ name, isDate: name === DATE })),
			rows,
		);
	}
	return isGzip(file) ? compress('gzip', lines(file, rows)) : lines(file, rows);
}

async function* lines(file: FileFormat, rows: Portion): AsyncGenerator<Uint8Array, void> {
	const encoder = new TextEncoder();
	const { columns, delimiter, untouchedCells } = file;
	if (file.format === 'csv') {
		yield encoder.encode(`${file.byteOrderMark ? '\uFEFF' : ''}${csvLine(columns, delimiter, untouchedCells)}`);
	}
	const lineOf =
		file.format === 'csv'
			? (row: Row) =>
					csvLine(
						columns.map((column) => row[column] ?? null),
						delimiter,
						untouchedCells,
					)
			: (row: Row) => jsonLine(columns, row);
	for await (const text of textOf(rows, lineOf)) yield encoder.encode(text);
}

/** Cell by cell: an object made for each row cost n8n 650 MB a million rows, since the engine kept them for long. */
const jsonLine = (columns: readonly string[], row: Row): string =>
	`{${columns.map((column) => `${JSON.stringify(column)}:${JSON.stringify(row[column] ?? null)}`).join(',')}}\n`;
