import { type CsvRow, csvLine } from './csv';

/** How a file is written. */
export interface FileFormat {
	readonly format: 'csv' | 'ndjson';
	/** Names of the columns, in order. */
	readonly columns: readonly string[];
	/** Between the cells of a CSV line: one character. */
	readonly delimiter: string;
	/** Whether a CSV file starts with U+FEFF, by which Excel knows UTF-8. */
	readonly byteOrderMark: boolean;
}

export const MIME_TYPES: Record<FileFormat['format'] | 'gzip', string> = {
	csv: 'text/csv',
	ndjson: 'application/x-ndjson',
	gzip: 'application/gzip',
};

/** What stands before the first row. */
export function headOf({ format, columns, delimiter, byteOrderMark }: FileFormat): string {
	return format === 'csv' ? `${byteOrderMark ? '\uFEFF' : ''}${csvLine(columns, delimiter)}` : '';
}

/** One row as a line of the file, its end included. */
export function lineOf({ format, columns, delimiter }: FileFormat, row: CsvRow): string {
	if (format === 'csv')
		return csvLine(
			columns.map((column) => row[column] ?? null),
			delimiter,
		);
	// Cell by cell: an object made for each row cost n8n 650 MB a million rows, since the engine kept them for long.
	return `{${columns.map((column) => `${JSON.stringify(column)}:${JSON.stringify(row[column] ?? null)}`).join(',')}}\n`;
}
