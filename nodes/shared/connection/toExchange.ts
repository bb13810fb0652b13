import { start } from '../../../core/api/json/values';
import type { BodyEnd, NoReply } from '../../../core/api/ports';

/** Headers with names in lower case, whichever of n8n's request helpers gave them. */
export const headersOf = (headers: object = {}): Record<string, string> =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** What was thrown: the operating system's or the client's word for it, and what was said. */
interface Thrown {
	readonly code: string;
	readonly said: string;
}

/** Codes and words, and what they mean. The first row that fits counts. */
const CAUSES: ReadonlyArray<readonly [fits: (thrown: Thrown) => boolean, why: NoReply['why']]> = [
	[({ code, said }) => /^Ssrf/.test(code) || /request was blocked because/i.test(said), 'notAllowed'],
	[
		({ code }) => /CERT|SELF_SIGNED|UNABLE_TO_|^(HOSTNAME_MISMATCH|EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/.test(code),
		'certificate',
	],
	[({ said }) => /^proxy connection ended|CONNECT response/i.test(said), 'proxyGone'],
	[({ code }) => code === 'EAI_AGAIN' || code === 'EAI_FAIL', 'dns'],
	[({ code }) => code === 'ENOTFOUND' || code === 'EAI_NONAME' || code === 'EAI_NODATA', 'unknownHost'],
	[({ code }) => code === 'ECONNREFUSED', 'connectionRefused'],
	[({ code }) => /^(ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/.test(code), 'noNetwork'],
	[({ code }) => /^HPE_/.test(code), 'notHttp'],
	[({ code }) => /^(ETIMEDOUT|ESOCKETTIMEDOUT|ERR_CANCELED|UND_ERR_\w*TIMEOUT)$/.test(code), 'unreachable'],
	[({ code }) => /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP\w*)$/.test(code), 'reset'],
];

/** Servers that answered this process: such a name exists, so that not to find it is an outage and passes. */
const answered = new Set<string>();

/** Notes that a server has answered. `server`: the address that was asked. */
export const sawAnswerOf = (server: string): void => void answered.add(server);

/** What a request that was thrown instead of answered came to. `server`: the address that was asked. */
export function noReply(reason: unknown, server: string, ended: BodyEnd | null = null): NoReply {
	const thrown = thrownOf(reason);
	const { code, said } = thrown;
	// ECONNABORTED is how the HTTP client of n8n names its own time limit.
	if (ended === 'timedOut' || code === 'ECONNABORTED')
		return { status: null, why: 'timedOut', code: 'no answer in time' };
	if (ended === 'cancelled') return { status: null, why: 'cancelled', code };
	const cause = CAUSES.find(([fits]) => fits(thrown))?.[1] ?? 'noNetwork';
	const why = cause === 'unknownHost' && answered.has(server) ? 'dns' : cause;
	if (why === 'notAllowed') return { status: null, why, code: said };
	if (why === 'proxyGone') return { status: null, why, code: '' };
	// What the connection was made to is another machine than the one that was asked: a proxy.
	const peer = /^(?:connect|getaddrinfo) \w+ (\S+)$/.exec(said)?.[1];
	if (peer !== undefined && (why === 'unknownHost' || why === 'connectionRefused') && !isServer(peer, why, server))
		return { status: null, why: why === 'unknownHost' ? 'unknownProxy' : 'proxyGone', code: `${code} ${peer}` };
	return { status: null, why, code };
}

/** A name is the server's own or not; of an address only the port tells. */
function isServer(peer: string, why: NoReply['why'], server: string): boolean {
	const { hostname, port, protocol } = new URL(server);
	return why === 'unknownHost' ? peer === hostname : peer.endsWith(`:${port || (protocol === 'https:' ? 443 : 80)}`);
}

/** Finds the first code and the first words, wherever n8n wrapped them: the older line keeps no cause, but its `messages`. */
function thrownOf(reason: unknown): Thrown {
	let [code, said] = ['', ''];
	for (let error = reason, depth = 0; typeof error === 'object' && error !== null && depth < 5; depth++) {
		code ||= ownCode(error);
		if ('messages' in error && Array.isArray(error.messages)) said ||= String(error.messages[0] ?? '');
		else if ('message' in error && !('cause' in error && error.cause)) said ||= String(error.message);
		error = 'cause' in error ? error.cause : null;
	}
	return { code: start(code || (reason instanceof Error ? reason.name : '')), said: start(said) };
}

function ownCode(error: object): string {
	if ('code' in error && typeof error.code === 'string') return error.code;
	if ('httpCode' in error && typeof error.httpCode === 'string') return error.httpCode;
	return 'name' in error && typeof error.name === 'string' && error.name.startsWith('Ssrf') ? error.name : '';
}
