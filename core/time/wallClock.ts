import { DateTime, IANAZone } from 'luxon';

import { apiLimits } from '../limits';
import type { WallSeconds } from './window';

/** A moment as a row shows it, and the precision that the text has, in seconds. */
export interface RowDate {
	readonly at: WallSeconds;
	readonly grainSeconds: 1 | 60 | 3_600 | 86_400;
}

const COMPACT = /^\s*(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?\s*$/;
const YEAR_FIRST = String.raw`(\d{4})([-/.])(\d{1,2})\2(\d{1,2})`;
const YEAR_LAST = String.raw`(\d{1,2})([-/.])(\d{1,2})\6(\d{4})`;
const CLOCK = String.raw`(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*([ap]\.?\s?m\.?)?`;
const ROW_DATE = new RegExp(
	String.raw`^\s*(?:${YEAR_FIRST}|${YEAR_LAST})(?:[T\s-]+${CLOCK}(?:Z|[+-]\d{2}:?\d{2})?)?\s*$`,
	'i',
);

/**
 * Reads the `date` of a row: year first as the contract shows it, and the other forms that a PHP API might give
 * (day first, compact, with a T, without seconds or minutes, a.m. and p.m.). An offset is part of the text, not of the
 * moment: rows carry wall-clock time. Gives null for what is no date (empty, `0000-00-00`, the 31st of a short month).
 */
export function parseRowDate(text: string): RowDate | null {
	const seconds = secondsOfHour(text);
	if (seconds !== null && text.startsWith(lastHour.text)) return { at: lastHour.startsAt + seconds, grainSeconds: 1 };
	const date = text.length > apiLimits.seenChars ? null : readRowDate(text);
	if (date && seconds !== null) lastHour = { text: text.slice(0, HOUR_LENGTH), startsAt: date.at - seconds };
	return date;
}

/** Rows come in order of time and a run reads millions: the hour is read once (MEASURED: a third of a run's work). */
let lastHour = { text: '-', startsAt: 0 };
const HOUR_LENGTH = 'YYYY-MM-DD HH:'.length;

/** Seconds into the hour of a text as long as `YYYY-MM-DD HH:mm:ss` that ends in `:mm:ss`, or null. */
function secondsOfHour(text: string): number | null {
	if (text.length !== HOUR_LENGTH + 5 || text[HOUR_LENGTH - 1] !== ':' || text[HOUR_LENGTH + 2] !== ':') return null;
	const [minute, second] = [twoDigits(text, HOUR_LENGTH), twoDigits(text, HOUR_LENGTH + 3)];
	return minute < 60 && second < 60 ? minute * 60 + second : null;
}

/** The number that two digits are, or one past any that a clock shows. */
function twoDigits(text: string, at: number): number {
	const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}

const ZERO = '0'.charCodeAt(0);

function readRowDate(text: string): RowDate | null {
	const match = ROW_DATE.exec(
		text.replace(COMPACT, (_, y, m, d, h = '', i = '', s = '') =>
			`${y}-${m}-${d} ${h}:${i}:${s}`.replace(/(?<![ :])[ :]+$/, ''),
		),
	);
	if (!match) return null;
	const [year, month, day] = match[1] ? [match[1], match[3], match[4]] : [match[8], match[7], match[5]];
	const [, , , , , , , , , hourText, minute, second, half] = match;
	const hour = half ? (Number(hourText) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hourText ?? 0);
	const at = wallSeconds([Number(year), Number(month), Number(day), hour, Number(minute ?? 0), Number(second ?? 0)]);
	if (at === null) return null;
	return { at, grainSeconds: second ? 1 : minute ? 60 : hourText ? 3_600 : 86_400 };
}

/** Wall-clock seconds of a calendar moment, or null where the calendar has none such. */
export function wallSeconds([year, month, day, hour, minute, second]: readonly number[]): WallSeconds | null {
	if (year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
	const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
	date.setUTCFullYear(year, month - 1, day);
	return date.getUTCDate() === day ? date.getTime() / 1_000 : null;
}

/** `YYYYmmddHHiiss`, what `date_ini` and `date_end` take. */
export const formatCompact = (at: WallSeconds): string => formatWall(at).replace(/\D/g, '');

/** `YYYY-MM-DD HH:MM:SS`, as rows carry it. */
export const formatWall = (at: WallSeconds): string =>
	new Date(at * 1_000).toISOString().slice(0, 19).replace('T', ' ');

/** A zone of the tz database, or a fixed offset such as `UTC-5`. */
export const isZone = (zone: string): boolean =>
	zone.length <= apiLimits.seenChars &&
	(IANAZone.isValidZone(zone) || /^utc[+-](?:0?\d|1[0-4])(?::[0-5]\d)?$/i.test(zone));

/** A moment that a person or a workflow gave; a bare date leaves its edge to the reader. */
export interface UserMoment {
	readonly at: WallSeconds;
	readonly bareDate: boolean;
	/** What the clock of its own zone shows, where it came with one. */
	readonly ownAt: WallSeconds | null;
	/** The editor wrote it down as the result of an expression. */
	readonly isResolved: boolean;
}

const USER_TEXT =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** How n8n's editor saves what an expression shows when its field is switched to Fixed. */
const RESOLVED = /^\s*\[(?:DateTime|Date|Object):\s*"?([^\]"]+)"?\]\s*$/;

/**
 * Reads zoneless text (the operation's wall clock), ISO 8601 with offset, a luxon DateTime or a Date, and the
 * `[DateTime: …]` of n8n's editor. Gives null for anything else and for dates that the calendar has not.
 */
export function readMoment(value: unknown, zone: string): UserMoment | null {
	if (typeof value === 'object' && value !== null) {
		const instant = 'toMillis' in value && typeof value.toMillis === 'function' ? value.toMillis() : value.valueOf();
		const offset = 'offset' in value && typeof value.offset === 'number' ? value.offset : null;
		return fromInstant(instant, zone, offset);
	}
	if (typeof value !== 'string' || value.length > apiLimits.seenChars) return null;
	const resolved = RESOLVED.exec(value)?.[1];
	const text = (resolved ?? value).trim();
	const match = USER_TEXT.exec(text) ?? COMPACT.exec(text);
	if (!match) return null;
	const at = wallSeconds(match.slice(1, 7).map((digits) => Number(digits ?? 0)));
	if (at === null) return null;
	const isResolved = resolved !== undefined;
	if (!match[7]) return { at, bareDate: match[4] === undefined, ownAt: null, isResolved };
	const moment = fromInstant(DateTime.fromISO(text.replace(' ', 'T').replace(' ', '')).toMillis(), zone, null);
	return moment && { ...moment, ownAt: at, isResolved };
}

/** @param offsetMinutes that the instant came with, if any */
function fromInstant(instantMs: unknown, zone: string, offsetMinutes: number | null): UserMoment | null {
	if (typeof instantMs !== 'number' || !Number.isFinite(instantMs)) return null;
	const ownAt = offsetMinutes === null ? null : Math.floor(instantMs / 1_000) + offsetMinutes * 60;
	return { at: wallFromInstant(instantMs, zone), bareDate: false, ownAt, isResolved: false };
}

/** What the operation's wall clock shows at an instant. */
export function wallFromInstant(instantMs: number, zone: string): WallSeconds {
	const local = DateTime.fromMillis(instantMs, { zone });
	return Math.floor(instantMs / 1_000) + local.offset * 60;
}

/**
 * The latest second that the wall clock has shown up to an instant. After clocks went back it is the end of the
 * repeated hour, since records of its first pass already lie there.
 */
export function latestWall(nowMs: number, zone: string): WallSeconds {
	const now = wallFromInstant(nowMs, zone);
	const before = nowMs - NEAR_MS;
	if (wallFromInstant(before, zone) + NEAR_MS / 1_000 <= now) return now;
	return Math.max(now, wallFromInstant(turnOfClocks(before, nowMs, zone).lastMs, zone));
}

/**
 * The earliest second that the wall clock shows from an instant on. Before clocks go back it is the start of the hour
 * that will be repeated, since records of its second pass will lie there.
 */
export function earliestWall(fromMs: number, zone: string): WallSeconds {
	const from = wallFromInstant(fromMs, zone);
	const after = fromMs + NEAR_MS;
	if (from + NEAR_MS / 1_000 <= wallFromInstant(after, zone)) return from;
	return Math.min(from, wallFromInstant(turnOfClocks(fromMs, after, zone).firstMs, zone));
}

/** Clocks go back by two hours at most, anywhere. */
const NEAR_MS = 3 * 3_600_000;

/** The last second of the old offset and the first of the new one between two instants. */
function turnOfClocks(
	beforeMs: number,
	afterMs: number,
	zone: string,
): { readonly lastMs: number; readonly firstMs: number } {
	const offsetOf = (at: number): number => DateTime.fromMillis(at, { zone }).offset;
	const offset = offsetOf(beforeMs);
	let [lastMs, firstMs] = [Math.floor(beforeMs / 1_000) * 1_000, Math.ceil(afterMs / 1_000) * 1_000];
	while (firstMs - lastMs > 1_000) {
		const middle = Math.floor((lastMs + firstMs) / 2_000) * 1_000;
		if (offsetOf(middle) === offset) lastMs = middle;
		else firstMs = middle;
	}
	return { lastMs, firstMs };
}

/** Seconds since 1970 at which the wall clock shows a moment: for the first time where it does so twice, pushed on where it never does. */
export function firstInstant(at: WallSeconds, zone: string): number {
	const before = offsetSeconds(at - DAY_SECONDS, zone);
	const passes = [before, offsetSeconds(at + DAY_SECONDS, zone)]
		.map((offset) => at - offset)
		.filter((instant) => instant + offsetSeconds(instant, zone) === at);
	return passes.length > 0 ? Math.min(...passes) : at - before;
}

/** ISO 8601 with the zone's offset, as `firstInstant` understands the moment. */
export function wallToIso(at: WallSeconds, zone: string): string {
	const instant = firstInstant(at, zone);
	const offset = offsetSeconds(instant, zone);
	if (Number.isNaN(offset)) return formatWall(at);
	const size = formatWall(Math.abs(offset)).slice(11, 16);
	return `${formatWall(instant + offset).replace(' ', 'T')}${offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${size}`}`;
}

const DAY_SECONDS = 86_400;
/** No zone changes its offset within a quarter of an hour: one look serves all records of it. */
const OFFSET_SECONDS = 900;
const REMEMBERED_OFFSETS = 10_000;
const offsets = new Map<string, number>();

/** Seconds that a zone is ahead of UTC at an instant, in seconds since 1970; NaN for no zone. */
function offsetSeconds(instant: number, zone: string): number {
	const start = Math.floor(instant / OFFSET_SECONDS) * OFFSET_SECONDS;
	const key = `${zone} ${start}`;
	const known = offsets.get(key);
	if (known !== undefined) return known;
	if (offsets.size >= REMEMBERED_OFFSETS) offsets.clear();
	const offset = DateTime.fromMillis(start * 1_000, { zone }).offset * 60;
	offsets.set(key, offset);
	return offset;
}
