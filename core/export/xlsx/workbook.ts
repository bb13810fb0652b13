import { exportLimits } from '../../limits';
import type { Portion } from '../rowSource';
import { type SheetColumn, type SheetLimits, XML, sheet } from './sheet';
import { type Entry, zip } from './zip';

const OPEN = 'http://schemas.openxmlformats.org';
const MAIN = `${OPEN}/spreadsheetml/2006/main`;
const RELATIONS = `${OPEN}/officeDocument/2006/relationships`;
const PACKAGE = `${OPEN}/package/2006`;
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * An Excel workbook as a stream: sheets of 1,048,575 rows, texts as texts, dates as dates. Names, order and form of its
 * parts are those that every reader tried takes; several read others wrong, or as an empty sheet.
 * @see ECMA-376 part 1, 12 and 18
 */
export const workbook = (
	columns: readonly SheetColumn[],
	rows: Portion,
	limits: SheetLimits = exportLimits,
): AsyncGenerator<Uint8Array, void> => zip(entriesOf(columns, rows, limits));

async function* entriesOf(
	columns: readonly SheetColumn[],
	rows: Portion,
	limits: SheetLimits,
): AsyncGenerator<Entry, void> {
	let sheets = 0;
	do {
		sheets++;
		yield { name: `xl/worksheets/sheet${sheets}.xml`, content: sheet(columns, rows, limits) };
	} while (await rows.hasNext());
	for (const [name, xml] of partsOf(sheets)) yield { name, content: bytesOf(xml) };
}

async function* bytesOf(xml: string): AsyncGenerator<Uint8Array> {
	yield new TextEncoder().encode(XML + xml);
}

/**
 * What stands behind the sheets, since only then it is known how many they are: six parts, an empty one among them.
 * Where fewer follow a short sheet, exceljs' reader of streams loses it.
 */
function partsOf(sheets: number): Array<[name: string, xml: string]> {
	const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
	const relation = (id: number, type: string, target: string): string =>
		`<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
	const override = (part: string, type: string): string =>
		`<Override PartName="/xl/${part}.xml" ContentType="${TYPE}.${type}+xml"/>`;
	const named = (number: number): string =>
		`<sheet name="Records${number > 1 ? ` ${number}` : ''}" sheetId="${number}" r:id="rId${number}"/>`;
	return [
		[
			'xl/workbook.xml',
			`<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews>` +
				`<sheets>${numbers.map(named).join('')}</sheets></workbook>`,
		],
		[
			'xl/_rels/workbook.xml.rels',
			`<Relationships xmlns="${PACKAGE}/relationships">` +
				numbers.map((number) => relation(number, 'worksheet', `worksheets/sheet${number}.xml`)).join('') +
				relation(sheets + 1, 'styles', 'styles.xml') +
				relation(sheets + 2, 'sharedStrings', 'sharedStrings.xml') +
				'</Relationships>',
		],
		['xl/styles.xml', STYLES],
		['xl/sharedStrings.xml', `<sst xmlns="${MAIN}" count="0" uniqueCount="0"/>`],
		[
			'_rels/.rels',
			`<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
		],
		[
			'[Content_Types].xml',
			`<Types xmlns="${PACKAGE}/content-types">` +
				'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
				'<Default Extension="xml" ContentType="application/xml"/>' +
				override('workbook', 'sheet.main') +
				numbers.map((number) => override(`worksheets/sheet${number}`, 'worksheet')).join('') +
				override('styles', 'styles') +
				override('sharedStrings', 'sharedStrings') +
				'</Types>',
		],
	];
}

/** Plain, a date to the second, and the head in bold. */
const STYLES =
	`<styleSheet xmlns="${MAIN}">` +
	'<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
	'<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>' +
	'<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>' +
	'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
	'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
	'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
	'<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
	'<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
	'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>' +
	'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
