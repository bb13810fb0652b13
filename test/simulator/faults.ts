import { uniform } from './random';

/* What can go wrong with an answer, and the plan of when it does. */

const SALT = 41;

export const faultNames = [
	'http500',
	'http502',
	'http503',
	'http504',
	'html200',
	'html502',
	'busy',
	'cutBody',
	'cutGzip',
	'reset',
	'refuse',
	'stallHead',
	'stallBody',
	'falseEmpty',
	'wrongCount',
	'rowNotObject',
	'rowMissingKey',
	'otherCode200',
	'emptyBody',
	'redirect',
	'noticeBefore',
	'noticeBehind',
	'noticeInstead',
] as const;

/**
 * `cutBody` ends cleanly in mid-array, `cutGzip` ends a gzip stream in its middle, `reset` breaks the
 * connection in mid-body, `refuse` breaks it before any answer, `stall…` goes silent and stays so,
 * `notice…` is a notice of PHP around a whole answer, or in its place; `wrongCount` counts one row more in `msg` than it serves, `otherCode200` is a 200 whose code is 500.
 */
export type FaultName = (typeof faultNames)[number];

export interface Fault {
	name: FaultName;
	/** Part of the body that goes out first, for faults in mid-body. Default 0.5. */
	at?: number;
	/** Where a redirect leads. */
	location?: string;
}

export interface FaultPlan {
	/** Probability of each fault per report request, drawn from the seed. */
	random?: Partial<Record<FaultName, number>>;
	/** One entry per report request, in order, from the moment it is configured; null: no fault. */
	script?: Array<Fault | FaultName | null>;
	/** Whether a random false empty may hit a window again that overlaps one it has hit. Default false. */
	repeatFalseEmpty?: boolean;
}

/** Decides, request by request, what goes wrong. */
export class FaultSource {
	private requests = 0;
	private scripted = 0;
	private readonly emptied: Array<{ from: number; to: number }> = [];

	/** A new script starts at its first entry. */
	restart(): void {
		this.scripted = 0;
	}

	next(plan: FaultPlan, seed: number, window: { from: number; to: number } | null): Fault | undefined {
		const request = this.requests++;
		const { script, random = {} } = plan;
		if (script && this.scripted < script.length) {
			const entry = script[this.scripted++];
			return entry === null ? undefined : typeof entry === 'string' ? { name: entry } : entry;
		}
		let draw = uniform(seed, request, 0, SALT);
		for (const name of faultNames) {
			draw -= random[name] ?? 0;
			if (draw >= 0) continue;
			return name === 'falseEmpty' && !this.mayEmpty(plan, window) ? undefined : { name };
		}
		return undefined;
	}

	/** A client that asks every empty window once more must be able to get the truth. */
	private mayEmpty({ repeatFalseEmpty }: FaultPlan, window: { from: number; to: number } | null): boolean {
		if (!window || repeatFalseEmpty) return true;
		if (this.emptied.some(({ from, to }) => from < window.to && window.from < to)) return false;
		this.emptied.push(window);
		return true;
	}
}
