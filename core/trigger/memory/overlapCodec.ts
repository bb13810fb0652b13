import type { Minute, Overlap, RowHash } from './overlap';

/*
 * Written as base64 of, minute by minute in order of time:
 *   how many minutes after the one before (the first: after minute 0), a varint;
 *   twice the number of rows, plus one for a digest, a varint;
 *   for a digest the sum of the hashes, else each row's hash, in order: 8 bytes each.
 */

/** The memory as text. */
export function encodeOverlap(overlap: Overlap): string {
	const bytes: number[] = [];
	let last = 0;
	for (const [at, minute] of [...overlap].sort(([a], [b]) => a - b)) {
		pushVarint(bytes, at - last);
		last = at;
		const hashes = minute.kind === 'digest' ? [minute.sum.toString(16).padStart(16, '0')] : listed(minute);
		pushVarint(bytes, minute.kind === 'digest' ? minute.rows * 2 + 1 : hashes.length * 2);
		for (const hash of hashes) for (let i = 0; i < 16; i += 2) bytes.push(parseInt(hash.slice(i, i + 2), 16));
	}
	return Buffer.from(bytes).toString('base64');
}

/** The memory that a text holds; null when it was not written by `encodeOverlap`. */
export function decodeOverlap(text: string): Overlap | null {
	const bytes = Buffer.from(text, 'base64');
	if (bytes.toString('base64') !== text) return null;
	const overlap = new Map<number, Minute>();
	let [at, minute] = [0, 0];
	const varint = (): number => {
		let value = 0;
		for (let factor = 1; at < bytes.length; factor *= 128) {
			const byte = bytes[at++];
			value += (byte & 127) * factor;
			if (byte < 128) break;
		}
		// One that is cut short has no hashes behind it, and is refused for that.
		return value;
	};
	const hash = (): RowHash => bytes.toString('hex', at, (at += 8));
	while (at < bytes.length) {
		const gap = varint();
		const head = varint();
		const rows = Math.floor(head / 2);
		const isDigest = head % 2 === 1;
		if (
			!Number.isSafeInteger(gap) ||
			!(rows > 0) ||
			(gap === 0 && overlap.size > 0) ||
			at + (isDigest ? 8 : rows * 8) > bytes.length
		)
			return null;
		minute += gap;
		if (isDigest) overlap.set(minute, { kind: 'digest', rows, sum: BigInt(`0x${hash()}`) });
		else overlap.set(minute, { kind: 'rows', copies: counted(Array.from({ length: rows }, hash)) });
	}
	return overlap;
}

const listed = ({ copies }: Minute & { kind: 'rows' }): RowHash[] =>
	[...copies].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([hash, times]) => Array<RowHash>(times).fill(hash));

function counted(hashes: readonly RowHash[]): Map<RowHash, number> {
	const copies = new Map<RowHash, number>();
	for (const hash of hashes) copies.set(hash, (copies.get(hash) ?? 0) + 1);
	return copies;
}

function pushVarint(bytes: number[], value: number): void {
	for (let rest = value; ; rest = Math.floor(rest / 128)) {
		if (rest < 128) return void bytes.push(rest);
		bytes.push(rest % 128 | 128);
	}
}
