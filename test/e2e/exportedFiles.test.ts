/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { currentVersion } from '../../scripts/n8n/install.mjs';
import { amdRecords, chain, manualTrigger, writeFile } from '../../scripts/n8n/workflows.mjs';
import { excelJs, hucre } from '../core/export/readers';
import { startSimulator, wallText, type RawRow, type Simulator } from '../simulator';
import { n8nUnderTest, runToEnd, tell, type N8nUnderTest } from './n8nUnderTest';
import { hasOffice, shownBySpanishOffice } from './support/office';

const range = { dateRange: 'custom', from: '2024-05-13', to: '2024-05-13' };
const truth = { from: '2024-05-13 00:00:00', to: '2024-05-14 00:00:00' };
/** Voice files whose names a spreadsheet would run, or that break a careless writer. */
const names = [
	'00123456789',
	'1234567890123456789',
	'grab_x2024_01.mp3',
	' two blanks ',
	'<b>&amp;',
	'=HYPERLINK("http://x","y")',
	'+1+1',
	'-2+3|cmd',
	'@SUM(A1)',
	'a;b,c"d',
	'two\nlines',
	'buzón “1”.wav',
];

let simulator: Simulator;
let world: N8nUnderTest;
let expected: RawRow[];
beforeAll(async () => {
	const campaigns = names.map((file, i) => ({ id: String(i + 1), name: `Campaign ${i + 1}`, share: 1, file }));
	simulator = await startSimulator({ rowsPerDay: 3_000, campaigns });
	world = await n8nUnderTest(currentVersion);
	expected = [...simulator.rows(truth)].map((row) => ({
		...row,
		file_name: /^[=+\-@]/.test(row.file_name) ? `'${row.file_name}` : row.file_name,
	}));
});
afterAll(async () => {
	await world?.remove();
	await simulator?.close();
});

const decompress = {
	name: 'Decompress',
	type: 'n8n-nodes-base.compression',
	version: 1.1,
	parameters: { operation: 'decompress', binaryPropertyName: 'data', outputPrefix: 'file_' },
};
const extract = (binaryPropertyName: string, options: object) => ({
	name: 'Extract',
	type: 'n8n-nodes-base.extractFromFile',
	version: 1,
	parameters: { operation: 'csv', binaryPropertyName, options: { includeEmptyCells: true, ...options } },
});

/** The file as n8n stored it, and what its own Extract from File makes of it. */
async function exported(
	options: object,
	steps: object[],
	format = 'csv',
): Promise<{ file: Buffer; items: Array<Record<string, unknown>> }> {
	const credential = await world.client.saveCredential({
		name: 'Wolkvox',
		type: 'wolkvoxApi',
		data: { server: simulator.url, token: simulator.token },
	});
	const records = amdRecords(credential, range);
	const exporting = {
		...records,
		parameters: {
			...records.parameters,
			operation: 'export',
			format,
			options: { fileName: 'exported', addFields: [], ...options },
		},
	};
	const path = join(world.filesFolder, 'exported');
	const { id } = await world.client.createWorkflow(
		chain('Exported file', [manualTrigger, exporting, writeFile(path), ...steps] as Parameters<typeof chain>[1]),
	);
	const execution = await runToEnd(world, id);
	return { file: await readFile(path), items: execution.items('Extract').map(({ json }) => json) };
}

const whole = (rows: readonly object[]) => rows.map((row) => JSON.stringify(Object.entries(row)));

test.each([
	['with commas', {}, [extract('data', {})]],
	[
		'with semicolons and a byte order mark',
		{ delimiter: ';', byteOrderMark: true },
		[extract('data', { delimiter: ';', enableBOM: true })],
	],
	['compressed', { compress: true }, [decompress, extract('file_0', {})]],
])("n8n's own Extract from File reads a CSV file %s, cell for cell", async (_, options, steps) => {
	const { items } = await exported(options, steps);
	expect(items).toHaveLength(expected.length);
	expect(whole(items)).toEqual(whole(expected));
});

describe('a workbook', () => {
	let file: Buffer;
	let items: Array<Record<string, unknown>>;
	let rows: RawRow[];
	beforeAll(async () => {
		const extractXlsx = {
			name: 'Extract',
			type: 'n8n-nodes-base.extractFromFile',
			version: 1,
			parameters: { operation: 'xlsx', binaryPropertyName: 'data', options: { includeEmptyCells: true } },
		};
		({ file, items } = await exported({}, [extractXlsx], 'xlsx'));
		rows = [...simulator.rows(truth)];
	});

	test("n8n's own Extract from File reads it cell for cell; dates are days there, equal to the second", () => {
		const secondOf = (days: unknown) => wallText(Math.floor((Number(days) - 25_569) * 86_400));
		expect(items).toHaveLength(rows.length);
		expect(typeof items[0].date).toBe('number');
		expect(whole(items.map((item) => ({ ...item, date: secondOf(item.date) })))).toEqual(whole(rows));
	});

	test('LibreOffice, set to Spanish, shows every cell as it is', async () => {
		if (!(await hasOffice())) return tell('LibreOffice is not here: its reading of the file is not checked');
		const sheets = sheetJs();
		const half = sheets.write(
			{ Sheets: { a: { A1: { t: 'n', v: 0.5 }, '!ref': 'A1' } }, SheetNames: ['a'] },
			{ type: 'buffer' },
		);
		expect(await shownBySpanishOffice(half)).toEqual([['0,5']]);
		const [head, ...shown] = await shownBySpanishOffice(file);
		expect(head).toEqual(Object.keys(rows[0]));
		expect(shown).toEqual(rows.map((row) => Object.values(row)));
	});

	test.each([
		['hucre', hucre, (text: string) => text],
		['exceljs', excelJs, (text: string) => text.replace('_x2024_', '_x005F_x2024_')],
	])('%s reads it cell for cell', async (_, read, known) => {
		const [[, [head, ...shown]]] = await read(file);
		expect(head).toEqual(Object.keys(rows[0]));
		expect(shown).toEqual(rows.map((row) => Object.values(row).map((cell) => (cell === '' ? null : known(cell)))));
	});
});

/** What is used of SheetJS, the spreadsheet reader within n8n. */
interface SheetJs {
	read(
		data: Buffer,
		options: object,
	): { Sheets: Record<string, Record<string, { v?: unknown; f?: string }>>; SheetNames: string[] };
	write(workbook: object, options: object): Buffer;
	utils: { sheet_to_json(sheet: object, options: object): RawRow[] };
}

const sheetJs = () => createRequire(join(world.install.folder, 'package.json'))('@e965/xlsx') as SheetJs;

test('a spreadsheet opens it with the same cells, and none of them is a formula', async () => {
	const { file } = await exported({ byteOrderMark: true, compress: true }, [decompress, extract('file_0', {})]);
	const sheets = sheetJs();
	const open = (text: Buffer, raw: boolean) => {
		const { Sheets, SheetNames } = sheets.read(text, { type: 'buffer', raw });
		return Sheets[SheetNames[0]];
	};
	const formulas = (text: Buffer) => Object.values(open(text, false)).filter(({ f }) => f !== undefined);
	expect(formulas(Buffer.from('a\r\n=1+1\r\n'))).toHaveLength(1);
	expect(formulas(gunzipSync(file))).toEqual([]);
	expect(whole(sheets.utils.sheet_to_json(open(gunzipSync(file), true), { defval: '' }))).toEqual(whole(expected));
});
