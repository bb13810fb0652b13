import { timeLimits } from '../limits';
import { type Result, invalid, ok, shown } from '../failures';
import { type UserMoment, formatWall, isZone, latestWall, readMoment, wallFromInstant } from './wallClock';
import { type WallSeconds, type Window } from './window';

/** The date ranges that can be chosen. */
const PRESETS = [
	'today',
	'yesterday',
	'last7Days',
	'previousWeek',
	'last30Days',
	'thisMonth',
	'previousMonth',
	'custom',
] as const;
type Preset = (typeof PRESETS)[number];

interface AskedRange {
	readonly dateRange: unknown;
	/** Read where the range is `custom`. */
	readonly from: unknown;
	readonly to: unknown;
	/** Whether `to` stands in the form as it is, and no expression gave it: editors can pick nothing but midnight for a day. */
	readonly isToFixed?: boolean;
	readonly timezone: unknown;
}

export interface DateRange {
	readonly window: Window;
	readonly zone: string;
	/** The end lay in the future, so that it was cut at now. */
	readonly wasCut: boolean;
	/** What a moment as the end was taken for: its whole day, the second before it or itself; null for dates and presets. */
	readonly endsAs: 'wholeDay' | 'before' | 'included' | null;
	/** Edges that are midnight in a zone of their own and not on the operation's clock. */
	readonly foreignMidnights: readonly ForeignMidnight[];
}

interface ForeignMidnight {
	readonly edge: 'From' | 'To';
	/** What its own clock shows, and the operation's. */
	readonly own: WallSeconds;
	readonly at: WallSeconds;
}

const DAY = 86_400;
const FORMS =
	'Enter a date such as 2025-01-31 or a moment such as 2025-01-31 08:30:00, with an offset where it is of another zone. ' +
	'In the form pick a day, or type a moment in full.';

/**
 * Turns what was chosen into wall-clock seconds of the operation. As the end, a date alone or midnight picked in the form is
 * that whole day; any other moment is included, but where its seconds are 00: so people write ranges that shall join.
 */
export function readDateRange(asked: AskedRange, nowMs: number): Result<DateRange> {
	const { dateRange, timezone } = asked;
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
	if (preset === 'custom') return custom(asked, zone, end);
	const window = presetWindow(preset, wallFromInstant(nowMs, zone));
	return ok({
		window: { from: window.from, to: Math.min(window.to, end) },
		zone,
		wasCut: false,
		endsAs: null,
		foreignMidnights: [],
	});
}

function presetWindow(preset: Exclude<Preset, 'custom'>, now: WallSeconds): Window {
	const today = now - (now % DAY);
	const month = monthStart(today);
	const week = today - ((today / DAY + MONDAYS_OFFSET) % 7) * DAY;
	switch (preset) {
		case 'today':
			return { from: today, to: today + DAY };
		case 'yesterday':
			return { from: today - DAY, to: today };
		case 'last7Days':
			return { from: today - 7 * DAY, to: today };
		case 'previousWeek':
			return { from: week - 7 * DAY, to: week };
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

/** 1970-01-01 was a Thursday, three days after a Monday. */
const MONDAYS_OFFSET = 3;

function custom({ from, to, isToFixed = false }: AskedRange, zone: string, end: WallSeconds): Result<DateRange> {
	const first = readMoment(from, zone);
	if (first === null) return noDate('from', from);
	const last = isNothing(to) ? null : readMoment(to, zone);
	if (last === null && !isNothing(to)) return noDate('to', to);
	const { at: until, endsAs } = last === null ? { at: end, endsAs: null } : endOf(last, first, isToFixed);
	if (first.at < timeLimits.earliestWallSeconds) {
		return invalid(
			'from',
			`From (${formatWall(first.at)}) is before the year 2000`,
			'Wolkvox has no records of that time. Check the year, or the expression that gives it.',
		);
	}
	if (first.at >= end) {
		return invalid(
			'from',
			`From (${formatWall(first.at)}) is in the future`,
			`In the time zone ${zone} it is now ${formatWall(end - 1)}. Check From, and Timezone in the options.`,
		);
	}
	if (first.at === until && first.at === last?.at) {
		return invalid(
			'to',
			`From and To are the same moment (${formatWall(first.at)}), and nothing lies between them`,
			'To is read up to that moment where its seconds are 00. Enter a later one, or a date alone for the whole day.',
		);
	}
	if (first.at >= until) {
		return invalid(
			'from',
			`From (${formatWall(first.at)}) is after To (${formatWall(until - 1)})`,
			'Exchange the two, or choose one of the ready date ranges.',
		);
	}
	return ok({
		window: { from: first.at, to: Math.min(until, end) },
		zone,
		wasCut: until > end,
		endsAs,
		foreignMidnights: [...foreignMidnight('From', first), ...(last ? foreignMidnight('To', last) : [])],
	});
}

/** Where a range ends, half-open, and what its end was taken for. */
function endOf(
	last: UserMoment,
	first: UserMoment,
	isFixed: boolean,
): { readonly at: WallSeconds; readonly endsAs: DateRange['endsAs'] } {
	if (last.bareDate) return { at: last.at + DAY, endsAs: null };
	const isPicked = isFixed && !last.isResolved;
	if (last.at % DAY === 0 && (isPicked || last.at === first.at)) return { at: last.at + DAY, endsAs: 'wholeDay' };
	return last.at % 60 === 0 ? { at: last.at, endsAs: 'before' } : { at: last.at + 1, endsAs: 'included' };
}

/** Days of another zone begin and end at other moments: whoever gives their edges most likely meant the operation's. */
function foreignMidnight(edge: ForeignMidnight['edge'], { at, ownAt }: UserMoment): ForeignMidnight[] {
	if (ownAt === null) return [];
	const isEdge = ownAt % DAY === 0 || ownAt % DAY === DAY - 1;
	return isEdge && ownAt % DAY !== at % DAY ? [{ edge, own: ownAt, at }] : [];
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

function noDate(parameter: 'from' | 'to', value: unknown): Result<DateRange> {
	const name = parameter === 'from' ? 'From' : 'To';
	if (isNothing(value)) return invalid(parameter, `${name} is empty`, FORMS);
	return invalid(parameter, `${name} is not a date: “${shown(value)}”`, FORMS);
}
