import type { BodyEnd, Exchange, NoReply, Reply } from './ports';
import { apiLimits } from '../limits';
import type { Failure, Fault, Refusal } from '../failures';
import { isNotice, noticeIn, withoutNotices } from './json/notices';
import { start, textOf } from './json/values';
import type { Envelope } from './json/rowReader';

/** Words of an answer that has more rows than it may; a number alone may be the milliseconds of an outage. */
export const TOO_MANY = new RegExp(
	[
		/(too many|demasiados) (records|rows|registros)/,
		/\b(records|rows|registros)\b.{0,40}(60[.,]?000\b|exceed|limit|maxim|máxim|superan?)/,
		/(\b60[.,]?000\b|exceed|limit|maxim|máxim|superan?).{0,40}\b(records|rows|registros)\b/,
	]
		.map(({ source }) => source)
		.join('|'),
	'i',
);

type Meaning =
	| { kind: 'empty' | 'busy' | 'closed' | 'tooMany' }
	| { kind: 'refused'; why: Refusal }
	| { kind: 'transient'; why: Fault };

/** A status that says no, or a 200 whose words do. */
const NO = /^(4|200$)/;
const ANY = /^/;

/** The contract's table: status, message, meaning. The first row that fits counts: the API's own words before a status alone. */
const MEANINGS: ReadonlyArray<readonly [status: RegExp, message: RegExp, meaning: Meaning]> = [
	[/^(404|200)$/, /validate dates/i, { kind: 'empty' }],
	[NO, /simultaneous/i, { kind: 'busy' }],
	[NO, /too many requests|demasiadas (peticiones|solicitudes)|rate limit|throttl/i, { kind: 'busy' }],
	[NO, /temporarily disabled/i, { kind: 'closed' }],
	[NO, /enter the wolkvox-token/i, { kind: 'refused', why: 'missingToken' }],
	[NO, /validate token/i, { kind: 'refused', why: 'wrongToken' }],
	[NO, /token limit/i, { kind: 'refused', why: 'quotaSpent' }],
	[NO, /campaign.{0,60}does not exist/i, { kind: 'refused', why: 'noSuchCampaign' }],
	[/^429$/, ANY, { kind: 'busy' }],
	[/^407$/, ANY, { kind: 'refused', why: 'proxyLogin' }],
	[/^401$/, ANY, { kind: 'refused', why: 'missingToken' }],
	[/^413$/, ANY, { kind: 'tooMany' }],
	[/^([45]|200$)/, TOO_MANY, { kind: 'tooMany' }],
	[/^204$/, ANY, { kind: 'empty' }],
	[/^(2|5|408$|425$)/, ANY, { kind: 'transient', why: 'serverStatus' }],
	[/^3/, ANY, { kind: 'refused', why: 'redirected' }],
	[/^400$/, ANY, { kind: 'refused', why: 'badRequest' }],
	[/^404$/, ANY, { kind: 'refused', why: 'notFound' }],
	[/^403$/, ANY, { kind: 'refused', why: 'forbidden' }],
	[ANY, ANY, { kind: 'refused', why: 'unexpectedStatus' }],
];

/** Reads an exchange whose status is not 200: what it means by the table. */
export async function readRefusal(exchange: Exchange): Promise<Failure | { kind: 'empty' }> {
	if (exchange.status === null) {
		return withoutReply(exchange);
	}
	const { status, headers } = exchange;
	const { body: text, end } = await readText(exchange);
	const body = withoutNotices(text);
	if (end === 'cancelled') return { kind: 'cancelled' };
	const said =
		status >= 300 && status < 400
			? (headers.location ?? '').split('?')[0]
			: saidIn(documentOf(body) ?? { msg: withoutTags(body) });
	const { meaning, isInWords } = lookUp(status, said);
	const answered = { status, said, retryAfterMs: retryAfter(headers) };
	if (meaning.kind === 'refused' && meaning.why !== 'redirected' && !isInWords && (isBroken(end) || isCutShort(body))) {
		return {
			...answered,
			kind: 'transient',
			why: end === 'stalled' || end === 'timedOut' ? 'stalled' : 'cut',
			said: 'a refusal without its end',
		};
	}
	if (isNotice(body) && !isInWords) return { ...answered, kind: 'transient', why: 'notice', said: noticeIn(body) };
	if (status === 403 && isPage(body) && isFromProxy(headers, said))
		return { kind: 'refused', why: 'proxyForbids', status, said };
	return isPage(body) && !holdsForPages(status, meaning)
		? { ...answered, kind: 'transient', why: 'webPage' }
		: failureOf(meaning, answered);
}

function withoutReply({ why, code: said }: NoReply): Failure {
	switch (why) {
		case 'cancelled':
			return { kind: 'cancelled' };
		case 'timedOut':
			return { kind: 'tooMany', why: 'tooSlow' };
		case 'certificate':
		case 'unknownHost':
		case 'unknownProxy':
		case 'notAllowed':
		case 'proxyLogin':
		case 'proxyForbids':
			return { kind: 'refused', why, said };
		default:
			return { kind: 'transient', why, said };
	}
}

/** What a 200 says that is no answer: by words that the table knows. A `code` alone may be gone with the next try. */
export function readInside(envelope: Envelope, headers: Reply['headers']): Failure | { kind: 'empty' } {
	const code = codeOf(envelope);
	const status = /^[45]\d\d$/.test(code) ? Number(code) : 200;
	const said = saidIn(envelope);
	const { meaning, isInWords } = lookUp(status, said);
	const answered = { status, said, retryAfterMs: retryAfter(headers) };
	if (isInWords) return failureOf(meaning, answered);
	if (isOk(envelope))
		return failureOf(meaning, { ...answered, said: said || 'no records, and no word that there are none' });
	return { kind: 'transient', why: 'otherCode', ...answered, status: 200, said: said || shortened(code) };
}

function lookUp(status: number, said: string): { meaning: Meaning; isInWords: boolean } {
	const [, message, meaning] = MEANINGS.find(([statuses, words]) => statuses.test(String(status)) && words.test(said))!;
	return { meaning, isInWords: message !== ANY };
}

function failureOf(
	meaning: Meaning,
	answered: { status: number; said: string; retryAfterMs?: number },
): Failure | { kind: 'empty' } {
	const { status, said, retryAfterMs } = answered;
	switch (meaning.kind) {
		case 'empty':
			return { kind: 'empty' };
		case 'tooMany':
			return { kind: 'tooMany', why: 'saidSo', said };
		case 'busy':
		case 'closed':
			return { kind: meaning.kind, said, retryAfterMs };
		case 'transient':
			return { kind: 'transient', why: meaning.why, ...answered };
		case 'refused':
			return { kind: 'refused', why: meaning.why, status, said };
	}
}

/**
 * A page is a proxy's word, not the API's: it passes, but for a status that says which header is missing, where
 * to go, to wait or to ask for less.
 */
function holdsForPages(status: number, meaning: Meaning): boolean {
	switch (meaning.kind) {
		case 'tooMany':
			return status === 413;
		case 'refused':
			return ['missingToken', 'redirected', 'proxyLogin'].includes(meaning.why);
		default:
			return meaning.kind !== 'transient';
	}
}

/** Whether a page was written by what stands before the internet and forbids for good: Squid, firewalls and filters of companies. */
const isFromProxy = (headers: Reply['headers'], said: string): boolean =>
	Object.keys(headers).some((name) => /^(x-squid|proxy-|x-bluecoat|x-zscaler)/.test(name)) ||
	/\bproxy\b|squid|zscaler|fortiguard|web ?filter|polic(y|ies)|pol[ií]tica/i.test(said);

/** `code` as text, empty where there is none: it comes as a number and as text. */
const codeOf = ({ code }: Envelope): string => textOf(code);

/** Whether nothing in `code` speaks against an answer. */
export const isOk = (envelope: Envelope): boolean => ['', '200'].includes(codeOf(envelope));

export const fault = (why: Fault, said: string): Extract<Failure, { kind: 'transient' }> => ({
	kind: 'transient',
	why,
	status: 200,
	said,
});

async function readText(reply: Reply): Promise<{ body: string; end: BodyEnd }> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	const end = await reply.read((chunk) => {
		chunks.push(chunk);
		return (bytes += chunk.length) < apiLimits.maxEnvelopeBytes;
	});
	return { body: Buffer.concat(chunks).toString(), end };
}

function documentOf(body: string): Envelope | null {
	try {
		const value: unknown = JSON.parse(body.replace(/^\ufeff/, ''));
		return typeof value === 'object' && value !== null ? (value as Envelope) : null;
	} catch {
		return null;
	}
}

const isBroken = (end: BodyEnd): boolean => end !== 'complete' && end !== 'stopped';

const isPage = (body: string): boolean => /^\s*</.test(body) && !isNotice(body);

/** JSON that ends before it is closed: what it refuses stands in the part that is missing. */
const isCutShort = (body: string): boolean => /^\s*\{/.test(body) && documentOf(body) === null;

const withoutTags = (body: string): string =>
	start(body)
		.replace(/<(style|script|head)\b[\s\S]{0,2000}?(?:<\/\1>|$)/gi, ' ')
		.replace(/<[^<>]{0,500}>/g, ' ');

/** The API's own words, on one line of at most 200 characters: where a token was echoed, its part before the cut may be left. */
function saidIn({ msg, message, error }: Envelope): string {
	const texts = [msg, message, error].filter((value) => typeof value !== 'object').map(textOf);
	return shortened(texts.find((text) => text !== '') ?? '');
}

const shortened = (text: string): string => start(text).replace(/\s+/g, ' ').trim().slice(0, 200);

/** Retry-After in milliseconds: seconds, or a date held against the server's own clock. */
function retryAfter(headers: Readonly<Record<string, string>>): number | undefined {
	if (headers['retry-after'] === undefined) return undefined;
	const value = start(headers['retry-after']);
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1_000;
	const delayMs = Date.parse(value) - Date.parse(headers.date ?? '');
	return Number.isFinite(delayMs) ? Math.max(0, delayMs) : undefined;
}
