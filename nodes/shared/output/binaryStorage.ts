import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { Chunk } from '../../../core/export/chunks';
import { gzip } from '../../../core/export/gzip';
import { partName } from '../../../core/export/fileName';
import { outputLimits } from '../../../core/limits';

/** A file to be stored: what stands before its rows, and how it is named. */
export interface FileToStore {
	readonly name: string;
	readonly endings: readonly string[];
	readonly mimeType: string;
	readonly head: string;
	readonly compress: boolean;
}

export interface StoredFile {
	readonly binary: IBinaryData;
	readonly fileName: string;
	readonly records: number;
	readonly sizeBytes: number;
}

type Bytes = AsyncIterable<Uint8Array>;

/**
 * Hands a file to n8n's binary storage as it comes. The file system takes it as a stream, whatever its size; a database,
 * an object store or n8n's memory take it whole, so there a long file becomes several, each with the head and numbered.
 */
export async function storeFile(
	context: IExecuteFunctions,
	file: FileToStore,
	chunks: AsyncGenerator<Chunk>,
): Promise<StoredFile[]> {
	let next = await chunks.next();
	const gather = async (): Promise<Chunk[]> => {
		const gathered: Chunk[] = [];
		for (let bytes = 0; !next.done && bytes < outputLimits.partBytes; next = await chunks.next()) {
			gathered.push(next.value);
			bytes += next.value.bytes.length;
		}
		return gathered;
	};

	const first = await gather();
	if (next.done) return [await storeWhole(context, file, file.name, first)];
	if (await takesStreams(context)) {
		return [await storeStream(context, file, startingWith(first, next.value, chunks))];
	}
	const stored = [await storeWhole(context, file, partName(file.name, 1, file.endings), first)];
	while (!next.done) {
		const part = await gather();
		stored.push(await storeWhole(context, file, partName(file.name, stored.length + 1, file.endings), part));
	}
	return stored;
}

/** Only the store itself says what it is: of a few bytes of text. */
async function takesStreams({ helpers }: IExecuteFunctions): Promise<boolean> {
	const { data } = await helpers.prepareBinaryData(Buffer.from('amd'), 'amd.txt', 'text/plain');
	return data === 'filesystem-v2';
}

async function storeWhole(
	{ helpers }: IExecuteFunctions,
	file: FileToStore,
	fileName: string,
	chunks: Chunk[],
): Promise<StoredFile> {
	const records = chunks.reduce((sum, chunk) => sum + chunk.records, 0);
	const pieces: Uint8Array[] = [];
	for await (const piece of bytesOf(file, draining(chunks))) pieces.push(piece);
	const whole = Buffer.concat(pieces);
	pieces.length = 0;
	return {
		binary: await helpers.prepareBinaryData(whole, fileName, file.mimeType),
		fileName,
		records,
		sizeBytes: whole.length,
	};
}

async function storeStream(
	{ helpers }: IExecuteFunctions,
	file: FileToStore,
	chunks: AsyncIterable<Chunk>,
): Promise<StoredFile> {
	let [records, sizeBytes] = [0, 0];
	async function* counted(): AsyncGenerator<Chunk> {
		for await (const chunk of chunks) {
			records += chunk.records;
			yield chunk;
		}
	}
	async function* measured(): AsyncGenerator<Uint8Array> {
		for await (const piece of bytesOf(file, counted())) {
			sizeBytes += piece.length;
			yield piece;
		}
	}
	// The file system's store writes whatever can be iterated; the declared type names Node's own streams alone.
	const store = helpers.prepareBinaryData as (
		source: Bytes,
		fileName: string,
		mimeType: string,
	) => Promise<IBinaryData>;
	const binary = await store(measured(), file.name, file.mimeType);
	return { binary, fileName: file.name, records, sizeBytes };
}

/** The head and the rows, compressed where that is wanted. */
function bytesOf({ head, compress }: FileToStore, chunks: AsyncIterable<Chunk>): Bytes {
	async function* plain(): AsyncGenerator<Uint8Array> {
		if (head !== '') yield new TextEncoder().encode(head);
		for await (const { bytes } of chunks) yield bytes;
	}
	return compress ? gzip(plain()) : plain();
}

/** What was gathered, then the rest; nothing is held longer than it is needed. */
async function* startingWith(gathered: Chunk[], next: Chunk, rest: AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
	yield* draining(gathered);
	yield next;
	yield* rest;
}

async function* draining(chunks: Chunk[]): AsyncGenerator<Chunk> {
	for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) yield chunk;
}
