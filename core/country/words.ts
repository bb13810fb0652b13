import { dateOf } from '../time/days';

/** The languages of what readers outside n8n get. */
export type Language = 'en' | 'es';

const WEEKDAYS: Record<Language, readonly string[]> = {
	en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
	es: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
};

const MONTHS: Record<Language, readonly string[]> = {
	en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
	es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
};

/** The name of a weekday, 1 (Monday) to 7. */
export const weekdayName = (weekday: number, language: Language): string => WEEKDAYS[language][weekday - 1];

/** `08:00`. */
export const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** `25 nov 2026`. */
export const dayText = (day: number, language: Language): string =>
	`${dayOfYearText(day, language)} ${dateOf(day).getUTCFullYear()}`;

/** `25 nov`. */
export const dayOfYearText = (day: number, language: Language): string =>
	`${dateOf(day).getUTCDate()} ${MONTHS[language][dateOf(day).getUTCMonth()]}`;

/** `nov 2026`. */
export const monthText = (day: number, language: Language): string =>
	`${MONTHS[language][dateOf(day).getUTCMonth()]} ${dateOf(day).getUTCFullYear()}`;

/** `27 oct – 25 nov 2026`, the first and the last day of a range; what they share is said once. */
export function daysText(first: number, last: number, language: Language): string {
	if (first === last) return dayText(last, language);
	const [a, b] = [dateOf(first), dateOf(last)];
	const isOneYear = a.getUTCFullYear() === b.getUTCFullYear();
	if (isOneYear && a.getUTCMonth() === b.getUTCMonth()) return `${a.getUTCDate()} – ${dayText(last, language)}`;
	return `${isOneYear ? dayOfYearText(first, language) : dayText(first, language)} – ${dayText(last, language)}`;
}
