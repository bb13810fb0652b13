import { dateOf, dayOfDate, weekdayOf } from '../time/days';
import type { Country } from './countries';

/** Days since 1970 on which a country does not work; other countries than Colombia have no such list here. */
export function isHoliday(day: number, country: Country): boolean {
	return country === 'CO' && colombianHolidays(dateOf(day).getUTCFullYear()).has(day);
}

/** Month, date, and the year it began in where that is known to matter. */
type Feast = readonly [month: number, date: number, since?: number];

const FIXED: readonly Feast[] = [
	[1, 1],
	[5, 1],
	[7, 20],
	[8, 7],
	[12, 8],
	[12, 25],
];

/** On the Monday that follows, unless they are one (Ley 51 of 1983); Chiquinquirá since Ley 2578 of 2026. */
const MOVED: readonly Feast[] = [
	[1, 6],
	[3, 19],
	[6, 29],
	[7, 9, 2026],
	[8, 15],
	[10, 12],
	[11, 1],
	[11, 11],
];

/** Days from Easter Sunday: Holy Thursday and Friday; Ascension, Corpus Christi and the Sacred Heart on their Mondays. */
const OF_EASTER = [-3, -2, 43, 64, 71];

const years = new Map<number, ReadonlySet<number>>();

function colombianHolidays(year: number): ReadonlySet<number> {
	let days = years.get(year);
	if (days === undefined) {
		const dayIn = ([month, date]: Feast): number => dayOfDate(year, month, date);
		const moved = MOVED.filter(([, , since = 0]) => since <= year).map((feast) => mondayFrom(dayIn(feast)));
		days = new Set([...FIXED.map(dayIn), ...moved, ...OF_EASTER.map((offset) => easterSunday(year) + offset)]);
		years.set(year, days);
	}
	return days;
}

const mondayFrom = (day: number): number => day + ((8 - weekdayOf(day)) % 7);

/** The Gregorian Easter (Meeus, Jones and Butcher). */
function easterSunday(year: number): number {
	const century = Math.floor(year / 100);
	const leapsDropped = century - Math.floor(century / 4);
	const moonShift = Math.floor((8 * century + 13) / 25);
	const epact = (19 * (year % 19) + leapsDropped - moonShift + 15) % 30;
	const fullMoon = epact - Math.floor((epact + Math.floor((year % 19) / 11)) / 29);
	const march21 = dayOfDate(year, 3, 21);
	return march21 + fullMoon + 7 - (weekdayOf(march21 + fullMoon) % 7);
}
