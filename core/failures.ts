/** What the API refuses in a way that no retry changes. */
export type Refusal =
	| 'missingToken'
	| 'wrongToken'
	| 'quotaSpent'
	| 'badRequest'
	| 'noSuchCampaign'
	| 'notFound'
	| 'forbidden'
	| 'redirected'
	| 'unexpectedStatus'
	| Barrier;

/** What stands between n8n and the server, whatever is asked: nothing is sent, however often it is tried. */
export type Barrier = 'certificate' | 'unknownHost' | 'unknownProxy' | 'notAllowed' | 'proxyLogin' | 'proxyForbids';

/** What keeps a request from its answer, and may be gone with the next try. */
export type Outage = 'dns' | 'noNetwork' | 'proxyGone' | 'connectionRefused' | 'reset' | 'notHttp' | 'unreachable';

/** What passes by itself, or with a smaller window. */
export type Fault =
	| Outage
	| 'serverStatus'
	| 'webPage'
	| 'notice'
	| 'cut'
	| 'stalled'
	| 'someHang'
	| 'endless'
	| 'otherCode'
	| 'countDiffers'
	| 'oddRow'
	| 'notWhole';

/** Why an answer cannot hold all rows of its window. */
export type Excess = 'capReached' | 'countTold' | 'saidSo' | 'tooSlow' | 'tooLarge';

/** Which limit of the run's own ended it. */
export type Bound = 'maxRequests' | 'quota' | 'watchdog' | 'retries' | 'budget';

/** What may be gone with the next try. */
export interface Transient {
	readonly kind: 'transient';
	readonly why: Fault;
	readonly status?: number;
	readonly said: string;
	readonly retryAfterMs?: number;
}

/** An answer that cannot hold all rows of its window. */
export interface TooMany {
	readonly kind: 'tooMany';
	readonly why: Excess;
	readonly count?: number;
	readonly said?: string;
}

/** Everything that can keep a request or a run from its result. `said` is the API's own text, shortened. */
export type Failure =
	| { readonly kind: 'refused'; readonly why: Refusal; readonly status?: number; readonly said: string }
	| { readonly kind: 'busy' | 'closed'; readonly said: string; readonly retryAfterMs?: number }
	| Transient
	| TooMany
	/** `isFixed`: the same rows came for another window. */
	| { readonly kind: 'skewed'; readonly marginSeconds: number; readonly isFixed?: boolean }
	| { readonly kind: 'bounded'; readonly why: Bound; readonly limit: number }
	| { readonly kind: 'invalid'; readonly parameter: string; readonly message: string; readonly description: string }
	| { readonly kind: 'cancelled' };

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (failure: Failure): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure });

/** What was given, as a message may show it. */
export const shown = (value: unknown): string =>
	String(typeof value === 'object' ? JSON.stringify(value) : value).slice(0, 100);

/** A parameter that cannot be used, told before any request. */
export const invalid = (
	parameter: string,
	message: string,
	description: string,
): { readonly ok: false; readonly failure: Failure } => failed({ kind: 'invalid', parameter, message, description });
