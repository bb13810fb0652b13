import { type Envelope, type ReadEnd, RowReader } from './rowReader';

/*
 * PHP writes its notices into the answer, before or behind the JSON, with or without tags, and the JSON is whole all the
 * same. What is told of them: `Deprecated: Function … in … on line 12`.
 */

/** How a notice begins, plain or with PHP's own tags, or in Xdebug's table. */
const HEAD =
	'(?:<br\\s{0,9}/?>\\s{0,99})?(?:<font[^>]{0,80}>\\s{0,99})?(?:<table[^>]{0,80}xdebug|(?:<b>)?(?:PHP )?' +
	'(?:(?:Core |Compile |User |Recoverable |Catchable )?(?:Notice|Warning|Deprecated|(?:Fatal |Parse )?Error)|Strict Standards)' +
	'\\s{0,9}(?:</b>)?\\s{0,9}:)';
const BEGINS = new RegExp(`^\\ufeff?\\s*${HEAD}`, 'i');
const FOLLOWS = new RegExp(`[}\\]]\\s{0,200}(?=${HEAD})`, 'i');
/** Enough to know a notice by. */
const TELLING_BYTES = 512;
/** Longer than this they are no notices: hundreds of them fit. */
const MOST_BYTES = 64 * 1024;
/** What is quoted of them, in characters. */
const QUOTED_CHARS = 200;

export const isNotice = (text: string): boolean => BEGINS.test(text.slice(0, TELLING_BYTES));

/** A notice as a person may read it: one line without tags. */
export const noticeIn = (text: string): string =>
	text
		.slice(0, 8 * QUOTED_CHARS)
		.replace(/<[^<>]{0,200}>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, QUOTED_CHARS);

/** A document without the notices before and behind it; as it was where there are none. */
export function withoutNotices(body: string): string {
	const json = body.slice((isNotice(body) && startOfJson(body)) || 0);
	const tail = Math.max(0, json.length - MOST_BYTES);
	const end = json.slice(tail).search(FOLLOWS);
	return end < 0 ? json : json.slice(0, tail + end + 1);
}

/** Where the JSON begins behind notices: at the first bracket that opens a line, or follows a tag. Null where none does. */
function startOfJson(text: string): number | null {
	let opens = true;
	for (let at = 0; at < text.length; at++) {
		const char = text[at];
		if (char === '\n' || char === '>') opens = true;
		else if (opens && (char === '{' || char === '[') && /^["{[\]}]/.test(text.slice(at + 1, at + 200).trimStart()))
			return at;
		else if (!/\s/.test(char)) opens = false;
	}
	return null;
}

/** Parts the notices before a body from the body, as its bytes come. */
class NoticeSieve {
	private held: Buffer = Buffer.alloc(0);
	private isDone = false;
	/** The notices, as they came; empty where there were none. */
	before = '';

	/** The bytes that are the body's own; none while that is open. `isLast`: no further ones come. */
	sift(bytes: Uint8Array, isLast: boolean): Uint8Array {
		if (this.isDone) return bytes;
		this.held = Buffer.concat([this.held, bytes]);
		const text = this.held.toString('latin1');
		if (!isNotice(text)) return !isLast && mayBecomeOne(text) ? NOTHING : this.pass(0);
		const start = startOfJson(text);
		if (start === null && !isLast && text.length < MOST_BYTES) return NOTHING;
		this.before = this.held.subarray(0, start ?? undefined).toString();
		return this.pass(start ?? this.held.length);
	}

	private pass(start: number): Uint8Array {
		const own = this.held.subarray(start);
		this.isDone = true;
		this.held = Buffer.alloc(0);
		return own;
	}
}

const OPENING_BYTES = 2_048;
const NOTHING = new Uint8Array();
const mayBecomeOne = (text: string): boolean =>
	text.length < TELLING_BYTES && !/^[{[]/.test(text.replace(/^\xef\xbb\xbf/, '').trimStart());

/** Reads a body as `RowReader` does, and takes no offence at notices before and behind its JSON. */
export class BodyReader {
	private readonly sieve = new NoticeSieve();
	private readonly reader: RowReader;
	private opening = '';

	constructor(onRows: (rows: unknown[], text: string) => void, charset?: string) {
		this.reader = new RowReader(onRows, charset, undefined, isNotice);
	}

	get head(): Readonly<Envelope> {
		return this.reader.head;
	}

	get loneText(): string {
		return this.reader.loneText;
	}

	get hasData(): boolean {
		return this.reader.hasData;
	}

	/** The first notice; empty where there is none. */
	get notice(): string {
		return noticeIn(this.sieve.before || (isNotice(this.reader.behind) ? this.reader.behind : ''));
	}

	/** What a page that came in place of JSON says: its title, or how its text begins. */
	get page(): string {
		const [, title = ''] = /<title>([^<]{1,200})/i.exec(this.opening) ?? [];
		return noticeIn(title || (/<style|<script/i.test(this.opening) ? '' : this.opening));
	}

	/** Takes the next bytes. Gives false when no further byte can make the body whole. */
	push(bytes: Uint8Array): boolean {
		if (this.opening.length < OPENING_BYTES)
			this.opening += Buffer.from(bytes.subarray(0, OPENING_BYTES - this.opening.length)).toString('latin1');
		return this.reader.push(this.sieve.sift(bytes, false));
	}

	/** Call after the last byte. */
	end(): ReadEnd {
		this.reader.push(this.sieve.sift(NOTHING, true));
		return this.reader.end();
	}
}
