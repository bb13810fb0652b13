/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { gunzipSync } from 'node:zlib';
import { chunksOf } from '../../../core/export/chunks';
import type { CsvRow } from '../../../core/export/csv';
import { type FileFormat, headOf, lineOf } from '../../../core/export/encoding';
import { defaultName, fileName, partName } from '../../../core/export/fileName';
import { gzip } from '../../../core/export/gzip';
import { at } from '../analysis/rows';

const csv: FileFormat = { format: 'csv', columns: ['customer_id', 'isMachine'], delimiter: ',', byteOrderMark: false };
const ndjson: FileFormat = { ...csv, format: 'ndjson' };
const row = { customer_id: 'ñ, 1', telephone: '57', isMachine: true };

describe('formats', () => {
	test('CSV has a head, with a byte order mark if asked, and the chosen columns in their order', () => {
		expect(headOf(csv)).toBe('customer_id,isMachine\r\n');
		expect(headOf({ ...csv, byteOrderMark: true, delimiter: ';' })).toBe('\uFEFFcustomer_id;isMachine\r\n');
		expect(lineOf(csv, row)).toBe('"ñ, 1",true\r\n');
		expect(lineOf({ ...csv, columns: ['isMachine', 'absent', 'telephone'] }, row)).toBe('true,,57\r\n');
	});

	test('NDJSON has no head; a line is an object with the chosen columns, values untouched', () => {
		expect(headOf({ ...ndjson, byteOrderMark: true })).toBe('');
		expect(lineOf(ndjson, { ...row, customer_id: '=1' })).toBe('{"customer_id":"=1","isMachine":true}\n');
		expect(lineOf({ ...ndjson, columns: ['absent'] }, row)).toBe('{"absent":null}\n');
	});
});

async function* batchesOf(count: number, size: number, seen = { pulled: 0 }): AsyncGenerator<CsvRow[]> {
	for (let from = 0; from < count; from += size) {
		seen.pulled++;
		yield Array.from({ length: Math.min(size, count - from) }, (_, i) => ({
			customer_id: `é${from + i}`,
			isMachine: i % 2 === 0,
		}));
	}
}

describe('pieces', () => {
	test('are whole rows of bounded size, counted, and give every row once', async () => {
		let [records, text] = [0, ''];
		for await (const chunk of chunksOf(csv, batchesOf(50_000, 20_000))) {
			const part = new TextDecoder().decode(chunk.bytes);
			expect(part.endsWith('\r\n')).toBe(true);
			expect(chunk.bytes.length).toBeLessThan(300_000);
			expect(part.match(/\r\n/g)).toHaveLength(chunk.records);
			records += chunk.records;
			text += part;
		}
		expect(records).toBe(50_000);
		expect(text.split('\r\n').map((line) => line.split(',')[0])).toEqual([
			...Array.from({ length: 50_000 }, (_, i) => `é${i}`),
			'',
		]);
	});

	test('none is empty: neither for a batch without rows nor behind one that ends with a full piece', async () => {
		const long = { customer_id: 'x'.repeat(200_000), isMachine: true };
		async function* batches(): AsyncGenerator<CsvRow[]> {
			yield* [[], [row, long], [], [row]];
		}
		const counts: number[] = [];
		for await (const { records } of chunksOf(csv, batches())) counts.push(records);
		expect(counts).toEqual([2, 1]);
	});

	test('are pulled: no batch is read before the pieces of the one before are taken', async () => {
		const seen = { pulled: 0 };
		const chunks = chunksOf(csv, batchesOf(100, 10, seen));
		await chunks.next();
		expect(seen.pulled).toBe(1);
	});
});

describe('gzip', () => {
	async function* bytes(count: number): AsyncGenerator<Uint8Array> {
		for (let i = 0; i < count; i++) yield new Uint8Array(100_000).fill(i);
	}

	test('gives what gunzip opens, of nothing too', async () => {
		for (const count of [0, 1, 30]) {
			const packed: Uint8Array[] = [];
			for await (const chunk of gzip(bytes(count))) packed.push(chunk);
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
			for await (const chunk of gzip(failing())) expect(chunk).toBeDefined();
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
		for await (const chunk of gzip(endless())) if (chunk.length > 0) break;
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
		['ñ'.repeat(250), ['csv'], `${'ñ'.repeat(98)}.csv`],
		['x\u202Evsc.exe', ['csv'], 'x-vsc.exe.csv'],
		['', ['csv'], 'amd.csv'],
		['...', ['csv'], 'amd.csv'],
		['x'.repeat(500), ['csv', 'gz'], `${'x'.repeat(193)}.csv.gz`],
	])('%j becomes safe and ends as its content', (given, endings, name) => expect(fileName(given, endings)).toBe(name));

	test('of one part of several', () =>
		expect(partName('amd-all.csv.gz', 2, ['csv', 'gz'])).toBe('amd-all-part-002.csv.gz'));
});
