import type { CsvRow } from './csv';
import { type FileFormat, lineOf } from './encoding';

/** A piece of a file: whole rows as UTF-8, and how many they are. */
export interface Chunk {
	readonly bytes: Uint8Array;
	readonly records: number;
}

/** Characters gathered before they become bytes (OURS: the size of a file system's read-ahead, small against a window). */
const CHUNK_CHARACTERS = 128 * 1024;

/** Rows as pieces of a file, without its head; pulls a batch of rows only when the pieces before it are taken. */
export async function* chunksOf(
	format: FileFormat,
	batches: AsyncIterable<Iterable<CsvRow>>,
): AsyncGenerator<Chunk, void> {
	const encoder = new TextEncoder();
	for await (const rows of batches) {
		let text = '';
		let records = 0;
		for (const row of rows) {
			text += lineOf(format, row);
			records++;
			if (text.length < CHUNK_CHARACTERS) continue;
			yield { bytes: encoder.encode(text), records };
			[text, records] = ['', 0];
		}
		if (records > 0) yield { bytes: encoder.encode(text), records };
	}
}
