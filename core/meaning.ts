import type { Exchange, Reply } from './exchange';
import { MAX_DOCUMENT_BYTES } from './limits';
import type { Failure, Fault, Refusal } from './outcome';
import type { Envelope } from './rows';

/** Words of an answer that has more rows than it may. */
export const TOO_MANY = /\b60[.,]?000\b|too many (records|rows)|(records|rows|registros)\b.{0,40}(exceed|limit|maxim|máxim|superan?)|(exceed|limit|maxim|máxim|superan?).{0,40}\b(records|rows|registros)/i;

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

/** Reads an exchange whose status is not 200: what it means by the table. */
export async function readRefusal(exchange: Exchange): Promise<Failure | { kind: 'empty' }> {
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
			if (isCutShort(body)) return { ...fault('cut', 'a refusal without its end'), status, retryAfterMs };
			// A page is a proxy's word, not the API's: it passes, but for a status that says which header is missing or where to go.
			return isPage && !['missingToken', 'redirected'].includes(meaning.why)
				? { ...fault('webPage', said), status, retryAfterMs }
				: { kind: 'refused', why: meaning.why, status, said };
	}
}

export const fault = (why: Fault, said: string): Extract<Failure, { kind: 'transient' }> => ({ kind: 'transient', why, status: 200, said });

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
		const value: unknown = JSON.parse(body.replace(/^\ufeff/, ''));
		return typeof value === 'object' && value !== null ? (value as Envelope) : null;
	} catch {
		return null;
	}
}

/** JSON that ends before it is closed: what it refuses stands in the part that is missing. */
const isCutShort = (body: string): boolean => /^\s*\{/.test(body) && documentOf(body) === null;

const withoutTags = (body: string): string => body.replace(/<(style|script|head)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');

/** The API's own words, on one line of at most 200 characters. */
export function saidIn(envelope: Envelope): string {
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
