import { apiLimits } from '../../limits';
import { ByteQueue } from './byteQueue';
import { decoderOf } from './charset';
import { endOfEntries, endOfValue, holdsObjects, isSpace } from './jsonBytes';

/** What stands around the rows: every key of the envelope but an array in `data`. Empty for a bare top-level array. */
export type Envelope = Record<string, unknown>;

/** The end of a body: all of it was valid JSON and closed, or the first thing that was not. */
export type ReadEnd =
	| { readonly closed: true; readonly envelope: Envelope }
	| { readonly closed: false; readonly reason: string };

const [COMMA, COLON, QUOTE, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...',:"[]{}'].map((c) =>
	c.charCodeAt(0),
);
/** Bytes that are gathered before they are parsed: large enough for the parser's speed, small enough not to stall n8n. */
const CHUNK_BYTES = 64 * 1024;

type State = 'start' | 'key' | 'colon' | 'value' | 'afterValue' | 'rows' | 'afterRow' | 'end';

/**
 * Reads a response as its bytes come, in memory that does not grow with it: whole rows are found in the bytes and parsed
 * many at once by the engine's own JSON parser. Any chunking of any JSON reads as `JSON.parse` would read it, but that a
 * body with two `data` is refused. Rows are the elements of `data`, or its values where it is an object of objects.
 */
export class RowReader {
	private readonly queue: ByteQueue;
	private unreadBytes = 0;
	private state: State = 'start';
	private inEnvelope = false;
	/** The rows are the values of an object, as PHP writes a list with gaps. */
	private keyed = false;
	private mayClose = true;
	private key = '';
	private keys = 0;
	private room: number = apiLimits.maxEnvelopeBytes;
	private readonly envelope: Envelope = {};
	private hasRows = false;
	private refused: string | null = null;
	/** What follows the JSON, its beginning: most often nothing. */
	behind = '';
	private readonly decoder: InstanceType<typeof TextDecoder>;

	/** The text of a `data` that is no list: one row alone, where PHP writes it so. */
	loneText = '';

	/**
	 * @param onRows gets rows as they are found, several at once, each any JSON value, with the text that they were read from
	 * @param charset of the Content-Type; a body that is not valid in it is refused, never mangled
	 * @param chunkBytes gathered before they are parsed
	 * @param mayFollow whether such a text may stand behind the JSON; none unless given
	 */
	constructor(
		private readonly onRows: (rows: unknown[], text: string) => void,
		charset = 'utf-8',
		private readonly chunkBytes = CHUNK_BYTES,
		private readonly mayFollow: (behind: string) => boolean = () => false,
	) {
		this.decoder = decoderOf(charset);
		this.queue = new ByteQueue(2 * chunkBytes);
	}

	/** What the envelope said so far; `msg` stands before `data` in every response seen. */
	get head(): Readonly<Envelope> {
		return this.envelope;
	}

	/** Whether there was `data`, or a bare list in its place. */
	get hasData(): boolean {
		return this.hasRows;
	}

	/** Takes the next bytes. Gives false when no further byte can make the body whole. */
	push(bytes: Uint8Array): boolean {
		for (let at = 0; at < bytes.length && this.refused === null; at += this.chunkBytes) {
			const piece = bytes.subarray(at, at + this.chunkBytes);
			this.queue.append(piece);
			this.unreadBytes += piece.length;
			if (this.unreadBytes >= this.chunkBytes || this.state === 'start') this.consume(false);
		}
		return this.refused === null;
	}

	/** Call after the last byte. */
	end(): ReadEnd {
		this.consume(true);
		if (this.refused === null && this.state !== 'end') this.refused = 'the body ended before its JSON was closed';
		if (this.refused === null && this.behind !== '' && !this.mayFollow(this.behind))
			this.refused = 'something follows the JSON';
		return this.refused === null ? { closed: true, envelope: this.envelope } : { closed: false, reason: this.refused };
	}

	private consume(last: boolean): void {
		if (this.refused !== null) return;
		this.unreadBytes = 0;
		this.queue.drop(this.step(this.queue.bytes, last));
	}

	/** Reads as far as it can and gives the offset of the first byte still needed. */
	private step(bytes: Buffer, last: boolean): number {
		let at = this.state === 'start' && bytes.length >= 3 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
		if (this.state === 'start' && bytes.length < 3 && !last) return 0;
		for (;;) {
			while (at < bytes.length && isSpace(bytes[at])) at++;
			if (at >= bytes.length) return at;
			const next = this.token(bytes, at, last);
			if (next === at) return at;
			at = next;
		}
	}

	/** One step of the grammar at a byte that is no white space; the same offset when more bytes are needed. */
	private token(bytes: Buffer, at: number, last: boolean): number {
		const byte = bytes[at];
		switch (this.state) {
			case 'start':
				if (byte === OPEN_ARRAY) return this.enterRows(at);
				if (byte !== OPEN_OBJECT) return this.refuse('the body is not JSON', at);
				this.inEnvelope = true;
				return this.to('key', at + 1);
			case 'key':
				if (byte === CLOSE_OBJECT && this.mayClose) return this.to('end', at + 1);
				if (byte !== QUOTE) return this.refuse('a key was expected', at);
				if (this.keys >= apiLimits.maxEnvelopeKeys) return this.refuse('too many keys around the rows', at);
				return this.valueAt(bytes, at, apiLimits.seenChars, (key) => {
					this.keys++;
					this.key = key as string;
					this.state = 'colon';
				});
			case 'colon':
				return byte === COLON ? this.to('value', at + 1) : this.refuse('a colon was expected', at);
			case 'value':
				if (this.key === 'data' && this.hasRows) return this.refuse('the body has two lists of rows', at);
				if (this.key === 'data' && byte === OPEN_ARRAY) return this.enterRows(at);
				if (this.key === 'data' && byte === OPEN_OBJECT) {
					const keyed = holdsObjects(bytes, at, last);
					if (keyed === null) return at;
					this.keyed = keyed;
					if (keyed) return this.enterRows(at);
				}
				return this.valueAt(bytes, at, this.key === 'data' ? apiLimits.maxRowBytes : this.room, (value, size) => {
					if (this.key === 'data') this.hasRows = true;
					else this.room -= size;
					Object.defineProperty(this.envelope, this.key, { ...ORDINARY, value });
					this.state = 'afterValue';
				});
			case 'afterValue':
				this.mayClose = false;
				if (byte === COMMA) return this.to('key', at + 1);
				return byte === CLOSE_OBJECT ? this.to('end', at + 1) : this.refuse('a comma was expected', at);
			case 'rows':
				if (byte === this.closer && this.mayClose) return this.leaveRows(at);
				return this.rowsAt(bytes, at);
			case 'afterRow':
				this.mayClose = false;
				if (byte === COMMA) return this.to('rows', at + 1);
				return byte === this.closer ? this.leaveRows(at) : this.refuse('a comma between rows was expected', at);
			case 'end':
				this.behind += bytes.subarray(at, at + BEHIND_BYTES - this.behind.length).toString('latin1');
				return bytes.length;
		}
	}

	/**
	 * Parses everything up to the last closing brace at once. Where that brace stands inside a text, a nested value or
	 * behind the list, the parser refuses it, and the end of the last whole row is searched byte by byte.
	 */
	private rowsAt(bytes: Buffer, at: number): number {
		const brace = bytes.lastIndexOf(CLOSE_OBJECT) + 1;
		const taken = brace > at && this.takeRows(at, brace);
		if (taken) return this.to('afterRow', brace);
		const end = endOfEntries(bytes, at, this.keyed);
		if (this.refused !== null) return at;
		if (end === at) return bytes.length - at > apiLimits.maxRowBytes ? this.refuse('one row is too large', at) : at;
		return this.takeRows(at, end) ? this.to('afterRow', end) : this.refuse(INVALID, at);
	}

	private takeRows(at: number, end: number): boolean {
		const text = this.queue.between(this.keyed ? OPEN_OBJECT : OPEN_ARRAY, at, end, this.closer, (list) =>
			this.decode(list),
		);
		if (this.refused !== null) return false;
		const rows = parse(text);
		if (typeof rows !== 'object' || rows === null) return false;
		this.onRows(Array.isArray(rows) ? rows : Object.values(rows), text);
		return true;
	}

	private get closer(): number {
		return this.keyed ? CLOSE_OBJECT : CLOSE_ARRAY;
	}

	private valueAt(bytes: Buffer, at: number, maxBytes: number, take: (value: unknown, size: number) => void): number {
		const end = endOfValue(bytes, at);
		if ((end < 0 ? bytes.length : end) - at > maxBytes) return this.refuse('one value is too large', at);
		if (end < 0) return at;
		const text = this.decode(bytes.subarray(at, end));
		if (this.refused !== null) return at;
		const value = parse(text);
		if (value === undefined) return this.refuse(INVALID, at);
		if (this.key === 'data' && this.state === 'value') this.loneText = text;
		take(value, end - at);
		return end;
	}

	private decode(bytes: Buffer): string {
		try {
			return this.decoder.decode(bytes);
		} catch {
			this.refuse(`the body is not valid ${this.decoder.encoding}`, 0);
			return '';
		}
	}

	private enterRows(at: number): number {
		this.hasRows = true;
		this.mayClose = true;
		return this.to('rows', at + 1);
	}

	private leaveRows(at: number): number {
		return this.to(this.inEnvelope ? 'afterValue' : 'end', at + 1);
	}

	private to(state: State, at: number): number {
		this.state = state;
		return at;
	}

	private refuse(reason: string, at: number): number {
		this.refused = reason;
		return at;
	}
}

const BEHIND_BYTES = 512;
/** Whatever a key is called, it is one of the envelope's own. */
const ORDINARY = { enumerable: true, configurable: true, writable: true };
const INVALID = 'the body is not valid JSON';
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
