import { dayOfYearText, dayText, monthText, weekdayName } from '../../country/words';
import { reportLimits } from '../limits';
import { dateOf, dayOf, weekdayOf } from '../../time/days';
import type { Window } from '../../time/window';
import { type Counts, add, noCounts } from './counts';
import type { Style } from './phrases';

/** One bar over time. */
interface Bar extends Readonly<Counts> {
	readonly label: string;
}

interface Timeline {
	readonly unit: 'day' | 'week' | 'month' | 'year';
	/** In order of time, without gaps: a day without calls is there too. */
	readonly bars: readonly Bar[];
}

const UNITS = ['day', 'week', 'month', 'year'] as const;

/** The first day of the unit that a day is in. */
const START_OF: Record<Timeline['unit'], (day: number) => number> = {
	day: (day) => day,
	week: (day) => day - weekdayOf(day) + 1,
	month: (day) => day - dateOf(day).getUTCDate() + 1,
	year: (day) => Date.UTC(dateOf(day).getUTCFullYear(), 0, 1) / 86_400_000,
};

/** Days of a range, or weeks, months, years where there are many; calls without a readable date are in none. */
export function timelineOf(
	days: ReadonlyMap<number, Readonly<Counts>>,
	range: Window,
	{ language }: Pick<Style, 'language'>,
): Timeline {
	const [first, last] = [dayOf(range.from), dayOf(range.to - 1)];
	const allDays = Array.from({ length: last - first + 1 }, (_, i) => first + i);
	const startsOf = (unit: Timeline['unit']): Set<number> => new Set(allDays.map(START_OF[unit]));
	const unit = UNITS.find((one) => startsOf(one).size <= reportLimits.bars) ?? 'year';
	const bars = new Map([...startsOf(unit)].map((start) => [start, noCounts()]));
	for (const [day, counts] of days) {
		const bar = bars.get(START_OF[unit](day));
		if (bar) add(bar, counts);
	}
	const label: Record<Timeline['unit'], (day: number) => string> = {
		day: (day) => `${weekdayName(weekdayOf(day), language).slice(0, 3)} ${dayOfYearText(day, language)}`,
		week: (day) => dayText(day, language),
		month: (day) => monthText(day, language),
		year: (day) => String(dateOf(day).getUTCFullYear()),
	};
	return { unit, bars: [...bars].map(([start, counts]) => ({ label: label[unit](start), ...counts })) };
}
