import { type Result, invalid, ok, shown } from '../failures';
import { apiLimits } from '../limits';
import { DAY_SECONDS, dayOf, weekdayOf } from '../time/days';
import { type WallSeconds, type Window, contains, join, secondsOf } from '../time/window';
import type { Country } from './countries';
import { isHoliday } from './holidays';

/** When people may be called: pieces of the day in seconds, in order, for weekday 1 (Monday) to 7. */
export type CallingHours = ReadonlyArray<readonly Window[]>;

/** What Colombia's Ley 2300 of 2023 allows; none on Sundays and holidays. */
export const LEY_2300 = 'Mon-Fri 07:00-19:00, Sat 08:00-15:00';

const DAYS = ['mon lun', 'tue mar', 'wed mie', 'thu jue', 'fri vie', 'sat sab', 'sun dom'];
const PIECE =
	/^(\p{L}{3,})\.?(?:\s*[-–—]\s*(\p{L}{3,})\.?)?\s+(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?$/u;

/** Reads `Mon-Fri 07:00-19:00, Sat 08:00-15:00`, days in English or Spanish. */
export function readCallingHours(value: unknown): Result<CallingHours> {
	const isShort = typeof value === 'string' && value.length <= apiLimits.seenChars;
	const pieces = isShort ? value.split(/[,;\n]/).map(readPiece) : [null];
	const hours: Window[][] = Array.from({ length: 7 }, () => []);
	for (const piece of pieces) {
		if (piece === null)
			return invalid(
				'callingHours',
				`Calling Hours cannot be read: “${shown(value)}”`,
				`Write days and hours such as ${LEY_2300}.`,
			);
		for (const weekday of piece.weekdays) hours[weekday - 1].push(piece.window);
	}
	return ok(hours.map(join));
}

function readPiece(text: string): { readonly weekdays: number[]; readonly window: Window } | null {
	const match = PIECE.exec(text.trim());
	if (!match) return null;
	const [first, last] = [weekdayNamed(match[1]), weekdayNamed(match[2] ?? match[1])];
	const [from, to] = [secondsAt(match[3], match[4]), secondsAt(match[5], match[6])];
	if (first === 0 || last === 0 || from === null || to === null || from >= to) return null;
	const count = ((last - first + 7) % 7) + 1;
	return { weekdays: Array.from({ length: count }, (_, i) => ((first - 1 + i) % 7) + 1), window: { from, to } };
}

/** 1–7, or 0 for no weekday. */
function weekdayNamed(name: string): number {
	const start = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().slice(0, 3);
	return DAYS.findIndex((names) => names.split(' ').includes(start)) + 1;
}

function secondsAt(hour: string, minute = '00'): number | null {
	const seconds = Number(hour) * 3_600 + Number(minute) * 60;
	return Number(minute) < 60 && seconds <= DAY_SECONDS ? seconds : null;
}

/** The pieces of a day in which calls are allowed: none on a holiday. */
const piecesOf = (hours: CallingHours, day: number, country: Country): readonly Window[] =>
	isHoliday(day, country) ? [] : hours[weekdayOf(day) - 1];

export const isAllowed = (hours: CallingHours, at: WallSeconds, country: Country): boolean =>
	piecesOf(hours, dayOf(at), country).some((piece) => contains(piece, at - dayOf(at) * DAY_SECONDS));

/** How many seconds of a range calls are allowed in. */
export function allowedSeconds(hours: CallingHours, range: Window, country: Country): number {
	let seconds = 0;
	for (let day = dayOf(range.from); day * DAY_SECONDS < range.to; day++) {
		const midnight = day * DAY_SECONDS;
		for (const { from, to } of piecesOf(hours, day, country))
			seconds += Math.max(
				0,
				secondsOf({ from: Math.max(range.from, midnight + from), to: Math.min(range.to, midnight + to) }),
			);
	}
	return seconds;
}

/** Whether the whole hour of a weekday lies within the calling hours. */
export const isCallingHour = (hours: CallingHours, weekday: number, hour: number): boolean =>
	hours[weekday - 1].some(({ from, to }) => from <= hour * 3_600 && (hour + 1) * 3_600 <= to);
