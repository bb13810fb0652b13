import { dateOf, dayOf, dayOfDate, DAY_SECONDS } from '../../time/days';
import { type Window, secondsOf } from '../../time/window';

/**
 * What a range is compared with: of Today the same hours a week ago, of a month the month before, else the same length
 * right before it.
 */
export function periodBefore({ from, to }: Window, preset: unknown): Window {
	if (preset === 'today') return { from: from - 7 * DAY_SECONDS, to: to - 7 * DAY_SECONDS };
	if (preset === 'thisMonth' || preset === 'previousMonth') {
		const start = dateOf(dayOf(from));
		const before = dayOfDate(start.getUTCFullYear(), start.getUTCMonth(), 1);
		return { from: before * DAY_SECONDS, to: from };
	}
	return { from: from - secondsOf({ from, to }), to: from };
}
