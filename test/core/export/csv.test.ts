import fc from 'fast-check';
import { csvCell, csvLine } from '../../../core/export/csv';

/** RFC 4180 by hand: what a reader makes of a file. */
function parse(text: string, delimiter: string): string[][] {
	const rows: string[][] = [];
	let at = 0;
	while (at < text.length) {
		const row: string[] = [];
		for (;;) {
			let cell = '';
			if (text[at] === '"') {
				for (at++; ; at++) {
					if (text[at] === '"' && text[++at] !== '"') break;
					cell += text[at];
				}
			} else {
				while (text[at] !== delimiter && text[at] !== '\r') cell += text[at++];
			}
			row.push(cell);
			if (text[at++] !== delimiter) break;
		}
		at++;
		rows.push(row);
	}
	return rows;
}

const text = fc.string({
	unit: fc.constantFrom(
		'a',
		'ñ',
		'😀',
		'"',
		',',
		';',
		'\n',
		'\r',
		'\t',
		"'",
		' ',
		'=',
		'+',
		'-',
		'@',
		'1',
		'|',
		'\u0000',
	),
});

test('whatever the cells hold, a reader gets them back, apart from the apostrophe before a formula', () => {
	fc.assert(
		fc.property(
			fc.array(fc.array(text, { minLength: 2, maxLength: 3 }), { minLength: 1 }),
			fc.constantFrom(',', ';'),
			(rows, delimiter) => {
				const read = parse(rows.map((row) => csvLine(row, delimiter, false)).join(''), delimiter);
				const bare = (cell: string, original: string) => (cell === `'${original}` ? original : cell);
				expect(read.map((row, r) => row.map((cell, c) => bare(cell, rows[r][c])))).toEqual(rows);
			},
		),
	);
});

test.each([
	['=1+1', "'=1+1"],
	['+SUM(A1)', "'+SUM(A1)"],
	['-2+3', "'-2+3"],
	['@cmd', "'@cmd"],
	['  =1', "'  =1"],
	['\t=1', `"'\t=1"`],
	['\rx', `"'\rx"`],
	['＝1+1', "'＝1+1"],
	['=HYPERLINK("http://x";"y")', `"'=HYPERLINK(""http://x"";""y"")"`],
	['+573001112233', '+573001112233'],
	['-3.5', '-3.5'],
	['a=b', 'a=b'],
	['22109 - COBRANZA', '22109 - COBRANZA'],
	['x;=1', '"x;=1"'],
	['', ''],
	['0010', '0010'],
])('%j is written as %s', (value, cell) => expect(csvCell(value, false)).toBe(cell));

test.each(['=1+1', '\t=1', '@cmd', '-2+3'])('%j stays as it is where a machine reads', (value) =>
	expect(csvCell(value, true).replace(/^"|"$/g, '')).toBe(value),
);

test('what is no text is written as such', () =>
	expect(csvLine([null, true, false, 0.5], ';', false)).toBe(';true;false;0.5\r\n'));
