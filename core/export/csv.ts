import type { Cell } from './rowSource';

/** Signs at which a spreadsheet takes a cell for a formula, full-width forms included; blanks before them change nothing. */
const FORMULA = /^(?:[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/u;
/** `+57` or `-3.5` is a number to a spreadsheet, and runs nothing. */
const PLAIN_NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;
/** Every common separator is quoted, so that a file opened with the wrong one gains no cells. */
const QUOTED = /[",;|\p{Cc}]|^\s|\s$/u;

/**
 * One cell by RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe in front, which makes it text,
 * unless it is to stay untouched.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: Cell, isUntouched: boolean): string {
	if (typeof value !== 'string') return value === null ? '' : String(value);
	const text = !isUntouched && FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
	return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line, its end included. */
export function csvLine(cells: readonly Cell[], delimiter: string, isUntouched: boolean): string {
	return `${cells.map((cell) => csvCell(cell, isUntouched)).join(delimiter)}\r\n`;
}
