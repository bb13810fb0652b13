const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, COMMA, COLON] = [...'"\\[]{},:'].map((c) =>
	c.charCodeAt(0),
);

/** The four bytes that JSON takes as white space. */
export const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * The offset behind the JSON value that starts at `at`, or -1 when the bytes end before it does. It only finds the end:
 * whether the value is valid is the parser's to say. A number or a word ends at what follows it.
 */
export function endOfValue(bytes: Uint8Array, at: number): number {
	const first = bytes[at];
	if (first === QUOTE) return endOfText(bytes, at);
	if (first === OPEN_ARRAY || first === OPEN_OBJECT) return endOfNested(bytes, at);
	for (let i = at; i < bytes.length; i++) {
		const byte = bytes[i];
		if (isSpace(byte) || byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) return Math.max(i, at + 1);
	}
	return -1;
}

/**
 * The offset behind the last whole entry of a list's content that starts at `at`, or of a keyed object's, whose entries
 * are a key, a colon and a value; `at` itself when not one is whole.
 */
export function endOfEntries(bytes: Uint8Array, at: number, keyed: boolean): number {
	let end = at;
	let isKey = keyed;
	for (let i = at; i < bytes.length; i++) {
		const valueEnd = endOfValue(bytes, i);
		if (valueEnd < 0) return end;
		if (!isKey) end = valueEnd;
		for (i = valueEnd; i < bytes.length && isSpace(bytes[i]); ) i++;
		if (bytes[i] !== (isKey ? COLON : COMMA)) return end;
		if (keyed) isKey = !isKey;
		while (i + 1 < bytes.length && isSpace(bytes[i + 1])) i++;
	}
	return end;
}

/** Whether the object that starts at `at` has objects as values; null while too few bytes are here to tell. */
export function holdsObjects(bytes: Buffer, at: number, last: boolean): boolean | null {
	const start = FIRST_VALUE.exec(bytes.subarray(at, at + FIRST_VALUE_BYTES).toString('latin1'));
	if (start) return start[1] === '{';
	return last || bytes.length - at >= FIRST_VALUE_BYTES ? false : null;
}

const FIRST_VALUE = /^\{\s*(?:\}|"[^"]*"\s*:\s*(\S))/;
const FIRST_VALUE_BYTES = 1_024;

function endOfText(bytes: Uint8Array, at: number): number {
	for (let i = at + 1; i < bytes.length; i++) {
		if (bytes[i] === BACKSLASH) i++;
		else if (bytes[i] === QUOTE) return i + 1;
	}
	return -1;
}

function endOfNested(bytes: Uint8Array, at: number): number {
	let depth = 0;
	for (let i = at; i < bytes.length; i++) {
		const byte = bytes[i];
		if (byte === QUOTE) {
			const end = endOfText(bytes, i);
			if (end < 0) return -1;
			i = end - 1;
		} else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth++;
		else if ((byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) && --depth === 0) return i + 1;
	}
	return -1;
}
