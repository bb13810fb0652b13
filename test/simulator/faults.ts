/* What can go wrong with an answer, and the plan of when it does. */

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
] as const;

/**
 * `cutBody` ends cleanly in mid-array, `cutGzip` ends a gzip stream in its middle, `reset` breaks the
 * connection in mid-body, `refuse` breaks it before any answer, `stall…` goes silent and stays so,
 * `wrongCount` counts one row more in `msg` than it serves, `otherCode200` is a 200 whose code is 500.
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
