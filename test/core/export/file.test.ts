/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { gunzipSync } from 'node:zlib';
import { compress } from '../../../core/export/compress';
import { type FileFormat, endingsOf, mimeTypeOf } from '../../../core/export/file';
import { defaultName, fileName, partName } from '../../../core/export/fileName';
import { at } from '../analysis/rows';
import { written } from './readers';

const csv: FileFormat = {
	format: 'csv',
	columns: ['customer_id', 'is_machine'],
	delimiter: ',',
	byteOrderMark: false,
	untouchedCells: false,
	compress: false,
};
const ndjson: FileFormat = { ...csv, format: 'ndjson' };
const row = { customer_id: 'ñ, 1', telephone: '57', is_machine: true };

describe('formats', () => {
	const text = async (file: FileFormat, ...rows: object[]) =>
		(await written(file, [rows as Array<Record<string, string>>])).toString();

	test('CSV has a head, with a byte order mark if asked, and the chosen columns in their order', async () => {
		expect(await text(csv)).toBe('customer_id,is_machine\r\n');
		expect(await text({ ...csv, byteOrderMark: true, delimiter: ';' })).toBe('\uFEFFcustomer_id;is_machine\r\n');
		expect(await text(csv, row)).toBe('customer_id,is_machine\r\n"ñ, 1",true\r\n');
		expect(await text({ ...csv, columns: ['is_machine', 'absent', 'telephone'] }, row)).toBe(
			'is_machine,absent,telephone\r\ntrue,,57\r\n',
		);
	});

	test('CSV makes formulas harmless, unless its cells are to stay untouched', async () => {
		const formula = { customer_id: '=1+1', is_machine: null };
		expect(await text(csv, formula)).toBe("customer_id,is_machine\r\n'=1+1,\r\n");
		expect(await text({ ...csv, untouchedCells: true }, formula)).toBe('customer_id,is_machine\r\n=1+1,\r\n');
	});

	test('NDJSON has no head; a line is an object with the chosen columns, values untouched', async () => {
		expect(await text({ ...ndjson, byteOrderMark: true })).toBe('');
		expect(await text(ndjson, { ...row, customer_id: '=1' })).toBe('{"customer_id":"=1","is_machine":true}\n');
		expect(await text({ ...ndjson, columns: ['absent'] }, row)).toBe('{"absent":null}\n');
	});

	test('each has its kind and its ending; both but the workbook can be one member of gzip', async () => {
		const told = (file: FileFormat) => [mimeTypeOf(file), endingsOf(file).join('.')];
		expect(told(csv)).toEqual(['text/csv', 'csv']);
		expect(told({ ...csv, compress: true })).toEqual(['application/gzip', 'csv.gz']);
		expect(told(ndjson)).toEqual(['application/x-ndjson', 'ndjson']);
		expect(told({ ...ndjson, compress: true })).toEqual(['application/gzip', 'ndjson.gz']);
		const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
		expect(told({ ...csv, format: 'xlsx' })).toEqual([workbook, 'xlsx']);
		expect(told({ ...csv, format: 'xlsx', compress: true })).toEqual([workbook, 'xlsx']);
		const packed = await written({ ...csv, compress: true }, [[{ customer_id: '1', is_machine: false }]]);
		expect(gunzipSync(packed).toString()).toBe('customer_id,is_machine\r\n1,false\r\n');
		expect(packed.indexOf(Buffer.from([0x1f, 0x8b, 0x08]), 1)).toBe(-1);
	});
});

describe('compression', () => {
	async function* bytes(count: number): AsyncGenerator<Uint8Array> {
		for (let i = 0; i < count; i++) yield new Uint8Array(100_000).fill(i);
	}

	test('gives what gunzip opens, of nothing too', async () => {
		for (const count of [0, 1, 30]) {
			const packed: Uint8Array[] = [];
			for await (const chunk of compress('gzip', bytes(count))) packed.push(chunk);
			const plain: Uint8Array[] = [];
			for await (const chunk of bytes(count)) plain.push(chunk);
			expect(gunzipSync(Buffer.concat(packed)).equals(Buffer.concat(plain))).toBe(true);
		}
	});

	test('throws what its source throws', async () => {
		async function* failing(): AsyncGenerator<Uint8Array> {
			yield new Uint8Array(10);
			await Promise.reject(new Error('the source ended badly'));
		}
		const read = async () => {
			for await (const chunk of compress('gzip', failing())) expect(chunk).toBeDefined();
		};
		await expect(read()).rejects.toThrow('the source ended badly');
	});

	test('ends its source when the reader goes', async () => {
		let ended = false;
		async function* endless(): AsyncGenerator<Uint8Array> {
			try {
				for (let i = 0; ; i++) yield new Uint8Array(65_536).map((_, at) => (at * 2_654_435_761 + i * 97) >>> 11);
			} finally {
				ended = true;
			}
		}
		for await (const chunk of compress('deflate-raw', endless())) if (chunk.length > 0) break;
		expect(ended).toBe(true);
	});
});

describe('names', () => {
	const window = (from: string, to: string) => ({ from: at(from), to: at(to) });

	test.each([
		['22109', '2024-05-01 00:00:00', '2024-06-01 00:00:00', 'amd-22109-20240501-20240531'],
		['all', '2024-05-01 00:00:00', '2024-05-02 00:00:00', 'amd-all-20240501'],
		['all', '2024-05-01 08:00:00', '2024-05-01 12:00:00', 'amd-all-20240501T080000-20240501T115959'],
		['all', '2024-05-01 00:00:00', '2024-05-01 12:00:00', 'amd-all-20240501T000000-20240501T115959'],
		['all', '2024-05-01 12:00:00', '2024-05-02 00:00:00', 'amd-all-20240501T120000-20240501T235959'],
	])('of campaign %s from %s to %s: %s', (campaign, from, to, name) =>
		expect(defaultName(campaign, window(from, to))).toBe(name),
	);

	test.each([
		['report', ['csv'], 'report.csv'],
		['report.CSV', ['csv'], 'report.csv'],
		['report.csv', ['csv', 'gz'], 'report.csv.gz'],
		['report.csv.gz', ['csv', 'gz'], 'report.csv.gz'],
		['../../etc/pass"wd\n', ['csv'], 'etc-pass-wd-.csv'],
		['C:\\x\\y', ['ndjson'], 'C-x-y.ndjson'],
		['Cobranza mayo', ['csv'], 'Cobranza mayo.csv'],
		['report.csv.gz', ['csv'], 'report.csv'],
		['report.XLSX', ['xlsx'], 'report.xlsx'],
		['report.csv', ['xlsx'], 'report.xlsx'],
		['ñ'.repeat(250), ['csv'], `${'ñ'.repeat(98)}.csv`],
		['x\u202Evsc.exe', ['csv'], 'x-vsc.exe.csv'],
		['', ['csv'], 'amd.csv'],
		['...', ['csv'], 'amd.csv'],
		['x'.repeat(500), ['csv', 'gz'], `${'x'.repeat(193)}.csv.gz`],
	])('%j becomes safe and ends as its content', (given, endings, name) => expect(fileName(given, endings)).toBe(name));

	test('of one part of several', () =>
		expect(partName('amd-all.csv.gz', 2, ['csv', 'gz'])).toBe('amd-all-part-002.csv.gz'));
});
