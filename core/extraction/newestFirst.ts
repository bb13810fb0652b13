import type { Failure } from '../failures';
import { apiLimits } from '../limits';
import { DAY_SECONDS } from '../time/days';
import { type WallSeconds, type Window, join, secondsOf } from '../time/window';
import type { RunReport, Unproven } from './runReport';

/** Failures of the whole run; any other is a window's own. */
const OF_THE_RUN: ReadonlyArray<Failure['kind']> = ['refused', 'busy', 'closed', 'bounded', 'cancelled'];
const MOST_DAYS = apiLimits.maxSpanSeconds / DAY_SECONDS;

/**
 * Cuts a range into pieces from its end backwards: whole days, and while they are empty 2, 4, 8 … days, at most 31, so that a
 * long stretch without calls costs few requests. The accounts of the pieces become one.
 */
export class NewestFirst {
	private readonly reports: RunReport[] = [];
	private days = 1;
	private at: WallSeconds;
	private ended: Failure | null = null;

	constructor(private readonly range: Window) {
		this.at = range.to;
	}

	/** The next piece; null where nothing is left, or nothing further would be answered. */
	next(): Window | null {
		const { from } = this.range;
		if (this.at <= from || this.ended) return null;
		const lastDay = Math.floor((this.at - 1) / DAY_SECONDS);
		return { from: Math.max(from, (lastDay - this.days + 1) * DAY_SECONDS), to: this.at };
	}

	/** Takes the account of the piece that was read. */
	settle(report: RunReport): void {
		const { records, proven, unproven, asked } = report;
		const nothing = this.reports.at(-1)?.proven.length === 0 && proven.length === 0 ? unproven[0] : undefined;
		this.ended = (unproven.find(({ failure }) => OF_THE_RUN.includes(failure.kind)) ?? nothing)?.failure ?? null;
		this.days = records === 0 && unproven.length === 0 ? Math.min(2 * this.days, MOST_DAYS) : 1;
		this.at = asked.from;
		this.reports.push(report);
	}

	/** The account of what was read; of the whole range where it ended before its start was reached. */
	report(): RunReport {
		const joined = [...this.reports].reverse().reduce(joinReports);
		const rest = { from: this.range.from, to: this.at };
		if (this.ended === null || secondsOf(rest) === 0) return joined;
		const unread: Unproven = { window: rest, failure: this.ended };
		return { ...joined, asked: this.range, unproven: joinAlike([unread, ...joined.unproven]) };
	}
}

/** One account of two neighbours, the earlier one first. What was spent is the connection's: the later reading knows it all. */
function joinReports(earlier: RunReport, later: RunReport): RunReport {
	const [first, second] = [earlier.unsettled, later.unsettled];
	const { requests, retries, waitedMs, pace, longestRetryAfterMs } =
		earlier.requests >= later.requests ? earlier : later;
	return {
		asked: { from: earlier.asked.from, to: later.asked.to },
		proven: join([...earlier.proven, ...later.proven]),
		unproven: joinAlike([...earlier.unproven, ...later.unproven]),
		records: earlier.records + later.records,
		windows: earlier.windows + later.windows,
		empty: join([...earlier.empty, ...later.empty]),
		falseEmpties: earlier.falseEmpties + later.falseEmpties,
		...{ requests, retries, waitedMs, pace, longestRetryAfterMs },
		undated: earlier.undated + later.undated,
		skewSeconds: Math.max(earlier.skewSeconds, later.skewSeconds),
		grainSeconds: Math.max(earlier.grainSeconds, later.grainSeconds),
		trustedEdges: [...new Set([...earlier.trustedEdges, ...later.trustedEdges])],
		unsettled: first && second ? { from: first.from, to: second.to } : (first ?? second),
		notice: later.notice ?? earlier.notice,
		silent: earlier.silent?.filter((campaign) => later.silent?.includes(campaign)),
	};
}

/** What failed alike on both sides of an edge between pieces is one stretch. */
function joinAlike(unproven: readonly Unproven[]): Unproven[] {
	const joined: Unproven[] = [];
	for (const { window, failure } of unproven) {
		const last = joined.at(-1);
		if (last?.window.to === window.from && JSON.stringify(last.failure) === JSON.stringify(failure))
			joined[joined.length - 1] = { window: { from: last.window.from, to: window.to }, failure };
		else joined.push({ window, failure });
	}
	return joined;
}
