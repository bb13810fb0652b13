/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { FIELDS } from '../../core/api/record';
import { gunzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';
import { outputLimits } from '../../core/limits';
import preview from '../../nodes/WolkvoxAmd/__schema__/v1.0.0/record/export.json';
import { type RawRow, type Simulator, type SimulatorOptions, digestOf, startSimulator } from '../simulator';
import { sheetJs } from '../core/export/readers';
import { type BinaryStorage, openDatabaseStorage, openFileStorage } from './binaryStorage';
import { runNode } from './harness';

const ALL_FIELDS = [...FIELDS, 'record_id', 'timestamp'];
const week = { dateRange: 'custom', from: '2025-03-03', to: '2025-03-09' };
const truthOfWeek = { from: '2025-03-03 00:00:00', to: '2025-03-10 00:00:00' };

let simulator: Simulator;
let usual: Partial<SimulatorOptions>;
let storage: BinaryStorage;
beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 3_000, now: () => '2025-03-12 15:00:00' });
	usual = { ...simulator.options };
});
afterAll(async () => await simulator.close());
afterEach(async () => {
	await storage.close();
	simulator.configure(usual);
});

const exporting = async (parameters: INodeParameters) =>
	await runNode({
		parameters: { resource: 'record', operation: 'export', ...parameters },
		credentials: { server: simulator.url, token: simulator.token },
	});

/** Cells of a CSV file without quotes inside, as these are. */
const cells = (text: string, delimiter = ',') =>
	text
		.split('\r\n')
		.slice(0, -1)
		.map((line) => line.split(delimiter).map((cell) => cell.replace(/^"(.*)"$/, '$1')));
const rowOf = ([customer_id, campaign_id, file_name, telephone, result, date]: string[]): RawRow => ({
	customer_id,
	campaign_id,
	file_name,
	telephone,
	result,
	date,
});

const linesOf = (text: Buffer) =>
	text
		.toString()
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as RawRow);

/** The records of a workbook's only sheet. */
const workbookRows = async (file: Buffer): Promise<RawRow[]> =>
	(await sheetJs(file))
		.get('Records')!
		.slice(1)
		.map((row) => rowOf(row.map((cell) => cell ?? '')));

/** Limits of which a test cannot reach the real ones. */
async function withLimits(changed: Partial<Record<keyof typeof outputLimits, number>>, run: () => Promise<void>) {
	const usualLimits = { ...outputLimits };
	Object.assign(outputLimits, changed);
	await run().finally(() => Object.assign(outputLimits, usualLimits));
}

describe('in a file store', () => {
	beforeEach(async () => {
		storage = await openFileStorage();
	});

	it('writes every record of the range once into one CSV file', async () => {
		const { items, error, hints } = await exporting({ ...week, format: 'csv' });
		expect(error).toBeUndefined();
		const [{ json, binary, pairedItem }] = items;
		const file = await storage.read(binary!.data);
		const [head, ...rows] = cells(file.toString());
		const truth = simulator.truth(truthOfWeek);
		expect(head).toEqual(ALL_FIELDS);
		expect(digestOf(rows.map(rowOf))).toEqual(truth);
		expect(json).toEqual({
			file_name: 'amd-all-20250303-20250309.csv',
			records: truth.count,
			range_from: '2025-03-03 00:00:00',
			range_to: '2025-03-09 23:59:59',
			campaign: 'all',
			size_bytes: file.length,
		});
		expect(binary!.data).toMatchObject({
			fileName: 'amd-all-20250303-20250309.csv',
			mimeType: 'text/csv',
			fileExtension: 'csv',
		});
		expect(pairedItem).toEqual({ item: 0 });
		expect(Object.keys(items[0].json)).toEqual(Object.keys(preview.properties));
		expect(items).toHaveLength(1);
		expect(hints[0].message).toContain(`${truth.count.toLocaleString('en-US')} records`);
	});

	it('writes a workbook unless told otherwise: its rows are the records, its dates dates', async () => {
		const [first] = simulator.options.campaigns;
		simulator.configure({ campaigns: [{ ...first, share: 1, file: '=grab_x2024_01.mp3' }] });
		const { items } = await exporting(week);
		const file = await storage.read(items[0].binary!.data);
		const sheets = await sheetJs(file);
		expect([...sheets.keys()]).toEqual(['Records']);
		const [head, ...rows] = sheets.get('Records')!;
		expect(head).toEqual(ALL_FIELDS);
		expect(digestOf(await workbookRows(file))).toEqual(simulator.truth(truthOfWeek));
		expect(rows[0][2]).toBe('=grab_x2024_01.mp3');
		expect(items[0].json).toMatchObject({
			file_name: 'amd-all-20250303-20250309.xlsx',
			records: rows.length,
			size_bytes: file.length,
		});
		expect(items[0].binary!.data).toMatchObject({
			mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			fileExtension: 'xlsx',
		});
	});

	it('streams a file longer than one part, and counts what it wrote', async () => {
		simulator.configure({ rowsPerDay: 12_000 });
		const { items, error } = await exporting({ ...week, format: 'ndjson' });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const text = await storage.read(items[0].binary!.data);
		expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
		expect(digestOf(linesOf(text))).toEqual(simulator.truth(truthOfWeek));
		const name = 'amd-all-20250303-20250309.ndjson';
		expect(items[0].json).toMatchObject({
			file_name: name,
			records: simulator.truth(truthOfWeek).count,
			size_bytes: text.length,
		});
		expect(items[0].binary!.data).toMatchObject({ fileName: name, mimeType: 'application/x-ndjson' });
	});

	it('begins another workbook before one is too large for its format, each streamed and numbered', async () => {
		await withLimits({ partBytes: 20_000, workbookBytes: 100_000 }, async () => {
			const { items, error } = await exporting(week);
			expect(error).toBeUndefined();
			expect(items.length).toBeGreaterThan(2);
			const names = items.map((_, at) => `amd-all-20250303-20250309-part-${String(at + 1).padStart(3, '0')}.xlsx`);
			expect(items.map(({ json }) => json.file_name)).toEqual(names);
			expect(items.map(({ binary }) => binary!.data.fileName)).toEqual(names);
			const files = await Promise.all(items.map(async ({ binary }) => await storage.read(binary!.data)));
			expect(items.map(({ json }) => json.size_bytes)).toEqual(files.map(({ length }) => length));
			const rows = await Promise.all(files.map(workbookRows));
			expect(items.map(({ json }) => json.records)).toEqual(rows.map(({ length }) => length));
			expect(digestOf(rows.flat())).toEqual(simulator.truth(truthOfWeek));
		});
	});

	it('compresses into one member of gzip, since n8n reads no further', async () => {
		const { items } = await exporting({ ...week, format: 'ndjson', options: { compress: true } });
		const packed = await storage.read(items[0].binary!.data);
		expect(digestOf(linesOf(gunzipSync(packed)))).toEqual(simulator.truth(truthOfWeek));
		expect(packed.indexOf(Buffer.from([0x1f, 0x8b, 0x08]), 1)).toBe(-1);
		expect(items[0].json).toMatchObject({
			file_name: 'amd-all-20250303-20250309.ndjson.gz',
			size_bytes: packed.length,
		});
		expect(items[0].binary!.data.mimeType).toBe('application/gzip');
	});

	it('writes the chosen columns, then the added fields; mark, delimiter, name and field as told', async () => {
		const { items } = await exporting({
			...week,
			campaign: '7',
			format: 'csv',
			binaryPropertyName: 'file',
			result: 'human',
			options: {
				columns: ['date', 'customer_id'],
				addFields: ['is_machine', 'campaign_name', 'record_id', 'timestamp'],
				byteOrderMark: true,
				delimiter: ';',
				fileName: '../week 10',
			},
		});
		expect(items[0].json).toMatchObject({ file_name: 'week 10.csv', campaign: '7' });
		const text = (await storage.read(items[0].binary!.file)).toString();
		expect(text.startsWith('\uFEFFdate;customer_id;campaign_name;is_machine;record_id;timestamp\r\n')).toBe(true);
		const rows = cells(text, ';').slice(1);
		const humans = [...simulator.rows({ ...truthOfWeek, campaign: '7' })].filter(({ result }) => result === 'HUMAN');
		expect(rows.map(([date, customer]) => `${customer} ${date}`)).toEqual(
			humans.map((row) => `${row.customer_id} ${row.date}`),
		);
		expect(new Set(rows.map(([, , name, is_machine]) => `${name} ${is_machine}`))).toEqual(new Set(['Encuesta false']));
		expect(rows[0].slice(4)).toEqual([
			expect.stringMatching(/^[0-9a-f]{32}-1$/),
			`${humans[0].date.replace(' ', 'T')}-05:00`,
		]);
	});

	it('makes cells harmless that a spreadsheet would run', async () => {
		const [first] = simulator.options.campaigns;
		simulator.configure({ campaigns: [{ ...first, share: 1, file: '=HYPERLINK("http://x")' }] });
		const { items } = await exporting({ ...week, format: 'csv', options: { columns: ['file_name'], addFields: [] } });
		const lines = new Set((await storage.read(items[0].binary!.data)).toString().split('\r\n'));
		expect(lines).toEqual(new Set(['file_name', '', `"'=HYPERLINK(""http://x"")"`]));
		const untouched = await exporting({
			...week,
			format: 'csv',
			options: { columns: ['file_name'], addFields: [], leaveCellsUntouched: true },
		});
		const cells_ = (await storage.read(untouched.items[0].binary!.data)).toString().split('\r\n');
		expect(new Set(cells_)).toEqual(new Set(['file_name', '', `"=HYPERLINK(""http://x"")"`]));
	});

	it('gives a file with its head alone where there are no records', async () => {
		const nothing = { dateRange: 'custom', from: '2025-03-09T02:00:00', to: '2025-03-09T02:10:00' };
		const { items } = await exporting({ ...nothing, format: 'csv' });
		expect(items[0].json).toMatchObject({ records: 0, file_name: 'amd-all-20250309T020000-20250309T020959.csv' });
		expect((await storage.read(items[0].binary!.data)).toString()).toBe(`${ALL_FIELDS.join(',')}\r\n`);
		const workbook = (await exporting(nothing)).items[0].binary!.data;
		expect([...(await sheetJs(await storage.read(workbook)))]).toEqual([['Records', [ALL_FIELDS]]]);
	});

	it('returns no file where something is missing, or what is proven and a warning where that is wanted', async () => {
		simulator.configure({
			rowsPerDay: 300,
			spikes: [{ at: '2025-03-05 10:00:00', rows: 500, campaign: '7' }],
			capRecords: 500,
		});
		const stopped = await exporting({ ...week, campaign: '7' });
		expect(stopped.items).toEqual([]);
		expect(stopped.error?.message).toContain('Unproven: 2025-03-05');
		const proven = await exporting({ ...week, campaign: '7', options: { onIncomplete: 'returnProven' } });
		expect(proven.items[0].json.records).toBe(simulator.truth({ ...truthOfWeek, campaign: '7' }).count - 500);
		expect(proven.hints[0]).toMatchObject({
			type: 'warning',
			message: expect.stringContaining('Unproven: 2025-03-05'),
		});
	});

	it.each([
		[{ binaryPropertyName: ' ' }, 'Put Output File in Field is empty'],
		[{ format: 'xls' }, 'Format is not one that can be chosen: “xls”'],
		[{ options: { columns: [] } }, 'Columns is empty'],
		[{ options: { columns: ['nope'] } }, 'Columns is not one that can be chosen: “nope”'],
		[{ format: 'csv', options: { delimiter: '\t' } }, 'Delimiter is not one that can be chosen'],
	])('tells %j before any request', async (parameters, message) => {
		simulator.requests.length = 0;
		const { error } = await exporting({ ...week, ...parameters });
		expect(error?.message).toContain(message);
		expect(simulator.requests).toHaveLength(0);
	});
});

describe('in a store that takes files whole', () => {
	beforeEach(async () => {
		storage = await openDatabaseStorage();
	});

	/** The stored parts, whose names and numbers of records are as their items say. */
	async function partsOf(
		parameters: INodeParameters,
	): Promise<Array<{ name: string; file: Buffer; records: unknown }>> {
		const { items, error } = await exporting({ ...week, ...parameters });
		expect(error).toBeUndefined();
		return await Promise.all(
			items.map(async ({ json, binary }) => {
				const file = await storage.read(binary!.data);
				expect(json.size_bytes).toBe(file.length);
				expect(binary!.data.fileName).toBe(json.file_name);
				return { name: String(json.file_name), file, records: json.records };
			}),
		);
	}

	it('writes parts of bounded size, numbered, each whole in itself', async () => {
		simulator.configure({ rowsPerDay: 12_000 });
		const parts = await partsOf({ format: 'ndjson' });
		expect(parts.map(({ name }) => name)).toEqual(
			[1, 2].map((part) => `amd-all-20250303-20250309-part-00${part}.ndjson`),
		);
		expect(Math.max(...parts.map(({ file }) => file.length))).toBeLessThan(8.5 * 1024 * 1024);
		const rows = parts.map(({ file }) => linesOf(file));
		expect(parts.map(({ records }) => records)).toEqual(rows.map(({ length }) => length));
		expect(digestOf(rows.flat())).toEqual(simulator.truth(truthOfWeek));
	});

	it('begins every part of a CSV file with the head', async () => {
		simulator.configure({ rowsPerDay: 22_000 });
		const parts = await partsOf({ format: 'csv' });
		expect(parts.map(({ file }) => file.toString().split('\r\n', 1))).toEqual([
			[ALL_FIELDS.join(',')],
			[ALL_FIELDS.join(',')],
		]);
	});

	it.each(['xlsx', 'ndjson'])('makes each part of what is compressed a file of its own: %s', async (format) => {
		await withLimits({ partBytes: 100_000 }, async () => {
			const parts = await partsOf({ format, options: { compress: true } });
			const ending = format === 'xlsx' ? 'xlsx' : 'ndjson.gz';
			expect(parts.map(({ name }) => name)).toEqual(
				parts.map((_, at) => `amd-all-20250303-20250309-part-${String(at + 1).padStart(3, '0')}.${ending}`),
			);
			expect(parts.length).toBeGreaterThan(2);
			const rows = await Promise.all(
				parts.map(async ({ file }) => (format === 'xlsx' ? await workbookRows(file) : linesOf(gunzipSync(file)))),
			);
			expect(parts.map(({ records }) => records)).toEqual(rows.map(({ length }) => length));
			expect(digestOf(rows.flat())).toEqual(simulator.truth(truthOfWeek));
			expect(Math.max(...parts.map(({ file }) => file.length))).toBeLessThan(200_000);
		});
	});

	it('writes a short file as one', async () => {
		const { items } = await exporting(week);
		expect(items.map(({ json }) => json.file_name)).toEqual(['amd-all-20250303-20250309.xlsx']);
		expect(await storage.files()).toBe(1);
	});
});
