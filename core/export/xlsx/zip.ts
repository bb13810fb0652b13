import { compress } from '../compress';
import { crc32 } from './crc32';

/** A file within the archive: its name in ASCII, and its bytes. */
export interface Entry {
	readonly name: string;
	readonly content: AsyncIterable<Uint8Array>;
}

const VERSION = 20;
/** Checksum and sizes follow the bytes: they are not known before. */
const SIZES_FOLLOW = 0x0008;
const DEFLATED = 8;
/** 1 January 1980, midnight, so that the same rows make the same file. */
const TIME = 0;
const DATE = 0x0021;

/** What the head of an entry and its line in the directory have in common. */
const kindOf = (): number[] => [...short(SIZES_FOLLOW), ...short(DEFLATED), ...short(TIME), ...short(DATE)];
const short = (value: number): number[] => [value & 255, (value >>> 8) & 255];
const long = (value: number): number[] => [...short(value & 0xffff), ...short(value >>> 16)];

/**
 * A ZIP archive as a stream, in the one form that spreadsheets and readers all take: deflated, sizes behind the bytes with
 * a signature, 32 bits throughout. So it must stay below 2 GiB, and each entry below 4 GiB.
 * @see APPNOTE.TXT, 4.3.7–4.3.16, of PKWARE
 */
export async function* zip(entries: Iterable<Entry> | AsyncIterable<Entry>): AsyncGenerator<Uint8Array, void> {
	const directory: number[] = [];
	let count = 0;
	let offset = 0;
	for await (const { name, content } of entries) {
		const nameBytes = [...new TextEncoder().encode(name)];
		const sum = { crc: 0, packed: 0, size: 0 };
		const lengths = [...short(nameBytes.length), ...short(0)];
		const head = [...long(0x04034b50), ...short(VERSION), ...kindOf(), ...long(0), ...long(0), ...long(0), ...lengths];
		yield Uint8Array.from([...head, ...nameBytes]);
		for await (const piece of compress('deflate-raw', measured(content, sum))) {
			sum.packed += piece.length;
			yield piece;
		}
		const sums = [...long(sum.crc), ...long(sum.packed), ...long(sum.size)];
		yield Uint8Array.from([...long(0x08074b50), ...sums]);
		const made = [...short(VERSION), ...short(VERSION), ...kindOf(), ...sums, ...lengths];
		directory.push(...long(0x02014b50), ...made, ...short(0), ...short(0), ...short(0), ...long(0), ...long(offset));
		directory.push(...nameBytes);
		offset += head.length + nameBytes.length + sum.packed + 16;
		count++;
	}
	yield Uint8Array.from([
		...directory,
		...long(0x06054b50),
		...short(0),
		...short(0),
		...short(count),
		...short(count),
		...long(directory.length),
		...long(offset),
		...short(0),
	]);
}

async function* measured(
	content: AsyncIterable<Uint8Array>,
	sum: { crc: number; size: number },
): AsyncGenerator<Uint8Array> {
	for await (const bytes of content) {
		sum.crc = crc32(sum.crc, bytes);
		sum.size += bytes.length;
		yield bytes;
	}
}
