import type { BodyEnd, NoReply } from '../../../core/api/ports';

/** Headers with names in lower case, whichever of n8n's request helpers gave them. */
export const headersOf = (headers: object = {}): Record<string, string> =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** Codes of connections that broke after they were made; any other code means that none was made. */
const RESET = /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|HPE_\w+|ERR_HTTP\w*)$/;

/** What a request that was thrown instead of answered came to. */
export function noReply(reason: unknown, ended: BodyEnd | null = null): NoReply {
	const code = codeOf(reason);
	// ECONNABORTED is how the HTTP client of n8n names its own time limit.
	if (ended === 'timedOut' || code === 'ECONNABORTED')
		return { status: null, why: 'timedOut', code: 'no answer in time' };
	if (ended === 'cancelled') return { status: null, why: 'cancelled', code };
	return { status: null, why: RESET.test(code) ? 'reset' : 'unreachable', code };
}

/** The operating system's or the client's word for what went wrong, wherever n8n wrapped it. */
function codeOf(reason: unknown): string {
	for (let error = reason, depth = 0; typeof error === 'object' && error !== null && depth < 5; depth++) {
		if ('code' in error && typeof error.code === 'string') return error.code;
		if ('httpCode' in error && typeof error.httpCode === 'string') return error.httpCode;
		error = 'cause' in error ? error.cause : null;
	}
	return reason instanceof Error ? reason.name : '';
}
