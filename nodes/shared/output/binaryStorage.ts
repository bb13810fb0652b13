import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { type FileFormat, bytesOf, endingsOf, mimeTypeOf } from '../../../core/export/file';
import { partName } from '../../../core/export/fileName';
import { Portion, RowSource, type Row } from '../../../core/export/rowSource';
import { outputLimits } from '../../../core/limits';

/** A file to be stored: how it is called and written. */
export interface FileToStore {
	readonly name: string;
	readonly format: FileFormat;
}

export interface StoredFile {
	readonly binary: IBinaryData;
	readonly fileName: string;
	readonly records: number;
	readonly sizeBytes: number;
}

/** A file that is being written, and what was read ahead of it. */
interface Writing {
	readonly rows: Portion;
	readonly bytes: AsyncGenerator<Uint8Array, void>;
	readonly gathered: Uint8Array[];
}

/**
 * Hands a file to n8n's binary storage as it comes. The file system takes it as a stream, whatever its size; a database,
 * an object store or n8n's memory take it whole, so there a long file becomes several, each whole in itself and numbered.
 */
export async function storeFile(
	context: IExecuteFunctions,
	file: FileToStore,
	batches: AsyncGenerator<Iterable<Row>>,
): Promise<StoredFile[]> {
	const source = new RowSource(batches);
	try {
		const first = begin(file, source);
		if (await gather(first)) return [await storeWhole(context, file, first, file.name)];
		const isStream = await takesStreams(context);
		const store = isStream ? storeStream : storeWhole;
		const stored = [await store(context, file, first, isStream ? file.name : nameOf(file, 1))];
		while (await source.hasNext()) {
			stored.push(await store(context, file, begin(file, source), nameOf(file, stored.length + 1)));
		}
		// Only now it is known whether the first one is a part of several.
		return stored.map((one, at) => named(one, stored.length > 1 ? nameOf(file, at + 1) : file.name));
	} finally {
		await source.end();
	}
}

const nameOf = ({ name, format }: FileToStore, part: number): string => partName(name, part, endingsOf(format));

const named = ({ binary, ...rest }: StoredFile, fileName: string): StoredFile => ({
	...rest,
	fileName,
	binary: { ...binary, fileName },
});

function begin({ format }: FileToStore, source: RowSource): Writing {
	const rows = new Portion(source);
	return { rows, bytes: bytesOf(format, rows), gathered: [] };
}

/** Reads ahead as much as one part may have; whether that was all. */
async function gather({ bytes, gathered }: Writing): Promise<boolean> {
	for (let size = sizeOf(gathered); size < outputLimits.partBytes; ) {
		const piece = await bytes.next();
		if (piece.done) return true;
		gathered.push(piece.value);
		size += piece.value.length;
	}
	return false;
}

const sizeOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** Only the store itself says what it is: of a few bytes of text. */
async function takesStreams({ helpers }: IExecuteFunctions): Promise<boolean> {
	const { data } = await helpers.prepareBinaryData(Buffer.from('amd'), 'amd.txt', 'text/plain');
	return data === 'filesystem-v2';
}

/** Ends the file where it is as large as a part may be. */
async function storeWhole(
	{ helpers }: IExecuteFunctions,
	{ format }: FileToStore,
	writing: Writing,
	fileName: string,
): Promise<StoredFile> {
	const { rows, bytes, gathered } = writing;
	if (!(await gather(writing))) rows.end();
	for await (const piece of bytes) gathered.push(piece);
	const whole = Buffer.concat(gathered);
	gathered.length = 0;
	return {
		binary: await helpers.prepareBinaryData(whole, fileName, mimeTypeOf(format)),
		fileName,
		records: rows.rows,
		sizeBytes: whole.length,
	};
}

/** Ends the file only where its format must. */
async function storeStream(
	{ helpers }: IExecuteFunctions,
	{ format }: FileToStore,
	{ rows, bytes, gathered }: Writing,
	fileName: string,
): Promise<StoredFile> {
	let sizeBytes = 0;
	async function* measured(): AsyncGenerator<Uint8Array> {
		for await (const piece of startingWith(gathered, bytes)) {
			sizeBytes += piece.length;
			if (format.format === 'xlsx' && sizeBytes >= outputLimits.workbookBytes) rows.end();
			yield piece;
		}
	}
	// The file system's store writes whatever can be iterated; the declared type names Node's own streams alone.
	const store = helpers.prepareBinaryData as (
		source: AsyncIterable<Uint8Array>,
		fileName: string,
		mimeType: string,
	) => Promise<IBinaryData>;
	const binary = await store(measured(), fileName, mimeTypeOf(format));
	return { binary, fileName, records: rows.rows, sizeBytes };
}

/** What was gathered, then the rest; nothing is held longer than it is needed. */
async function* startingWith(
	gathered: Uint8Array[],
	rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array> {
	for (let piece = gathered.shift(); piece; piece = gathered.shift()) yield piece;
	yield* rest;
}
