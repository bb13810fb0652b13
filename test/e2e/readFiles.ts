import { chain, manualTrigger } from '../../scripts/n8n/workflows.mjs';
import type { RawRow } from '../simulator';
import { runToEnd, type N8nUnderTest } from './n8nUnderTest';

/** The rows of an XLSX file, as n8n itself reads them back. */
export async function xlsxRows(world: N8nUnderTest, file: string): Promise<RawRow[]> {
	const read = {
		name: 'Read',
		type: 'n8n-nodes-base.readWriteFile',
		version: 1,
		parameters: { operation: 'read', fileSelector: file, options: {} },
	};
	const extract = {
		name: 'Extract',
		type: 'n8n-nodes-base.extractFromFile',
		version: 1,
		parameters: { operation: 'xlsx', options: { rawData: true, includeEmptyCells: true } },
	};
	const { id } = await world.client.createWorkflow(chain(`Read ${file}`, [manualTrigger, read, extract]));
	const execution = await runToEnd(world, id);
	return execution.items('Extract').map(({ json }) => json as RawRow);
}

/** The records of a CSV text (RFC 4180), each an array of its cells; the header is the first. */
export function csvRecords(text: string, delimiter = ','): string[][] {
	const records: string[][] = [];
	let cells: string[] = [];
	const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`, 'y');
	while (cell.lastIndex < text.length) {
		const found = cell.exec(text);
		if (!found) throw new Error(`Not CSV: ${text.slice(0, 80)}`);
		cells.push(found[1] === undefined ? found[2] : found[1].replace(/""/g, '"'));
		if (found[3] === delimiter) continue;
		records.push(cells);
		cells = [];
	}
	return records;
}
