import type { Failure } from '../failures';
import type { WallSeconds, Window } from '../time/window';
import type { ExecutionBudget } from './executionBudget';

/** What to read, and within which bounds. */
export interface ExtractOptions {
	readonly range: Window;
	/** A campaign's number, several with commas, or `all`. */
	readonly campaign: string;
	readonly parallelRequests: number;
	/** The most requests of this run, or of all runs of its execution; 0 leaves it to the watchdog and the day's quota. */
	readonly maxRequests: number;
	/** What this run spends counts together with other runs of its execution. */
	readonly execution?: ExecutionBudget;
	/** Rows at which an answer is no longer trusted; the vendor's number unless given. */
	readonly capRecords?: number;
	/** Longest window to ask for, in seconds: for who knows that a longer one takes too long or holds too much. */
	readonly maxWindowSeconds?: number;
	/** The first window, in seconds, where nothing is known yet; a day unless given. */
	readonly firstWindowSeconds?: number;
	/** An empty answer to the whole range is believed at once, because its asker looks at that range again. */
	readonly trustsEmpty?: boolean;
	/** A window that fails is unproven as it is: its asker knows that it is broken, and only looks whether it still is. */
	readonly takesFaultsAsTheyCome?: boolean;
	/** Seconds that are known to be broken: unproven without a request. */
	readonly leftOut?: readonly Window[];
	/** The operation's wall clock. */
	wallNow(): WallSeconds;
	onProgress?(progress: Progress): void;
}

/** Why what is left out is unproven. */
export const LEFT_OUT: Failure = {
	kind: 'transient',
	why: 'notWhole',
	said: 'it failed before, and was not asked again',
};

export interface Progress {
	readonly settledSeconds: number;
	readonly askedSeconds: number;
	readonly records: number;
	readonly requests: number;
}
