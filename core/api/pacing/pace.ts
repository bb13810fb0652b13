import { apiLimits } from '../../limits';

/** One request as whatever stands before the API saw it: let through or refused. */
interface Seen {
	readonly atMs: number;
	readonly passed: boolean;
	/** For how long a refusal is meant at most, where that is known. */
	readonly atMostMs: number;
}

/**
 * A gateway as it might be: it lets so many through at once and one more after each interval, and perhaps keeps whoever
 * asks faster out for a while. How likely it is beside the others is known only roughly; round numbers a minute are likelier.
 */
interface Gateway {
	readonly intervalMs: number;
	readonly burst: number;
	readonly banMs: number;
	readonly likelihood: number;
}

/** Seconds between two requests, and how likely: 60, 30, 20, 12, 6, 3 and 1 a minute. */
const INTERVALS = [
	[1, 0.5],
	[2, 1],
	[3, 0.4],
	[5, 1],
	[10, 1],
	[20, 0.05],
	[60, 0.05],
];
const BURSTS = [1, 2, 3, 4, 6, 10, 20];
const BANS = [
	[0, 1],
	[120, 0.12],
];
/** One that lets nothing through beside what is due hinders everybody: a slow one, or one that bans, is unlikelier so. */
const STRICT = { slowFromSeconds: 10, slow: 0.5, bans: 0.25 };
const FREE: Gateway = { intervalMs: 0, burst: 1, banMs: 0, likelihood: 1 };
const GATEWAYS: readonly Gateway[] = [
	FREE,
	...INTERVALS.flatMap(([seconds, likelihood]) =>
		BURSTS.flatMap((burst) =>
			BANS.map(([banSeconds, share]) => ({
				intervalMs: seconds * 1_000,
				burst,
				banMs: banSeconds * 1_000,
				likelihood: likelihood * share * (burst > 1 ? 1 : strictness(seconds, banSeconds)),
			})),
		),
	),
];

function strictness(seconds: number, banSeconds: number): number {
	return (seconds >= STRICT.slowFromSeconds ? STRICT.slow : 1) * (banSeconds > 0 ? STRICT.bans : 1);
}

/** The next request goes out when so large a share of the gateways that explain the past would let it through … */
const CAUTION = 0.72;
/** … a smaller one after each request that passed, down to a half: so the pace is tried faster until it is found. */
const CURIOSITY = 0.8;
const LEAST_CAUTION = 0.5;
/** Clocks differ, and a request takes a moment to arrive. */
const SLACK = 1.03;
const BAN_SLACK_MS = 500;

/**
 * The pace that something before the API allows, found from what it lets through and what it refuses. Old requests are
 * forgotten, so that a faster pace is tried again from time to time.
 */
export class Pace {
	/** Troubles that were found to follow what is asked and not the pace; whoever finds one out adds it. */
	readonly windowTroubles = new Set<string>();
	private seen: Seen[] = [];
	private nextMs = 0;
	private intervalMs = 0;

	/**
	 * A request that went out then was let through, whatever its answer; or refused by what may be a limit of the pace.
	 * @param atMostMs for how long a refusal is meant at most, where that is known
	 */
	note(atMs: number, passed: boolean, atMostMs = Infinity): void {
		const { rememberedRequests, rememberedMs } = apiLimits;
		this.seen = [...this.seen, { atMs, passed, atMostMs }]
			.sort((a, b) => a.atMs - b.atMs)
			.filter((one) => one.atMs > atMs - rememberedMs)
			.slice(-rememberedRequests);
		this.judge();
	}

	/** When the next request may go out (milliseconds since 1970). */
	get nextAtMs(): number {
		return this.nextMs;
	}

	/** Requests a minute that are let through; null where nothing limits them. */
	get perMinute(): number | null {
		return this.intervalMs > 0 ? 60_000 / this.intervalMs : null;
	}

	/** Whether a request that went out later was let through. */
	passedSince(atMs: number): boolean {
		return this.seen.some((one) => one.passed && one.atMs > atMs);
	}

	/** Whether nothing here is worth remembering at this moment. */
	isFree(nowMs: number): boolean {
		return this.seen.every((one) => one.passed || one.atMs <= nowMs - apiLimits.rememberedMs);
	}

	private judge(): void {
		[this.nextMs, this.intervalMs] = [0, 0];
		if (this.seen.every((one) => one.passed)) return;
		const tried = GATEWAYS.map((gateway) => ({ gateway, ...replay(gateway, this.seen) }));
		const fewest = Math.min(...tried.map(({ misses }) => misses));
		const likely = tried.filter(({ misses }) => misses === fewest).sort((a, b) => a.nextMs - b.nextMs);
		const last = this.seen[this.seen.length - 1];
		const { nextMs } = quantile(likely, this.caution(likely.every(({ gateway }) => gateway.banMs > 0)));
		this.nextMs = last.passed ? nextMs : Math.min(nextMs, last.atMs + last.atMostMs);
		const byInterval = [...likely].sort((a, b) => a.gateway.intervalMs - b.gateway.intervalMs);
		this.intervalMs = quantile(byInterval, 0.5).gateway.intervalMs;
	}

	/** A gateway that bans is not tried. */
	private caution(bans: boolean): number {
		if (bans) return CAUTION;
		const passed = [...this.seen].reverse().findIndex((one) => !one.passed);
		return Math.max(LEAST_CAUTION, CAUTION * CURIOSITY ** passed);
	}
}

/** How often a gateway would have decided otherwise than what was seen, and when it lets the next one through. */
function replay(
	{ intervalMs, burst, banMs }: Gateway,
	seen: readonly Seen[],
): { readonly misses: number; readonly nextMs: number } {
	let [room, atMs, bannedToMs, misses] = [burst, seen[0].atMs, -Infinity, 0];
	for (const one of seen) {
		room = intervalMs === 0 ? burst : Math.min(burst, room + (one.atMs - atMs) / intervalMs);
		atMs = one.atMs;
		const isFull = room < 1 / SLACK;
		const isBanned = atMs < bannedToMs;
		if (one.passed === (isFull || isBanned)) misses++;
		if (one.passed) [room, bannedToMs] = [Math.max(0, room - 1), isBanned ? -Infinity : bannedToMs];
		else if (!isBanned) [room, bannedToMs] = [Math.min(room, 1 - 1e-9), banMs > 0 ? atMs + banMs : -Infinity];
	}
	const roomMs = atMs + Math.max(0, 1 - room) * intervalMs * SLACK;
	return { misses, nextMs: Math.max(roomMs, bannedToMs + BAN_SLACK_MS) };
}

/** The one at which so large a share of the likelihood is reached. */
function quantile<T extends { readonly gateway: Gateway }>(sorted: readonly T[], share: number): T {
	let left = share * sorted.reduce((sum, { gateway }) => sum + gateway.likelihood, 0) - 1e-9;
	return sorted.find(({ gateway }) => (left -= gateway.likelihood) <= 0) ?? sorted[sorted.length - 1];
}
