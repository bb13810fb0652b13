import { page, small, type Answer } from './answer';

/** What stands before the API and lets only so many requests through, as nginx's `limit_req … nodelay` counts them. */
export interface GatewayOptions {
	perMinute: number;
	/** Requests that may come at once on top of the one that is due. */
	burst: number;
	/** What a refused request gets: its page with this status, or words alone. */
	as: 503 | 429 | 403 | 502 | 200 | 'words';
	/** Whoever is refused is kept out for so long. */
	banSeconds?: number;
	/** Refused requests count, and a ban begins anew with each of them. */
	countsRefused?: boolean;
}

const pages: Record<number, string> = {
	200: 'Just a moment...',
	403: '403 Forbidden',
	429: '429 Too Many Requests',
	502: '502 Bad Gateway',
	503: '503 Service Temporarily Unavailable',
};

/** Lets a request through, or answers in its place. */
export class Gateway {
	private excess = 0;
	private atMs: number | null = null;
	private bannedToMs = -Infinity;

	/** @param nowMs milliseconds since 1970 */
	answer(options: GatewayOptions | null, nowMs: number): Answer | null {
		if (options === null || this.letsThrough(options, nowMs)) return null;
		return options.as === 'words'
			? small(403, '{"code":"403","error":"Forbidden","msg":"Too many requests, the service is busy"}', 'gateway')
			: page(options.as, pages[options.as], 'gateway');
	}

	private letsThrough({ perMinute, burst, banSeconds = 0, countsRefused }: GatewayOptions, nowMs: number): boolean {
		if (nowMs < this.bannedToMs) {
			if (countsRefused) this.bannedToMs = nowMs + banSeconds * 1_000;
			return false;
		}
		const drained = this.atMs === null ? 0 : ((nowMs - this.atMs) * perMinute) / 60_000;
		const excess = this.atMs === null ? 0 : Math.max(0, this.excess - drained + 1);
		const passes = excess <= burst;
		if (passes || countsRefused) [this.excess, this.atMs] = [Math.min(excess, burst + 1), nowMs];
		if (!passes && banSeconds > 0) this.bannedToMs = nowMs + banSeconds * 1_000;
		return passes;
	}
}
