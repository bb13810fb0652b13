import { exportLimits } from '../../limits';
import { parseRowDate } from '../../time/wallClock';
import { type Portion, type Row, textOf } from '../rowSource';
import { inlineText, isPlain } from './texts';

/** A column of a sheet. */
export interface SheetColumn {
	readonly name: string;
	/** Its texts are dates of a wall clock. */
	readonly isDate: boolean;
}

/** How much one sheet takes. */
export interface SheetLimits {
	readonly sheetRows: number;
	readonly sheetBytes: number;
}

/** Styles by their place in `styles.xml`. */
const DATE_STYLE = 1;
const HEAD_STYLE = 2;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** One sheet, with its head, of as many rows as it can hold. */
export async function* sheet(
	columns: readonly SheetColumn[],
	rows: Portion,
	{ sheetRows, sheetBytes }: SheetLimits,
): AsyncGenerator<Uint8Array, void> {
	const encoder = new TextEncoder();
	const last = letters(columns.length - 1);
	let [row, size] = [1, 0];
	yield encoder.encode(
		`${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
			'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
			`<cols><col min="1" max="${columns.length}" width="24" customWidth="1"/></cols><sheetData>${headOf(columns)}`,
	);
	const cells = columns.map(({ name, isDate }, place) => ({ name, start: `<c r="${letters(place)}`, isDate }));
	const lineOf = (values: Row): string => {
		row++;
		let line = `<row r="${row}">`;
		const open = `${row}${TEXT_OPEN}`;
		for (const { name, start, isDate } of cells) {
			const text = String(values[name] ?? '');
			const serial = isDate ? serialOf(text) : null;
			if (serial !== null) line += `${start}${row}" s="${DATE_STYLE}"><v>${serial}</v></c>`;
			// Nothing for an empty one: readers differ in what an empty text is, and agree on what is not there.
			else if (isPlain(text)) line += text === '' ? '' : `${start}${open}${text}${TEXT_CLOSE}`;
			else line += `${start}${row}${TEXT_TYPE}${inlineText(text)}</c>`;
		}
		return `${line}</row>`;
	};
	for await (const text of textOf(rows, lineOf, () => row < sheetRows && size < sheetBytes)) {
		const bytes = encoder.encode(text);
		size += bytes.length;
		yield bytes;
	}
	yield encoder.encode(
		`</sheetData><ignoredErrors><ignoredError sqref="A1:${last}${exportLimits.sheetRows}" numberStoredAsText="1"/>` +
			'</ignoredErrors></worksheet>',
	);
}

const TEXT_TYPE = '" t="inlineStr">';
/** Around a text that is the same in XML: few pieces a cell, since a million rows have six million of them. */
const TEXT_OPEN = `${TEXT_TYPE}<is><t>`;
const TEXT_CLOSE = '</t></is></c>';
const headOf = (columns: readonly SheetColumn[]): string =>
	`<row r="1">${columns
		.map(({ name }, place) => `<c r="${letters(place)}1" s="${HEAD_STYLE}${TEXT_TYPE}${inlineText(name)}</c>`)
		.join('')}</row>`;

const DAY_SECONDS = 86_400;
/** Days of a spreadsheet up to 1970, counted from the last one of 1899, and those of 1900 before the leap day that it never had. */
const DAYS_BEFORE_1970 = 25_569;
const FIRST_SURE_DAY = 61;
const DAYS_BEFORE_10000 = 2_958_466;
/** A quarter of a millisecond: readers that round down to the second then see this one and not the one before. */
const UP_DAYS = 3e-9;

/** Days of a spreadsheet, or null for what is no date of its calendar. */
function serialOf(text: string): number | null {
	const date = parseRowDate(text);
	if (!date) return null;
	const days = date.at / DAY_SECONDS + DAYS_BEFORE_1970;
	return days >= FIRST_SURE_DAY && days < DAYS_BEFORE_10000 ? days + UP_DAYS : null;
}

/** The name of a column by its place: A, …, Z, AA. */
function letters(place: number): string {
	const letter = String.fromCharCode(65 + (place % 26));
	return place < 26 ? letter : letters(Math.floor(place / 26) - 1) + letter;
}
