import type { Barrier, Outage } from '../failures';

/** One GET to the API: what is asked of the transport. */
export interface HttpRequest {
	readonly path: 'reports_manager.php' | 'information.php';
	readonly query: Readonly<Record<string, string>>;
	/** Milliseconds for the whole request, head and body. */
	readonly timeoutMs: number;
	/** Milliseconds until the head must be there; at most all of them. */
	readonly headTimeoutMs?: number;
	readonly signal: AbortSignal;
}

/** How a body ended. `stopped`: by the reader's own wish. */
export type BodyEnd = 'complete' | 'stopped' | 'cut' | 'timedOut' | 'stalled' | 'cancelled';

/** A host that answered: status and headers are there, the body is read once, as it comes. */
export interface Reply {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Hands over the body as it comes, until its end or until `onBytes` gives false. Never rejects. */
	read(onBytes: (bytes: Uint8Array) => boolean): Promise<BodyEnd>;
}

/** A request that got no answer. `code` is the operating system's or the HTTP client's word, such as ECONNREFUSED, or n8n's sentence. */
export interface NoReply {
	readonly status: null;
	readonly why: Barrier | Outage | 'timedOut' | 'cancelled';
	readonly code: string;
}

export type Exchange = Reply | NoReply;

/** Carries one request; failures are values, it never rejects. */
export type Transport = (request: HttpRequest) => Promise<Exchange>;

/** What the core may not have of its own: time, chance and waiting. */
export interface World {
	/** Milliseconds since 1970. */
	now(): number;
	/** Uniform in [0, 1). */
	random(): number;
	/** Resolves after the delay, or soon after the signal. */
	sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}
