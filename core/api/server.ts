import { type Result, invalid, ok } from '../failures';
import { start } from './json/values';

/** Where an operation's API lives. */
export interface Server {
	/** `https://wv0022.wolkvox.com`, without a path. */
	readonly url: string;
	/** What messages call it: the host, and a port that is not the scheme's own. */
	readonly host: string;
}

const EXAMPLE =
	'Enter the server code of the operation, such as 0022. Wolkvox shows it in the address of the API: ' +
	'wv0022.wolkvox.com. Also taken: wv0022, wv0022.wolkvox.com and https://wv0022.wolkvox.com.';

/**
 * Reads what a person entered as Server. Only hosts under wolkvox.com over https are taken, or a loopback address over
 * http (a local simulator).
 */
export function readServer(given: unknown): Result<Server> {
	const text = typeof given === 'string' || typeof given === 'number' ? start(String(given)).trim() : '';
	if (text === '') return invalid('server', 'Server is empty in the Wolkvox API credential', EXAMPLE);
	const code = /^(?:wv)?(\d{4,6})$/i.exec(text)?.[1];
	const url = code
		? urlOf(`https://wv${code}.wolkvox.com`)
		: urlOf(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
	if (url === null || !isWolkvox(url))
		return invalid(
			'server',
			`Server in the Wolkvox API credential is no Wolkvox server: “${text.slice(0, 100)}”`,
			EXAMPLE,
		);
	return ok({ url: url.origin, host: url.host });
}

/** Whether a request to this address stays on the server that the token belongs to. */
export const isOnServer = (address: string, server: Server): boolean => urlOf(address)?.origin === server.url;

function isWolkvox({ protocol, hostname, username, password }: URL): boolean {
	if (username !== '' || password !== '') return false;
	if (protocol === 'http:')
		return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
	return protocol === 'https:' && /^(?:[a-z0-9-]+\.)+wolkvox\.com$/.test(hostname);
}

function urlOf(text: string): URL | null {
	return URL.canParse(text) ? new URL(text) : null;
}
