import {
	sleep,
	type ICredentialsDecrypted,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
} from 'n8n-workflow';

import type { BodyEnd, Exchange, Reply, Transport, World } from '../../../core/api/ports';
import { apiLimits } from '../../../core/limits';
import type { Server } from '../../../core/api/server';
import { headersOf, noReply, sawAnswerOf } from './toExchange';

/** Where n8n runs our code with a credential. */
export type N8nContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

/** How long a wait or a stalled request may go unnoticed by what ends it. */
const SLICE_MS = 200;

/** The clock, chance and waiting of this process. */
export const world: World = {
	now: () => Date.now(),
	random: () => Math.random(),
	async sleep(delayMs, signal) {
		const untilMs = Date.now() + delayMs;
		for (let leftMs = delayMs; leftMs > 0 && !signal?.aborted; leftMs = untilMs - Date.now()) {
			await sleep(Math.min(SLICE_MS, leftMs));
		}
	},
};

/**
 * Carries requests by n8n's own request helper, so that its proxies and network policies apply. Every end but a whole
 * body closes the connection, within 200 ms of the time limit or of the run's signal.
 */
export function transportOf(
	context: N8nContext,
	server: Server,
	credential: ICredentialsDecrypted,
	idleTimeoutMs: number = apiLimits.idleTimeoutMs,
): Transport {
	return async ({ path, query, timeoutMs, headTimeoutMs = timeoutMs, signal }) => {
		const request = new RequestClock(signal, timeoutMs, Math.min(headTimeoutMs, timeoutMs), idleTimeoutMs);
		const options: IHttpRequestOptions = {
			method: 'GET',
			url: `${server.url}/api/v2/${path}`,
			qs: { ...query },
			headers: { Accept: 'application/json', 'Accept-Encoding': 'gzip' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: request.signal,
		};
		const { httpRequestWithAuthentication } = context.helpers;
		return await httpRequestWithAuthentication
			.call(under(context, request.signal), credential.type, options, { credentialsDecrypted: credential })
			.then((response: HelperResponse) => {
				sawAnswerOf(server.url);
				return replyOf(response, request);
			})
			.catch((reason: unknown): Exchange => {
				request.end('cut');
				return noReply(reason, server.url, request.ended);
			});
	};
}

/** In an execution n8n replaces the request's signal by the run's own, so the context is made to hand out ours. */
function under(context: N8nContext, signal: AbortSignal): IExecuteFunctions {
	return Object.create(
		context,
		'getExecutionCancelSignal' in context ? { getExecutionCancelSignal: { value: () => signal } } : {},
	);
}

/** Ends one request: by its total time, by silence in its body, by the run's signal, or by its reader. */
class RequestClock {
	private readonly own = new AbortController();
	private readonly onCancel = (): void => this.end('cancelled');
	private readonly watchers: Array<(end: BodyEnd) => void> = [];
	private silentMs: number | null = null;
	ended: BodyEnd | null = null;

	constructor(
		private readonly run: AbortSignal,
		timeoutMs: number,
		headTimeoutMs: number,
		idleTimeoutMs: number,
	) {
		run.addEventListener('abort', this.onCancel, { once: true });
		if (run.aborted) this.onCancel();
		void this.watch(Date.now() + timeoutMs, Date.now() + headTimeoutMs, idleTimeoutMs);
	}

	get signal(): AbortSignal {
		return this.own.signal;
	}

	/** From the head on, silence counts; a slow report may take its whole minute up to there. */
	sawBytes(): void {
		this.silentMs = 0;
	}

	whenEnded(watcher: (end: BodyEnd) => void): void {
		this.watchers.push(watcher);
	}

	/** The first end counts. Every end but a complete body closes the connection. */
	end(how: BodyEnd): void {
		if (this.ended !== null) return;
		this.ended = how;
		this.run.removeEventListener('abort', this.onCancel);
		if (how !== 'complete') this.own.abort();
		for (const watcher of this.watchers) watcher(how);
	}

	/** Silence is counted in slices, not by the clock: a busy n8n that did not read is not a silent server. */
	private async watch(deadlineMs: number, headDeadlineMs: number, idleTimeoutMs: number): Promise<void> {
		while (this.ended === null) {
			await sleep(SLICE_MS);
			if (this.silentMs !== null) this.silentMs += SLICE_MS;
			if (Date.now() >= (this.silentMs === null ? headDeadlineMs : deadlineMs)) this.end('timedOut');
			else if (this.silentMs !== null && this.silentMs >= idleTimeoutMs) this.end('stalled');
		}
	}
}

/** What is used of Node's streams. */
interface ByteStream {
	on(event: 'data' | 'end' | 'error' | 'close', listener: (chunk: Uint8Array) => void): unknown;
	destroy(): unknown;
}

interface HelperResponse {
	readonly statusCode: number;
	readonly headers?: object;
	readonly body?: unknown;
}

function replyOf(response: HelperResponse, clock: RequestClock): Reply {
	clock.sawBytes();
	const { statusCode, headers, body } = response;
	// A connection that breaks before the body is read must not become an unhandled event.
	if (isStream(body)) body.on('error', () => clock.end('cut'));
	return {
		status: statusCode,
		headers: headersOf(headers),
		read: async (onBytes) =>
			await new Promise<BodyEnd>((resolve) => {
				if (clock.ended !== null) return resolve(clock.ended);
				clock.whenEnded(resolve);
				if (isStream(body)) return readStream(body, clock, onBytes);
				const wanted = onBytes(Buffer.from(typeof body === 'string' ? body : ''));
				clock.end(wanted ? 'complete' : 'stopped');
			}),
	};
}

function readStream(body: ByteStream, clock: RequestClock, onBytes: (bytes: Uint8Array) => boolean): void {
	clock.whenEnded((end) => {
		if (end !== 'complete') body.destroy();
	});
	body.on('end', () => clock.end('complete'));
	body.on('close', () => clock.end('cut'));
	body.on('data', (chunk) => {
		if (clock.ended !== null) return;
		clock.sawBytes();
		if (!onBytes(chunk)) clock.end('stopped');
	});
}

const isStream = (body: unknown): body is ByteStream =>
	typeof body === 'object' && body !== null && 'on' in body && 'destroy' in body;
