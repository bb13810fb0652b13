/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import type { BodyEnd, Exchange, Transport, World } from '../../core/api/ports';

/** The real clock. */
export const realWorld: World = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: (delayMs, signal) => wait(delayMs, undefined, { signal }).catch(() => undefined),
};

/** Plain requests of Node's own, one connection each, without compression. */
export const httpTransport =
	(url: string, token: string): Transport =>
	({ path, query, timeoutMs, signal }) =>
		new Promise<Exchange>((resolve) => {
			const address = `${url}/api/v2/${path}?${new URLSearchParams(query)}`;
			const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
			const request = httpRequest(address, { agent: false, headers: { 'wolkvox-token': token }, signal: stop });
			request.on('response', (response) => resolve(replyOf(response, signal)));
			request.on('error', (error: Error & { code?: string }) => {
				const code = error.code ?? error.name;
				const why = signal.aborted
					? 'cancelled'
					: stop.aborted
						? 'timedOut'
						: code === 'ECONNRESET'
							? 'reset'
							: 'unreachable';
				resolve({ status: null, why, code });
			});
			request.end();
		});

function replyOf(response: IncomingMessage, signal: AbortSignal): Exchange {
	const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
	return {
		status: response.statusCode ?? 0,
		headers,
		read: (onBytes) =>
			new Promise<BodyEnd>((resolve) => {
				response.on('data', (bytes: Buffer) => {
					if (onBytes(bytes)) return;
					resolve('stopped');
					response.destroy();
				});
				response.on('end', () => resolve(response.complete ? 'complete' : 'cut'));
				response.on('error', () => resolve(signal.aborted ? 'cancelled' : 'cut'));
				response.on('close', () => resolve(signal.aborted ? 'cancelled' : 'cut'));
			}),
	};
}
