import { timeLimits } from '../limits';
import { type Result, invalid, ok, shown } from '../failures';
import { formatWall, isZone, latestWall, readMoment, wallFromInstant } from './wallClock';
import { type WallSeconds, type Window } from './window';

/** The date ranges that can be chosen. */
const PRESETS = ['custom', 'last30Days', 'last7Days', 'previousMonth', 'thisMonth', 'today', 'yesterday'] as const;
type Preset = (typeof PRESETS)[number];

interface AskedRange {
	readonly dateRange: unknown;
	/** Read where the range is `custom`. */
	readonly from: unknown;
	readonly to: unknown;
	readonly timezone: unknown;
}

export interface DateRange {
	readonly window: Window;
	readonly zone: string;
	/** The end lay in the future, so that it was cut at now. */
	readonly wasCut: boolean;
	/** The end was given as midnight sharp: of that day only one second is read. */
	readonly endsAtMidnight: boolean;
}

const DAY = 86_400;
const FORMS =
	'Enter a date such as 2025-01-31, a date with a time such as 2025-01-31 08:30:00, or ISO 8601 with an offset.';

/** Turns what was chosen into wall-clock seconds of the operation. `to` includes its second, as Wolkvox's date_end does. */
export function readDateRange({ dateRange, from, to, timezone }: AskedRange, nowMs: number): Result<DateRange> {
	if (typeof timezone !== 'string' || !isZone(timezone.trim())) {
		return invalid(
			'timezone',
			`Timezone is not a time zone: “${shown(timezone)}”`,
			'Enter a name such as America/Bogota, or an offset such as UTC-5.',
		);
	}
	const zone = timezone.trim();
	const preset = PRESETS.find((name) => name === dateRange);
	if (preset === undefined)
		return invalid(
			'dateRange',
			`Date Range is not one that can be chosen: “${shown(dateRange)}”`,
			`Choose one of ${PRESETS.join(', ')}.`,
		);
	// The second that runs now belongs to what can be asked.
	const end = latestWall(nowMs, zone) + 1;
	if (preset === 'custom') return custom(from, to, zone, end);
	const window = presetWindow(preset, wallFromInstant(nowMs, zone));
	return ok({
		window: { from: window.from, to: Math.min(window.to, end) },
		zone,
		wasCut: false,
		endsAtMidnight: false,
	});
}

function presetWindow(preset: Exclude<Preset, 'custom'>, now: WallSeconds): Window {
	const today = now - (now % DAY);
	const month = monthStart(today);
	switch (preset) {
		case 'today':
			return { from: today, to: today + DAY };
		case 'yesterday':
			return { from: today - DAY, to: today };
		case 'last7Days':
			return { from: today - 7 * DAY, to: today };
		case 'last30Days':
			return { from: today - 30 * DAY, to: today };
		case 'thisMonth':
			return { from: month, to: today + DAY };
		case 'previousMonth':
			return { from: monthStart(month - 1), to: month };
	}
}

function monthStart(at: WallSeconds): WallSeconds {
	const date = new Date(at * 1_000);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1_000;
}

function custom(from: unknown, to: unknown, zone: string, end: WallSeconds): Result<DateRange> {
	const first = readMoment(from, zone);
	if (first === null) return noDate('from', from);
	const last = readMoment(to, zone);
	if (last === null) return noDate('to', to);
	const lastSecond = last.bareDate ? last.at + DAY - 1 : last.at;
	if (first.at < timeLimits.earliestWallSeconds) {
		return invalid(
			'from',
			`From (${formatWall(first.at)}) is before the year 2000`,
			'Wolkvox has no records of that time. Check the year, or the expression that gives it.',
		);
	}
	if (first.at > lastSecond) {
		return invalid(
			'from',
			`From (${formatWall(first.at)}) is after To (${formatWall(lastSecond)})`,
			'Exchange the two, or choose one of the ready date ranges.',
		);
	}
	if (first.at >= end) {
		return invalid(
			'from',
			`From (${formatWall(first.at)}) is in the future`,
			`In the time zone ${zone} it is now ${formatWall(end - 1)}. Check From, and Timezone in the options.`,
		);
	}
	const endsAtMidnight = lastSecond % DAY === 0 && lastSecond > first.at && lastSecond < end;
	return ok({
		window: { from: first.at, to: Math.min(lastSecond + 1, end) },
		zone,
		wasCut: lastSecond >= end,
		endsAtMidnight,
	});
}

function noDate(parameter: 'from' | 'to', value: unknown): Result<DateRange> {
	const name = parameter === 'from' ? 'From' : 'To';
	if (value === undefined || value === null || value === '') return invalid(parameter, `${name} is empty`, FORMS);
	return invalid(parameter, `${name} is not a date: “${shown(value)}”`, FORMS);
}
