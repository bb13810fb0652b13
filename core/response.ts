import type { BodyEnd, Exchange, Reply } from './exchange';
import { MAX_BODY_BYTES, MAX_DOCUMENT_BYTES } from './limits';
import type { Excess, Failure, Fault, Refusal } from './outcome';
import { type AmdRecord, toRecord } from './record';
import { type Envelope, RowReader } from './rows';

/** What one exchange means. `whole` is proven whole: closed, below the cap, as many rows as announced, six keys each. */
export type Answer<T> = { readonly kind: 'whole'; readonly value: T } | { readonly kind: 'empty' } | Failure;

/** Where the rows of one answer go, and when they are too many. */
export interface RowSink {
	/** An answer with as many rows may have been cut. */
	readonly capRecords: number;
	/** Read a saturated answer to its end, for the campaigns that are seen in it. */
	readonly readToEnd?: boolean;
	take(records: AmdRecord[]): void;
}

const TOO_MANY = /\b60[.,]?000\b|too many (records|rows)|(records|rows|registros)\b.{0,40}(exceed|limit|maxim|máxim|superan?)|(exceed|limit|maxim|máxim|superan?).{0,40}\b(records|rows|registros)/i;

type Meaning = { kind: 'empty' | 'busy' | 'closed' | 'tooMany' } | { kind: 'refused'; why: Refusal } | { kind: 'transient'; why: Fault };

/** The contract's table: status, message, meaning. The first row that fits counts. */
const MEANINGS: ReadonlyArray<readonly [status: RegExp, message: RegExp, meaning: Meaning]> = [
	[/^404$/, /validate dates/i, { kind: 'empty' }],
	[/^204$/, /^/, { kind: 'empty' }],
	[/^403$/, /simultaneous/i, { kind: 'busy' }],
	[/^429$/, /^/, { kind: 'busy' }],
	[/^403$/, /temporarily disabled/i, { kind: 'closed' }],
	[/^401$/, /^/, { kind: 'refused', why: 'missingToken' }],
	[/^403$/, /validate token/i, { kind: 'refused', why: 'wrongToken' }],
	[/^403$/, /token limit/i, { kind: 'refused', why: 'quotaSpent' }],
	[/^413$/, /^/, { kind: 'tooMany' }],
	[/^[45]/, TOO_MANY, { kind: 'tooMany' }],
	[/^(2|5|408$|425$)/, /^/, { kind: 'transient', why: 'serverStatus' }],
	[/^3/, /^/, { kind: 'refused', why: 'redirected' }],
	[/^400$/, /^/, { kind: 'refused', why: 'badRequest' }],
	[/^404$/, /campaign.{0,60}does not exist/i, { kind: 'refused', why: 'noSuchCampaign' }],
	[/^404$/, /^/, { kind: 'refused', why: 'notFound' }],
	[/^403$/, /^/, { kind: 'refused', why: 'forbidden' }],
	[/^/, /^/, { kind: 'refused', why: 'unexpectedStatus' }],
];

/** Reads a report: rows go to the sink as they come; only `whole` says that they are all. Its value is their number. */
export async function readRecords(exchange: Exchange, sink: RowSink): Promise<Answer<number>> {
	if (exchange.status !== 200) return readRefusal(exchange);
	let count = 0;
	let odd = false;
	let bytes = 0;
	let excess: Excess | null = null;
	const take = (rows: unknown[]): void => {
		const records: AmdRecord[] = [];
		for (const row of rows) {
			const record = toRecord(row);
			if (record) records.push(record);
			else odd = true;
		}
		count += rows.length;
		if (count >= sink.capRecords) excess ??= 'capReached';
		sink.take(records);
	};
	const reader = new RowReader(take, charsetOf(exchange.headers));
	const end = await exchange.read((chunk) => {
		bytes += chunk.length;
		if (bytes > MAX_BODY_BYTES) excess = 'tooLarge';
		const canBeWhole = reader.push(chunk);
		if ((announced(reader.head) ?? 0) >= sink.capRecords) excess ??= 'countTold';
		return canBeWhole && !odd && excess !== 'tooLarge' && (excess === null || sink.readToEnd === true);
	});
	const told = announced(reader.head);
	if (excess !== null && (end === 'stopped' || end === 'complete')) return { kind: 'tooMany', why: excess, count: Math.max(count, told ?? 0) };
	if (odd) return fault('oddRow', 'a row without its six values');
	const ended = reader.end();
	if (!ended.closed) return bodyFault(end, ended.reason);
	if (end !== 'complete' && end !== 'stopped') return bodyFault(end, 'cut');
	const judged = judge(ended.envelope);
	if (judged) return judged;
	const lone = loneRow(ended.envelope.data);
	if (lone === null) return fault('oddRow', 'data that is no list of rows');
	take(lone);
	if (told !== null && told !== count) {
		return fault(told > count ? 'countDiffers' : 'notWhole', `${told} announced, ${count} sent`);
	}
	return count === 0 ? { kind: 'empty' } : { kind: 'whole', value: count };
}

/** Reads a document of the information endpoints: its `data` as a list of objects. */
export async function readDocument(exchange: Exchange): Promise<Answer<Array<Record<string, unknown>>>> {
	if (exchange.status !== 200) return readRefusal(exchange);
	const rows: unknown[] = [];
	const reader = new RowReader((more) => rows.push(...more), charsetOf(exchange.headers));
	const end = await exchange.read((chunk) => reader.push(chunk));
	const ended = reader.end();
	if (!ended.closed || (end !== 'complete' && end !== 'stopped')) return bodyFault(end, ended.closed ? 'cut' : ended.reason);
	const judged = judge(ended.envelope);
	if (judged) return judged;
	const { data } = ended.envelope;
	if (typeof data === 'object' && data !== null && Object.keys(data).length > 0) rows.push(data);
	const objects = rows.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null && !Array.isArray(row));
	return objects.length < rows.length ? fault('notWhole', 'an entry is no object') : { kind: 'whole', value: objects };
}

/** A body with another code than 200 is no answer, unless it says that there is too much. */
function judge(envelope: Envelope): Failure | null {
	if (envelope.code === undefined || String(envelope.code).trim() === '200') return null;
	const said = saidIn(envelope);
	return TOO_MANY.test(said) ? { kind: 'tooMany', why: 'saidSo', said } : fault('otherCode', said || String(envelope.code));
}

/** `data` when it is not a list: nothing, or one row alone as PHP writes it. Null when it is something else. */
function loneRow(data: unknown): unknown[] | null {
	if (data === undefined || data === null || data === '') return [];
	if (typeof data !== 'object') return null;
	if (Object.keys(data).length === 0) return [];
	return toRecord(data) ? [data] : null;
}

/** The number that `msg` announces, or null where it announces none. */
function announced(envelope: Readonly<Envelope>): number | null {
	const match = /(\d[\d.,]*)\s+(?:records?|registros?)\b/i.exec(String(envelope.msg ?? ''));
	return match ? Number(match[1].replace(/[.,]/g, '')) : null;
}

async function readRefusal(exchange: Exchange): Promise<Failure | { kind: 'empty' }> {
	if (exchange.status === null) {
		if (exchange.why === 'cancelled') return { kind: 'cancelled' };
		return exchange.why === 'timedOut' ? { kind: 'tooMany', why: 'tooSlow' } : fault(exchange.why, exchange.code);
	}
	const { status, headers } = exchange;
	const body = await readText(exchange);
	const said = status >= 300 && status < 400 ? (headers.location ?? '').split('?')[0] : saidIn(documentOf(body) ?? { msg: withoutTags(body) });
	const isPage = /^\s*</.test(body);
	const [, , meaning] = MEANINGS.find(([statuses, message]) => statuses.test(String(status)) && message.test(said))!;
	const retryAfterMs = retryAfter(headers);
	switch (meaning.kind) {
		case 'empty':
			return { kind: 'empty' };
		case 'tooMany':
			return { kind: 'tooMany', why: 'saidSo', said };
		case 'busy':
		case 'closed':
			return { kind: meaning.kind, said, retryAfterMs };
		case 'transient':
			return { ...fault(isPage ? 'webPage' : meaning.why, said), status, retryAfterMs };
		case 'refused':
			// A page is a proxy's word, not the API's: it passes, but for a status that says which header is missing or where to go.
			return isPage && !['missingToken', 'redirected'].includes(meaning.why)
				? { ...fault('webPage', said), status, retryAfterMs }
				: { kind: 'refused', why: meaning.why, status, said };
	}
}

function bodyFault(end: BodyEnd, reason: string): Failure {
	switch (end) {
		case 'cancelled':
			return { kind: 'cancelled' };
		case 'timedOut':
			return { kind: 'tooMany', why: 'tooSlow' };
		case 'stalled':
		case 'cut':
			return fault(end, reason);
		default:
			return fault(/ended before/.test(reason) ? 'cut' : /not JSON/.test(reason) ? 'webPage' : 'notWhole', reason);
	}
}

const fault = (why: Fault, said: string): Extract<Failure, { kind: 'transient' }> => ({ kind: 'transient', why, status: 200, said });

async function readText(reply: Reply): Promise<string> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	await reply.read((chunk) => {
		chunks.push(chunk);
		return (bytes += chunk.length) < MAX_DOCUMENT_BYTES;
	});
	return Buffer.concat(chunks).toString();
}

function documentOf(body: string): Envelope | null {
	try {
		const value: unknown = JSON.parse(body);
		return typeof value === 'object' && value !== null ? (value as Envelope) : null;
	} catch {
		return null;
	}
}

const withoutTags = (body: string): string => body.replace(/<(style|script|head)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');

/** The API's own words, on one line of at most 200 characters. */
function saidIn(envelope: Envelope): string {
	const text = [envelope.msg, envelope.error].find((value) => typeof value === 'string' && value.trim() !== '');
	return typeof text === 'string' ? text.replace(/\s+/g, ' ').trim().slice(0, 200) : '';
}

/** Retry-After in milliseconds: seconds, or a date held against the server's own clock. */
function retryAfter(headers: Readonly<Record<string, string>>): number | undefined {
	const value = headers['retry-after'];
	if (value === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1_000;
	const delayMs = Date.parse(value) - Date.parse(headers.date ?? '');
	return Number.isFinite(delayMs) ? Math.max(0, delayMs) : undefined;
}

const charsetOf = (headers: Readonly<Record<string, string>>): string | undefined => /charset=["']?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1];
