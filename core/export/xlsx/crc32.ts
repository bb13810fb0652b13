/** Bytes that are taken at once. */
const SLICES = 16;
const LAST = (SLICES - 1) * 256;

/** For each place of a byte among those taken at once: its share of the checksum. */
const TABLE = new Int32Array(SLICES * 256);
for (let byte = 0; byte < 256; byte++) {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	TABLE[byte] = crc;
}
for (let at = 256; at < TABLE.length; at++) {
	const before = TABLE[at - 256];
	TABLE[at] = (before >>> 8) ^ TABLE[before & 255];
}

/**
 * Goes on with the checksum of ZIP and gzip; begins with 0. By words, four times the speed of byte by byte.
 * @see M. E. Kounavis, F. L. Berry: A systematic approach to building high performance software-based CRC generators, 2005
 */
export function crc32(before: number, bytes: Uint8Array): number {
	let crc = ~before;
	let at = 0;
	// Words are in the order of the machine: the least significant byte first, wherever Node runs with n8n.
	if (bytes.byteOffset % 4 === 0) {
		const words = new Int32Array(bytes.buffer, bytes.byteOffset, (bytes.length >>> 4) * 4);
		for (let word = 0; word < words.length; word += 4) {
			crc =
				share(0, crc ^ words[word]) ^ share(1, words[word + 1]) ^ share(2, words[word + 2]) ^ share(3, words[word + 3]);
		}
		at = words.length * 4;
	}
	for (; at < bytes.length; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]) & 255];
	return ~crc >>> 0;
}

function share(place: number, word: number): number {
	const at = LAST - place * 1_024;
	return (
		TABLE[at + (word & 255)] ^
		TABLE[at - 256 + ((word >>> 8) & 255)] ^
		TABLE[at - 512 + ((word >>> 16) & 255)] ^
		TABLE[at - 768 + (word >>> 24)]
	);
}
