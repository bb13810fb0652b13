import * as SheetJs from '@e965/xlsx';
import * as ExcelJs from 'exceljs';

import type { FileFormat } from '../../../core/export/file';
import { bytesOf } from '../../../core/export/file';
import { Portion, RowSource, type Row } from '../../../core/export/rowSource';

/** What a reader makes of a cell: its text, its date as `YYYY-MM-DD HH:mm:ss`, null where there is none. */
export type Shown = string | null;

/** A way to open a workbook: its sheets, each with its rows. */
export type Reader = (file: Buffer) => Promise<Map<string, Shown[][]>>;

/** As n8n's Extract from File reads it; dates are serial numbers there. */
export const sheetJs: Reader = async (file) => {
	const { SheetNames, Sheets } = SheetJs.read(file, { type: 'buffer', raw: true });
	return new Map(
		SheetNames.map((name) => [
			name,
			SheetJs.utils
				.sheet_to_json<unknown[]>(Sheets[name], { header: 1, defval: null, raw: true, blankrows: true })
				.map((row) => row.map((cell) => (typeof cell === 'number' ? dateOfSerial(cell) : (cell as Shown)))),
		]),
	);
};

export const hucre: Reader = async (file) => {
	const { readXlsx } = await import('hucre');
	const { sheets } = await readXlsx(file);
	return new Map(sheets.map(({ name, rows }) => [name, rows.map((row) => row.map(shownOf))]));
};

export const excelJs: Reader = async (file) => {
	const workbook = new ExcelJs.Workbook();
	await workbook.xlsx.load(file as never);
	return new Map(
		workbook.worksheets.map((sheet) => {
			const rows: Shown[][] = [];
			sheet.eachRow({ includeEmpty: true }, (row) => rows.push(cellsOf(row)));
			return [sheet.name, rows];
		}),
	);
};

/** Takes blanks and line ends off every text. */
export const readExcelFile: Reader = async (file) => {
	const { default: read } = await import('read-excel-file/node');
	const sheets = (await read(file)) as unknown as Array<{ sheet: string; data: unknown[][] }>;
	return new Map(sheets.map(({ sheet, data }) => [sheet, data.map((row) => row.map(shownOf))]));
};

const cellsOf = ({ values }: ExcelJs.Row): Shown[] =>
	Array.from((values as unknown[]).slice(1), (value) => shownOf(value));

function shownOf(value: unknown): Shown {
	if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ');
	if (value === undefined || value === null) return null;
	if (typeof value === 'string') return value;
	throw new Error(`A reader gives neither text nor date: ${JSON.stringify(value)}`);
}

const dateOfSerial = (days: number): string =>
	new Date(Math.floor((days - 25_569) * 86_400) * 1_000).toISOString().slice(0, 19).replace('T', ' ');

/** Rows as a run gives them: in batches. */
export async function* batchesOf(batches: Iterable<Iterable<Row>>): AsyncGenerator<Iterable<Row>> {
	yield* batches;
}

/** A file of these rows, whole. */
export async function written(format: FileFormat, batches: Iterable<Iterable<Row>>): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of bytesOf(format, new Portion(new RowSource(batchesOf(batches))))) pieces.push(piece);
	return Buffer.concat(pieces);
}
