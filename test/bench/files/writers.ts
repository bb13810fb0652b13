/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

import { FIELDS } from '../../../core/api/record';
import { bytesOf } from '../../../core/export/file';
import { Portion, RowSource } from '../../../core/export/rowSource';
import { sheet } from '../../../core/export/xlsx/sheet';
import { exportLimits } from '../../../core/limits';
import type { RawRow } from '../../simulator';

export type BenchRow = Record<keyof RawRow, string>;

/** What every writer is given: some rows, to be written again and again until they are so many. */
export interface Task {
	readonly pool: readonly BenchRow[];
	readonly rows: number;
	readonly onBytes: (bytes: number) => void;
}

/** Writes a workbook of the task's rows, ids as texts and dates as dates, by its way for long files. */
export type Writer = (task: Task) => Promise<void>;

const FORMAT = 'yyyy\\-mm\\-dd\\ hh:mm:ss';

function* batchesOf({ pool, rows }: Task): Generator<readonly BenchRow[]> {
	for (let left = rows; left > 0; left -= pool.length) yield left < pool.length ? pool.slice(0, left) : pool;
}
async function* pulled<T>(batches: Iterable<T>): AsyncGenerator<T> {
	yield* batches;
}

/** Rows as the others take them; their dates are made beforehand, once for each row of the pool. */
function* valuesOf(task: Task): Generator<Array<string | Date>> {
	const all = new Map(
		task.pool.map((row) => [row, FIELDS.map((name) => (name === 'date' ? new Date(`${row.date}Z`) : row[name]))]),
	);
	for (const batch of batchesOf(task)) for (const row of batch) yield all.get(row)!;
}

const sinkOf = ({ onBytes }: Task): Writable =>
	new Writable({
		write(bytes: Uint8Array, _encoding, done) {
			onBytes(bytes.length);
			done();
		},
	});

/** A writer with a row at a time: it is left to write out what it has now and then, since it asks for no pause itself. */
async function rowByRow(task: Task, add: (values: Array<string | Date>) => void): Promise<void> {
	let written = 0;
	for (const values of valuesOf(task)) {
		add(values);
		if (++written % 500 === 0) await setImmediate();
	}
}

/** The bytes of our sheet, for the floor. */
async function xmlOf({ pool }: Task): Promise<Uint8Array[]> {
	const columns = FIELDS.map((name) => ({ name, isDate: name === 'date' }));
	const pieces: Uint8Array[] = [];
	for await (const piece of sheet(columns, new Portion(new RowSource(pulled([pool]))), exportLimits))
		pieces.push(piece);
	return pieces;
}

export const writers = {
	async 'the floor: deflate over the same bytes'(task) {
		const xml = await xmlOf(task);
		const compression = new CompressionStream('deflate-raw');
		const writer = compression.writable.getWriter();
		const pump = async () => {
			for (const batch of batchesOf(task)) {
				const share = Math.round((xml.length * batch.length) / task.pool.length);
				for (const piece of xml.slice(0, share)) {
					await writer.ready;
					void writer.write(piece);
				}
			}
			await writer.close();
		};
		const pumped = pump();
		for await (const bytes of compression.readable as unknown as AsyncIterable<Uint8Array>) task.onBytes(bytes.length);
		await pumped;
	},
	async 'this writer'(task) {
		const format = { format: 'xlsx', columns: FIELDS, delimiter: ',', byteOrderMark: false } as const;
		const rows = new Portion(new RowSource(pulled(batchesOf(task))));
		for await (const bytes of bytesOf({ ...format, untouchedCells: false, compress: false }, rows))
			task.onBytes(bytes.length);
	},
	async hucre(task) {
		const { writeXlsxStream } = await import('hucre');
		const columns = FIELDS.map((header) => ({ header, ...(header === 'date' ? { numFmt: FORMAT } : {}) }));
		const stream = writeXlsxStream(valuesOf(task), { name: 'Records', columns });
		for await (const bytes of stream as unknown as AsyncIterable<Uint8Array>) task.onBytes(bytes.length);
	},
	async 'xlsx-write-stream'(task) {
		const { default: XlsxTransformStream } = await import('xlsx-write-stream');
		const stream = Readable.from(valuesOf(task)).pipe(new XlsxTransformStream({ shouldFormat: true }));
		for await (const bytes of stream as AsyncIterable<Uint8Array>) task.onBytes(bytes.length);
	},
	async exceljs(task) {
		const { default: ExcelJs } = await import('exceljs');
		const stream = sinkOf(task);
		const workbook = new ExcelJs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
		const rows = workbook.addWorksheet('Records');
		rows.columns = FIELDS.map((header) => ({ header, style: header === 'date' ? { numFmt: FORMAT } : {} }));
		await rowByRow(task, (values) => rows.addRow(values).commit());
		rows.commit();
		await workbook.commit();
	},
	async excelts(task) {
		const { Workbook } = await import('@cj-tech-master/excelts');
		const stream = sinkOf(task);
		const finished = once(stream, 'finish');
		const workbook = Workbook.createStreamWriter({ stream, useStyles: true, useSharedStrings: false } as never);
		const rows = workbook.addWorksheet('Records');
		rows.columns = FIELDS.map((header) => ({ header, style: header === 'date' ? { numFmt: FORMAT } : {} })) as never;
		await rowByRow(task, (values) => rows.addRow(values as never).commit());
		rows.commit();
		await workbook.commit();
		await Promise.race([finished, setImmediate()]);
	},
} satisfies Record<string, Writer>;

export type WriterName = keyof typeof writers;
