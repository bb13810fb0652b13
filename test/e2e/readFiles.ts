/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { N8nInstall } from '../../scripts/n8n/install.mjs';
import type { RawRow } from '../simulator';

interface SpreadsheetReader {
	readFile(file: string): { SheetNames: string[]; Sheets: Record<string, object> };
	utils: { sheet_to_json(sheet: object, options: { defval: string; raw: boolean }): RawRow[] };
}

/** The rows of an XLSX file, read with the library that n8n itself carries. */
export function xlsxRows(install: N8nInstall, file: string): RawRow[] {
	const reader = createRequire(join(install.folder, 'package.json'))('xlsx') as SpreadsheetReader;
	const { SheetNames, Sheets } = reader.readFile(file);
	return reader.utils.sheet_to_json(Sheets[SheetNames[0]], { defval: '', raw: true });
}

/** The records of a CSV text (RFC 4180), each an array of its cells; the header is the first. */
export function csvRecords(text: string): string[][] {
	const records: string[][] = [];
	let cells: string[] = [];
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
	while (cell.lastIndex < text.length) {
		const found = cell.exec(text);
		if (!found) throw new Error(`Not CSV: ${text.slice(0, 80)}`);
		cells.push(found[1] === undefined ? found[2] : found[1].replace(/""/g, '"'));
		if (found[3] === ',') continue;
		records.push(cells);
		cells = [];
	}
	return records;
}
