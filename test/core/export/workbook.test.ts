/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';

import type { FileFormat } from '../../../core/export/file';
import { Portion, RowSource, type Row } from '../../../core/export/rowSource';
import type { SheetLimits } from '../../../core/export/xlsx/sheet';
import { cellText } from '../../../core/export/xlsx/texts';
import { workbook } from '../../../core/export/xlsx/workbook';
import { type Reader, type Shown, batchesOf, excelJs, hucre, readExcelFile, sheetJs, written } from './readers';

const xlsx: FileFormat = {
	format: 'xlsx',
	columns: ['id', 'text', 'date'],
	delimiter: ',',
	byteOrderMark: false,
	untouchedCells: false,
	compress: false,
};

const asWritten = (text: string): string => text;
/** exceljs takes back only what it has in its table of texts. */
const undecoded = (text: string): string => text.replace(/_(?=[xX][\dA-Fa-f]{4}_)/g, '_x005F_');

/** Each with what it makes of a text that the standard has another way. */
const readers: Array<[name: string, read: Reader, known: (text: string) => string]> = [
	["SheetJS, n8n's own", sheetJs, asWritten],
	['hucre', hucre, asWritten],
	['exceljs', excelJs, undecoded],
	['read-excel-file', readExcelFile, (text) => text.trim()],
];

/** Texts of whatever units there are, and of the pieces that writers and readers stumble over. */
const text = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'binary', maxLength: 4 }),
			fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 4 }),
			fc.constantFrom('_x0041_', '_X2024_', '_x005F_', '_xd975_', '_x', '_', 'x0041_', '\r', '\r\n', '\n', '\t', ' '),
			fc.constantFrom('&', '&amp;', '<', '>', ']]>', '<![CDATA[', '"', "'", '=1+1', '\u0000', '\u000B', '\uFFFE'),
			fc.constantFrom('00123456789', '1234567890123456789', 'true', '1e5', '2025-03-04', 'ñ', '😀', '\uD83D', '\u0085'),
		),
		{ maxLength: 8 },
	)
	.map((pieces) => pieces.join(''));

const date = fc
	.integer({ min: Date.UTC(1900, 2, 1) / 1_000, max: Date.UTC(9999, 11, 31) / 1_000 })
	.map((at) => new Date(at * 1_000).toISOString().slice(0, 19).replace('T', ' '));

/** Cells of a row, nulls for those that are not there. */
const padded = (rows: readonly Shown[][], width: number): Shown[][] =>
	rows.map((row) => Array.from({ length: width }, (_, place) => row[place] ?? null));

describe.each(readers)('%s', (_, read, known) => {
	const shown = (value: Row[string]): Shown => known(cellText(String(value ?? ''))) || null;

	it('reads any texts and dates back as they were written, however the rows come and wherever sheets end', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(fc.record({ text, date }), { maxLength: 5 }), { maxLength: 4 }),
				fc.integer({ min: 2, max: 6 }),
				async (given, sheetRows) => {
					let id = 0;
					const batches = given.map((rows) => rows.map((row): Row => ({ id: `00${++id}`, ...row })));
					const rows = batches.flat().map((row) => [row.id as string, shown(row.text), row.date as string]);
					const file = await workbookOf(batches, { sheetRows, sheetBytes: 1_000_000 });
					const sheets = [...(await read(file))];
					expect(sheets.map(([name]) => name)).toEqual(
						sheets.map((__, at) => (at === 0 ? 'Records' : `Records ${at + 1}`)),
					);
					expect(sheets.map(([, [head]]) => head)).toEqual(sheets.map(() => ['id', 'text', 'date']));
					expect(sheets.flatMap(([, [, ...below]]) => padded(below, 3))).toEqual(rows);
					expect(sheets).toHaveLength(Math.max(1, Math.ceil(rows.length / (sheetRows - 1))));
				},
			),
			{ numRuns: 60 },
		);
	});

	it('reads a text as long as a cell may be, and what is longer cut there, never within a character', async () => {
		const texts = ['a'.repeat(32_767), 'b'.repeat(40_000), `${'c'.repeat(32_766)}😀`, `${'\r\n'.repeat(40_000)}d`];
		const file = await written(xlsx, [texts.map((long, at) => ({ id: String(at), text: `x${long}` }))]);
		const [[, [, ...rows]]] = await read(file);
		expect(rows.map(([, cell]) => cell)).toEqual(texts.map((long) => shown(`x${long}`)));
		expect(cellText('b'.repeat(40_000))).toHaveLength(32_767);
		expect(cellText(texts[2])).toBe('c'.repeat(32_766));
	});
});

async function workbookOf(batches: Row[][], limits?: SheetLimits): Promise<Buffer> {
	const columns = xlsx.columns.map((name) => ({ name, isDate: name === 'date' }));
	const pieces: Uint8Array[] = [];
	const source = new RowSource(batchesOf(batches));
	for await (const piece of workbook(columns, new Portion(source), limits)) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** The parts of an archive by its directory, as its last bytes tell where that is. */
function partsOf(file: Buffer): Map<string, { flags: number; method: number; text: string }> {
	const parts = new Map<string, { flags: number; method: number; text: string }>();
	const end = file.length - 22;
	expect(file.readUInt32LE(end)).toBe(0x06054b50);
	let at = file.readUInt32LE(end + 16);
	for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
		const [packed, name, start] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt32LE(at + 42)];
		const bytes = start + 30 + name;
		expect(file.readUInt32LE(bytes + packed)).toBe(0x08074b50);
		parts.set(file.toString('ascii', at + 46, at + 46 + name), {
			flags: file.readUInt16LE(start + 6),
			method: file.readUInt16LE(start + 8),
			text: inflateRawSync(file.subarray(bytes, bytes + packed)).toString(),
		});
		at += 46 + name;
	}
	expect(at).toBe(end);
	return parts;
}

test('the archive has the one form and order that every reader takes, and its XML the one notation', async () => {
	const rows: Row[] = [
		{ id: '001', text: ' a<b ', date: '2025-03-04 10:17:23' },
		{ id: '002', text: null },
	];
	const parts = partsOf(await written(xlsx, [rows]));
	expect([...parts.keys()]).toEqual([
		'xl/worksheets/sheet1.xml',
		'xl/workbook.xml',
		'xl/_rels/workbook.xml.rels',
		'xl/styles.xml',
		'xl/sharedStrings.xml',
		'_rels/.rels',
		'[Content_Types].xml',
	]);
	expect(new Set([...parts.values()].map(({ flags, method }) => `${flags} ${method}`))).toEqual(new Set(['8 8']));
	expect([...parts].map(([name, { text: xml }]) => `${name}\n${xml}`).join('\n\n')).toMatchSnapshot();
});

test('the same rows make the same bytes', async () => {
	const rows = [[{ id: '1', text: 'a', date: '2025-03-04 10:17:23' }]];
	expect((await written(xlsx, rows)).equals(await written(xlsx, rows))).toBe(true);
});

test.each([
	['2025-03-04 10:17:23', 45_720 + (10 * 3_600 + 17 * 60 + 23) / 86_400 + 3e-9],
	['04/03/2025 10:17 p.m.', 45_720 + (22 * 3_600 + 17 * 60) / 86_400 + 3e-9],
	['1900-03-01 00:00:00', 61 + 3e-9],
	['1900-02-28 23:59:59', null],
	['0000-00-00 00:00:00', null],
	['soon', null],
])('the date %s is the day %s of a spreadsheet, or stays a text where it has none such', async (text_, serial) => {
	const xml = partsOf(await written(xlsx, [[{ id: '1', text: '', date: text_ }]])).get(
		'xl/worksheets/sheet1.xml',
	)?.text;
	expect(xml).toContain(
		serial === null ? `<c r="C2" t="inlineStr"><is><t>${text_}</t></is></c>` : `<c r="C2" s="1"><v>${serial}</v></c>`,
	);
});

test('a sheet ends at its last row or before it is too large to be read; rows of nothing keep their place', async () => {
	const sheetsOf = async (batches: Row[][], limits?: SheetLimits) =>
		[...partsOf(await workbookOf(batches, limits))]
			.filter(([name]) => name.startsWith('xl/worksheets/'))
			.map(([, { text: xml }]) => xml.match(/<row /g)?.length);
	expect(await sheetsOf([new Array<Row>(1_048_576).fill({})])).toEqual([1_048_576, 2]);
	expect(await sheetsOf([new Array<Row>(9).fill({})], { sheetRows: 10, sheetBytes: 1_000 })).toEqual([10]);
	const long = { id: '1', text: 'x'.repeat(30_000) };
	expect(await sheetsOf([Array.from({ length: 31 }, () => long)], { sheetRows: 100, sheetBytes: 400_000 })).toEqual([
		16, 16, 2,
	]);
	expect(await sheetsOf([[{ id: '1' }, { id: '' }, {}, { id: '2' }]])).toEqual([5]);
});

test('columns past Z have names of two letters', async () => {
	const columns = Array.from({ length: 54 }, (_, at) => `c${at}`);
	const file = await written({ ...xlsx, columns }, [[Object.fromEntries(columns.map((name) => [name, name]))]]);
	const xml = partsOf(file).get('xl/worksheets/sheet1.xml')?.text;
	for (const cell of ['Z2', 'AA2', 'AZ2', 'BA2', 'BB2']) expect(xml).toContain(`<c r="${cell}"`);
	for (const read of [sheetJs, hucre, excelJs]) expect([...(await read(file)).values()][0][1]).toEqual(columns);
});
