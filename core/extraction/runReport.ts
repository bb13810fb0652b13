import type { Spending } from '../api/request';
import { type Failure } from '../failures';
import { extractionLimits, readingLimits } from '../limits';
import { type Window, type WallSeconds, join, subtract, totalSeconds } from '../time/window';

/** A part of the range whose records could not be proven complete, and why. */
export interface Unproven {
	readonly window: Window;
	readonly failure: Failure;
}

/** The account of a run. `proven` and `unproven` are disjoint, and together they are what was asked. */
export interface RunReport {
	readonly asked: Window;
	readonly proven: readonly Window[];
	readonly unproven: readonly Unproven[];
	readonly records: number;
	/** Windows that came whole with records. */
	readonly windows: number;
	/** Stretches that were empty, twice asked. */
	readonly empty: readonly Window[];
	/** Answers that were empty once and had records when asked again. */
	readonly falseEmpties: number;
	readonly requests: number;
	readonly retries: number;
	readonly waitedMs: number;
	/** What limits the pace before Wolkvox: how often it refused, in which words, and how many requests a minute pass. */
	readonly pace: { readonly refused: number; readonly by: Failure; readonly perMinute: number } | null;
	/** The longest wait that a Retry-After told; 0 where none did. */
	readonly longestRetryAfterMs: number;
	/** Records without a readable date, kept at the start of their window. */
	readonly undated: number;
	/** How far dates lie outside what was asked, where it is more than a minute; else 0. */
	readonly skewSeconds: number;
	/** Precision of the dates: 1, 60, 3,600 or 86,400 seconds. */
	readonly grainSeconds: number;
	/** Edges of the range that are finer than the dates, so that Wolkvox's own edge was trusted. */
	readonly trustedEdges: readonly WallSeconds[];
	/** The part of the range that is younger than 30 minutes: records may still arrive there. */
	readonly unsettled: Window | null;
	/** A notice of PHP that stood beside an answer, at most 200 characters; null where none did. */
	readonly notice: string | null;
	/** Where several campaigns were wanted: those of which nothing came. */
	readonly silent?: readonly string[];
}

/** What is counted while a run goes on. */
export interface Tally {
	records: number;
	windows: number;
	undated: number;
	falseEmpties: number;
	readonly proven: Window[];
	readonly empty: Window[];
	readonly unproven: Unproven[];
}

export const emptyTally = (): Tally => ({
	records: 0,
	windows: 0,
	undated: 0,
	falseEmpties: 0,
	proven: [],
	empty: [],
	unproven: [],
});

interface Circumstances {
	readonly spending: Pick<Spending, 'requests' | 'retries' | 'waitedMs' | 'limited' | 'longestRetryAfterMs'>;
	readonly knowledge: { readonly skewSeconds: number; readonly grainSeconds: number; readonly notice?: string };
	/** The operation's wall clock when the run ended. */
	readonly wallNow: WallSeconds;
	/** Why whatever is neither proven nor named yet was not read. */
	readonly ended: Failure;
}

/** Draws up the account; every second of the range is in it exactly once. */
export function reportOf(
	asked: Window,
	tally: Tally,
	{ spending, knowledge, wallNow, ended }: Circumstances,
): RunReport {
	const named = join(tally.unproven.map(({ window }) => window));
	const proven = subtract(tally.proven, named);
	const rest = subtract([asked], [...proven, ...named]).map((window) => ({ window, failure: ended }));
	const unproven = [...mergeAlike(tally.unproven), ...rest].sort((a, b) => a.window.from - b.window.from);
	const { records, windows, undated, falseEmpties } = tally;
	const { refused, by, perMinute } = spending.limited;
	const settled = wallNow - extractionLimits.settledAfterSeconds;
	const report: RunReport = {
		asked,
		proven,
		unproven,
		records,
		windows,
		empty: join(tally.empty),
		falseEmpties,
		requests: spending.requests,
		retries: spending.retries,
		waitedMs: spending.waitedMs,
		pace: by === null || perMinute === null ? null : { refused, by, perMinute },
		longestRetryAfterMs: spending.longestRetryAfterMs,
		undated,
		skewSeconds: knowledge.skewSeconds > readingLimits.quietMarginSeconds ? knowledge.skewSeconds : 0,
		grainSeconds: knowledge.grainSeconds,
		trustedEdges: [asked.from, asked.to].filter((edge) => edge % knowledge.grainSeconds !== 0),
		unsettled: asked.to > settled ? { from: Math.max(asked.from, settled), to: asked.to } : null,
		notice: knowledge.notice ?? null,
	};
	assertAccounted(report);
	return report;
}

/** Neighbouring seconds that failed alike are one stretch. */
function mergeAlike(unproven: readonly Unproven[]): Unproven[] {
	const merged: Unproven[] = [];
	for (const { window, failure } of [...unproven].sort((a, b) => a.window.from - b.window.from)) {
		const last = merged.at(-1);
		if (last && window.from <= last.window.to && JSON.stringify(last.failure) === JSON.stringify(failure)) {
			merged[merged.length - 1] = {
				window: { from: last.window.from, to: Math.max(last.window.to, window.to) },
				failure,
			};
		} else {
			merged.push({ window, failure });
		}
	}
	return merged;
}

/** proven + unproven = asked: the promise that nothing is left out in silence, held while it runs. */
function assertAccounted({ asked, proven, unproven }: RunReport): void {
	const parts = [...proven, ...unproven.map(({ window }) => window)];
	const whole = join(parts);
	if (totalSeconds(parts) !== asked.to - asked.from || whole.length !== 1 || whole[0].from !== asked.from) {
		throw new Error('The account of the run does not cover its range exactly once');
	}
}
