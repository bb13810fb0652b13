import type { RawRow } from './options';

const { imul } = Math;

/** Count and a fingerprint of a multiset of rows: the order does not matter, each copy does. */
export interface Digest {
	count: number;
	/** 16 hexadecimal digits: the sum, in two halves of 32 bits, of a hash of each row. */
	digest: string;
}

/** Takes anything that has the six texts; other keys are ignored. */
export function digestOf(rows: Iterable<RawRow>): Digest {
	let count = 0;
	let high = 0;
	let low = 0;
	for (const row of rows) {
		const texts = [row.customer_id, row.campaign_id, row.file_name, row.telephone, row.result, row.date];
		let a = 0xdeadbeef;
		let b = 0x41c6ce57;
		for (const text of texts) {
			for (let i = 0; i < text.length; i++) {
				const unit = text.charCodeAt(i);
				a = imul(a ^ unit, 2654435761);
				b = imul(b ^ unit, 1597334677);
			}
			a = imul(a ^ 0x10000, 2654435761);
			b = imul(b ^ 0x10000, 1597334677);
		}
		a = imul(a ^ (a >>> 16), 2246822507) ^ imul(b ^ (b >>> 13), 3266489909);
		b = imul(b ^ (b >>> 16), 2246822507) ^ imul(a ^ (a >>> 13), 3266489909);
		high = (high + (b >>> 0)) % 4294967296;
		low = (low + (a >>> 0)) % 4294967296;
		count++;
	}
	const hex = (half: number) => half.toString(16).padStart(8, '0');
	return { count, digest: hex(high) + hex(low) };
}
