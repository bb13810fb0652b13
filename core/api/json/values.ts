import { apiLimits } from '../../limits';

/*
 * Values of an answer are read, not converted: whatever stands in `code`, `msg`, a row or a list, a text or a number is used,
 * and anything else is of another kind. Nothing here goes into a value, whose depth is the server's.
 */

/** What is matched or shown of a text: page titles and the words of an answer stand at its start. */
export const start = (text: string): string =>
	text.length > apiLimits.seenChars ? text.slice(0, apiLimits.seenChars) : text;

/** A text, number or truth value as text, cut and trimmed; `''` for nothing; any other is named. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return start(value).trim();
	if (value === undefined || value === null) return '';
	if (typeof value !== 'object') return start(`${value}`);
	if (Array.isArray(value)) return value.length === 0 ? '' : 'a list';
	return isBare(value) ? '' : 'an object';
}

/** Whether an object has no key of its own. */
export function isBare(value: object): boolean {
	for (const key in value) if (Object.hasOwn(value, key)) return false;
	return true;
}

/** A number, or the number within a text such as `1,000`; null where there is none. */
export function numberOf(value: unknown): number | null {
	const number = typeof value === 'number' ? value : Number(textOf(value).replace(/[^\d.-]/g, '') || NaN);
	return Number.isFinite(number) && typeof value !== 'boolean' ? number : null;
}
