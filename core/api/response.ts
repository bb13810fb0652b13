import type { BodyEnd, Exchange, Reply } from './ports';
import { apiLimits } from '../limits';
import { TOO_MANY, fault, isOk, readInside, readRefusal } from './classify';
import type { Excess, Failure } from '../failures';
import { type AmdRecord, toRecord, oddityOf, rewrittenNumber } from './record';
import { BodyReader } from './json/notices';
import type { Envelope } from './json/rowReader';
import { isBare, start, textOf } from './json/values';

/** What one exchange means. `whole` is proven whole: closed, below the cap, as many rows as announced, six keys each. */
export type Answer<T> = { readonly kind: 'whole'; readonly value: T } | { readonly kind: 'empty' } | Failure;

/** Where the rows of one answer go, and when they are too many. */
interface RowSink {
	/** An answer with as many rows may have been cut. */
	readonly capRecords: number;
	/** Read a saturated answer to its end, for the campaigns that are seen in it. */
	readonly readToEnd?: boolean;
	take(records: AmdRecord[]): void;
	/** Told of a notice that PHP wrote beside an answer which is whole all the same: its first 200 characters. */
	noticed?(notice: string): unknown;
}

/** Reads a report: rows go to the sink as they come; only `whole` says that they are all. Its value is their number. */
export async function readReport(exchange: Exchange, sink: RowSink): Promise<Answer<number>> {
	if (exchange.status !== 200) return readRefusal(exchange);
	let count = 0;
	let odd: string | null = null;
	let bytes = 0;
	let excess: Excess | null = null;
	const take = (rows: unknown[], text: string): void => {
		odd ??= rewrittenNumber(rows, text);
		const records: AmdRecord[] = [];
		for (const row of rows) {
			const record = toRecord(row);
			if (record) records.push(record);
			else odd ??= oddityOf(row);
		}
		count += rows.length;
		if (count >= sink.capRecords) excess ??= 'capReached';
		sink.take(records);
	};
	const reader = new BodyReader(take, charsetOf(exchange.headers));
	const end = await exchange.read((chunk) => {
		bytes += chunk.length;
		if (bytes > apiLimits.maxBodyBytes) excess = 'tooLarge';
		const canBeWhole = reader.push(chunk);
		if ((announced(reader.head) ?? 0) >= sink.capRecords) excess ??= 'countTold';
		return canBeWhole && odd === null && excess !== 'tooLarge' && (excess === null || sink.readToEnd === true);
	});
	// The last rows are found only here: nothing is judged before.
	const ended = reader.end();
	const told = announced(reader.head);
	if ((told ?? 0) >= sink.capRecords) excess ??= 'countTold';
	const isRead = sink.readToEnd !== true || bytes > apiLimits.maxBodyBytes || ended.closed;
	if (excess !== null && isRead && (end === 'stopped' || end === 'complete'))
		return { kind: 'tooMany', why: excess, count: Math.max(count, told ?? 0) };
	if (odd !== null) return fault('oddRow', odd);
	if (!ended.closed) return bodyFault(end, ended.reason, reader);
	if (end !== 'complete' && end !== 'stopped') return bodyFault(end, 'cut', reader);
	if (reader.notice !== '') sink.noticed?.(reader.notice);
	const lone = loneRow(ended.envelope.data);
	const judged = judge(ended.envelope, count + (lone?.length ?? 0), reader.hasData, exchange.headers);
	if (judged) return judged;
	if (lone === null) return fault('oddRow', 'data that is no list of rows');
	take(lone, reader.loneText);
	if (odd !== null) return fault('oddRow', odd);
	if (told !== null && told !== count) {
		return fault(told > count ? 'countDiffers' : 'notWhole', `${told} announced, ${count} sent`);
	}
	return count === 0 ? { kind: 'empty' } : { kind: 'whole', value: count };
}

/** Reads a document of the information endpoints: its `data` as a list of objects. */
export async function readDocument(exchange: Exchange): Promise<Answer<Array<Record<string, unknown>>>> {
	if (exchange.status !== 200) return readRefusal(exchange);
	const rows: unknown[] = [];
	let bytes = 0;
	const reader = new BodyReader((more) => more.forEach((row) => rows.push(row)), charsetOf(exchange.headers));
	const end = await exchange.read((chunk) => {
		bytes += chunk.length;
		return reader.push(chunk) && bytes <= apiLimits.maxDocumentBytes && rows.length <= apiLimits.maxDocumentEntries;
	});
	if (bytes > apiLimits.maxDocumentBytes || rows.length > apiLimits.maxDocumentEntries)
		return fault('notWhole', 'a list that is too long');
	const ended = reader.end();
	if (!ended.closed || (end !== 'complete' && end !== 'stopped'))
		return bodyFault(end, ended.closed ? 'cut' : ended.reason, reader);
	const { data } = ended.envelope;
	if (typeof data === 'object' && data !== null && !isBare(data)) rows.push(data);
	const judged = judge(ended.envelope, rows.length, reader.hasData, exchange.headers);
	if (judged) return judged;
	const objects = rows.filter(
		(row): row is Record<string, unknown> => typeof row === 'object' && row !== null && !Array.isArray(row),
	);
	return objects.length < rows.length ? fault('notWhole', 'an entry is no object') : { kind: 'whole', value: objects };
}

/**
 * What a closed body says against itself: null where nothing does. Another code than 200, no rows beside words that are
 * not about having none, or rows that are said to be a part.
 */
function judge(
	envelope: Envelope,
	rows: number,
	hasData: boolean,
	headers: Reply['headers'],
): Failure | { kind: 'empty' } | null {
	if (isOk(envelope) && rows > 0) return saysPart(envelope) ? { kind: 'tooMany', why: 'saidSo', count: rows } : null;
	if (isOk(envelope) && saysNone(envelope, hasData)) return null;
	const means = readInside(announced(envelope) === 0 ? { ...envelope, msg: '' } : envelope, headers);
	return means.kind === 'empty' && rows > 0 ? fault('otherCode', textOf(envelope.code)) : means;
}

const saysPart = (envelope: Envelope): boolean =>
	announced(envelope) === null && [wordsOf(envelope), textOf(envelope.error)].some((text) => TOO_MANY.test(text));

/** Whether a body without rows is one that found none, not one that failed: no error, and no word of anything else. */
const saysNone = (envelope: Envelope, hasData: boolean): boolean =>
	(hasData || textOf(envelope.code) !== '') &&
	NO_ERROR.test(textOf(envelope.error)) &&
	(announced(envelope) !== null || !WENT_WRONG.test(wordsOf(envelope)));

const NO_ERROR = /^(null|none|no|false|0)?$/i;
/** Words of something that went wrong, in the two languages of the API. */
const WENT_WRONG = new RegExp(
	[
		/too many|error|fail|denied|forbidden|disabled|exceed|limit|time(d)?[ -]?out|unavailable|maintenance|lost|refused/,
		/invalid|wrong|token|demasiad|fall[oó]|denegad|inv[aá]lid|mantenimiento|no disponible/,
	]
		.map(({ source }) => source)
		.join('|'),
	'i',
);

const wordsOf = ({ msg, message }: Envelope): string => textOf(msg) || textOf(message);

/** `data` when it is not a list: nothing, or one row alone as PHP writes it. Null when it is something else. */
function loneRow(data: unknown): unknown[] | null {
	if (data === undefined || data === null || data === '') return [];
	if (typeof data !== 'object') return null;
	if (isBare(data)) return [];
	return toRecord(data) ? [data] : null;
}

/** The number that `msg` announces, or null where it announces none. */
function announced(envelope: Readonly<Envelope>): number | null {
	const match = /(\d[\d.,]{0,14})\s{1,9}(?:records?|registros?)\b/i.exec(textOf(envelope.msg));
	return match ? Number(match[1].replace(/[.,]/g, '')) : null;
}

/** What a body that is not whole comes to; a notice in it says more than what is wrong with the JSON. */
function bodyFault(end: BodyEnd, reason: string, { notice, page }: BodyReader): Failure {
	if (notice !== '' && (end === 'complete' || end === 'stopped')) return fault('notice', notice);
	switch (end) {
		case 'cancelled':
			return { kind: 'cancelled' };
		case 'timedOut':
			return { kind: 'tooMany', why: 'tooSlow' };
		case 'stalled':
		case 'cut':
			return fault(end, reason);
		default:
			if (/not JSON/.test(reason)) return fault('webPage', page);
			return fault(/ended before/.test(reason) ? 'cut' : 'notWhole', reason);
	}
}

const charsetOf = (headers: Readonly<Record<string, string>>): string | undefined =>
	/charset=["']?([\w-]{1,40})/i.exec(start(headers['content-type'] ?? ''))?.[1];
