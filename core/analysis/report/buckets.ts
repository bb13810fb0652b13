import type { Window } from '../../time/window';
import { weekdayOf } from '../../time/days';
import type { Summary } from '../summarize';
import { formatDayLong, formatDayShort, formatMonth } from './format';

const DAY = 86_400;
/** Columns that stay apart on a phone (OURS): longer ranges are drawn by week, then by month. */
const MAX_COLUMNS = 120;

/** One column of the chart over time. */
export interface Bucket {
	/** For the axis, with the year where the range has days of two; and in full. */
	readonly label: string;
	readonly name: string;
	readonly human: number;
	readonly machine: number;
	readonly other: number;
	readonly records: number;
}

export interface Timeline {
	readonly unit: 'day' | 'week' | 'month';
	/** In order of time, without gaps: a day without records is there too. */
	readonly buckets: readonly Bucket[];
}

const START_OF: Record<Timeline['unit'], (day: number) => number> = {
	day: (day) => day,
	week: (day) => day - weekdayOf(day) + 1,
	month: (day) => day - new Date(day * DAY * 1_000).getUTCDate() + 1,
};

const NAMES: Record<Timeline['unit'], (day: number) => string> = {
	day: formatDayLong,
	week: (day) => `Week of ${formatDayLong(day)}`,
	month: formatMonth,
};

const yearOf = (day: number): number => new Date(day * DAY * 1_000).getUTCFullYear();

/** Days of a range as columns; records without a readable date are in none of them. */
export function timelineOf(days: readonly Summary[], range: Window): Timeline {
	const [first, last] = [Math.floor(range.from / DAY), Math.floor((range.to - 1) / DAY)];
	const count = last - first + 1;
	const unit = count <= MAX_COLUMNS ? 'day' : count <= MAX_COLUMNS * 7 ? 'week' : 'month';
	const buckets = new Map<number, { human: number; machine: number; other: number; records: number }>();
	for (let day = first; day <= last; day++)
		buckets.set(START_OF[unit](day), { human: 0, machine: 0, other: 0, records: 0 });
	for (const summary of days) {
		if (!summary.day) continue;
		const bucket = buckets.get(START_OF[unit](Date.parse(summary.day) / (DAY * 1_000)));
		if (!bucket) continue;
		for (const part of ['human', 'machine', 'other', 'records'] as const) bucket[part] += summary[part];
	}
	const formatDay = yearOf(START_OF[unit](first)) === yearOf(last) ? formatDayShort : formatDayLong;
	const labelOf = unit === 'month' ? formatMonth : formatDay;
	return {
		unit,
		buckets: [...buckets].map(([day, counts]) => ({ label: labelOf(day), name: NAMES[unit](day), ...counts })),
	};
}
