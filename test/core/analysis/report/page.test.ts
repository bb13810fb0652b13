import fc from 'fast-check';
import { observer } from '../../../../core/analysis/observation';
import { reportPage } from '../../../../core/analysis/report/page';
import { ReportBook, type ReportFrame } from '../../../../core/analysis/report/reportBook';
import { formatWall } from '../../../../core/time/wallClock';
import type { AmdRecord } from '../../../../core/api/record';
import { at, recordOf, records } from '../rows';

const frame: ReportFrame = {
	campaign: 'All campaigns',
	range: { from: at('2024-04-28 00:00:00'), to: at('2024-05-13 00:00:00') },
	madeAt: '2024-06-01 07:00:00 (America/Bogota)',
	warnings: [],
};

function pageOf(
	rows: readonly AmdRecord[],
	{
		names,
		includeReached = false,
		...change
	}: Partial<ReportFrame> & { names?: Map<string, string>; includeReached?: boolean } = {},
): string {
	const book = new ReportBook(names);
	const observe = observer();
	for (const row of rows) book.take(observe(row));
	return reportPage(book.data(includeReached), { ...frame, ...change });
}

const rows = [
	...Array.from({ length: 40 }, (_, i) =>
		recordOf({
			customer_id: `c${i % 4}`,
			result: i % 4 === 0 ? 'HUMAN' : 'machine',
			date: `2024-05-0${1 + (i % 3)} 10:0${i % 10}:00`,
		}),
	),
	recordOf({ campaign_id: '7 - Encuesta', result: 'FAX', date: '2024-05-05 18:00:00' }),
	recordOf({ date: '' }),
];

/** The cells of the table with this caption, row by row. */
function cellsOf(page: string, caption: string): string[][] {
	const [, body] = page.split(`<caption>${caption}</caption>`)[1].split('</table>')[0].split('<tbody>');
	return body
		.match(/<tr>.*<\/tr>/g)!
		.map((row) => row.match(/<t[hd][^>]*>.*?<\/t[hd]>/g)!.map((cell) => cell.replace(/<[^>]*>/g, '')));
}

describe('the report', () => {
	test('tells the same numbers as the summaries, in tables', () => {
		const page = pageOf(rows, { names: new Map([['22109', 'COBRANZA']]) });
		const days = cellsOf(page, 'Records by day');
		expect(days).toHaveLength(15);
		expect(days.slice(2, 5)).toEqual([
			['30 Apr 2024', '–', '0', '0', '0', '0'],
			['1 May 2024', '71.4%', '14', '10', '4', '0'],
			['2 May 2024', '76.9%', '13', '10', '3', '0'],
		]);
		expect(cellsOf(page, 'Records by campaign')).toEqual([
			['COBRANZA (22109)', '75.6%', '41', '31', '10', '0'],
			['Encuesta (7)', '–', '1', '0', '0', '1'],
		]);
		const hours = cellsOf(page, 'Machine rate and records by hour and weekday');
		expect(hours.map(([hour]) => hour)).toEqual([
			'10:00',
			'11:00',
			'12:00',
			'13:00',
			'14:00',
			'15:00',
			'16:00',
			'17:00',
			'18:00',
		]);
		expect(hours[0].slice(3, 5)).toEqual(['71.4% of 14', '76.9% of 13']);
		expect(page).toContain('1 record carries no readable date: it is in the totals');
		expect(pageOf([...rows, recordOf({ date: 'yesterday' })])).toContain(
			'2 records carry no readable date: they are in the totals',
		);
	});

	test('names contacts that no human answered, with hours to try; those that one did only where asked', () => {
		const other = Array.from({ length: 3 }, () =>
			recordOf({ customer_id: 'reached', result: 'HUMAN', date: '2024-05-02 16:00:00' }),
		);
		const contacts = cellsOf(pageOf([...rows, ...other]), 'Hard-to-reach contacts');
		expect(contacts).toEqual(
			['c1', 'c2', 'c3'].map((id) => [id, '10', expect.stringMatching(/^2024-05-03 10:0\d$/), '10', '16', '22109']),
		);
		expect(
			cellsOf(pageOf([...rows, ...other], { includeReached: true }), 'Contacts tried most').map(([id]) => id),
		).toEqual(['c0', 'c1', 'c2', 'c3', 'reached']);
	});

	test('hard to reach are those that no human answered, whoever else is on the list', () => {
		const told = (page: string) => [
			/<dt>Hard to reach<\/dt><dd>(\d+)</.exec(page)![1],
			.../<h2>([^<]*contacts[^<]*)<\/h2><p>([^<]*)\./i.exec(page)!.slice(1),
		];
		expect(told(pageOf(rows))).toEqual([
			'3',
			'Hard-to-reach contacts',
			'Contacts tried 3 times or more that no human answered: 3',
		]);
		expect(told(pageOf(rows, { includeReached: true }))).toEqual([
			'3',
			'Contacts tried most',
			'Contacts tried 3 times or more: 4',
		]);
		expect(told(pageOf(rows.slice(-1), { includeReached: true }))).toEqual([
			'0',
			'Contacts tried most',
			'Contacts tried 3 times or more: none',
		]);
	});

	test('of nothing says so once, in place of the figures', () => {
		const page = pageOf([]);
		expect(page).toContain('<div><dt>Records</dt><dd>0</dd></div>');
		expect(page).toContain('<p>There are no records in this range.</p>');
		expect(page).not.toMatch(/<svg|<section|<table/);
	});

	test('is one page that runs nothing and loads nothing', () => {
		const page = pageOf(rows);
		expect(page).not.toMatch(/<script|<img|<link|<iframe|src=|href=|url\(|@import|https?:|javascript:|\son\w+=/i);
		expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
	});

	test('keeps what mail programs drop a style for, a rule of one kind within another, out of the style that they need', () => {
		const [main, paper] = [...pageOf(rows).matchAll(/<style>([^]*?)<\/style>/g)].map(([, style]) => style);
		const isNested = (style: string) => /@[^{]*\{(?:[^{}]*\{[^{}@]*\})*[^{}]*@/.test(style);
		expect([isNested(main), isNested(paper)]).toEqual([false, true]);
		expect(main).toContain('prefers-color-scheme:dark');
	});

	test('can be read out: every drawing has a name, a description and a table', () => {
		const page = pageOf(rows);
		const drawings = page.match(/<figure>[\s\S]*?<\/details>/g)!;
		expect(drawings).toHaveLength(3);
		for (const drawing of drawings) {
			const [, title, description] = /role="img" aria-labelledby="(\S+)" aria-describedby="(\S+)"/.exec(drawing)!;
			expect(drawing).toMatch(new RegExp(`<title id="${title}">[^<]+</title><desc id="${description}">[^<]+</desc>`));
			expect(drawing).toContain('<th scope="col"');
		}
		const ids = page.match(/ id="[^"]+"/g)!;
		expect(new Set(ids).size).toBe(ids.length);
		expect(page).toContain('<html lang="en">');
	});

	test('whatever the texts are, the markup stays as it is', () => {
		const tags = (page: string) => page.match(/<[a-z/!][^>]*>/gi)!.map((tag) => tag.replace(/"[^"]*"/g, '""'));
		const text = fc.string({
			unit: fc.constantFrom(
				'<',
				'>',
				'"',
				"'",
				'&',
				'/',
				'script',
				' onload=',
				'a',
				'\u0000',
				'\u202e',
				'\ud800',
				'😀',
				']]>',
				'-->',
			),
			minLength: 1,
			maxLength: 12,
		});
		fc.assert(
			fc.property(text, (hostile) => {
				const with_ = (label: string) =>
					pageOf(
						Array.from({ length: 3 }, () =>
							recordOf({ customer_id: `c${label}`, campaign_id: `x${label}`, file_name: label }),
						),
						{ campaign: label, madeAt: label, warnings: [label], names: new Map([[`x${label}`.trim(), label]]) },
					);
				const page = with_(hostile);
				expect(tags(page)).toEqual(tags(with_('plain')));
				expect(['\u0000', '\ud800'].filter((sign) => page.includes(sign))).toEqual([]);
			}),
		);
	});

	test('is drawn from any records: no figure that is not a number, in any coordinate', () => {
		fc.assert(
			fc.property(records, fc.boolean(), (some, includeReached) => {
				const page = pageOf(some, { includeReached });
				expect(page).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
			}),
			{ numRuns: 50 },
		);
	});

	test('of a full month and 200 campaigns with long names stays below the 100 kB at which mail programs cut off', () => {
		const start = at('2024-05-01 00:00:00');
		const name = (i: number) => `${22_000 + i} - ${`COBRANZA CARTERA CASTIGADA ${i} `.repeat(4).slice(0, 100)}`;
		const some = Array.from({ length: 31 * 24 * 10 }, (_, i) =>
			recordOf({
				campaign_id: name((i * 7) % 200),
				customer_id: `customer-${i % 997}`,
				result: i % 3 ? 'MACHINE' : 'HUMAN',
				date: formatWall(start + i * 360),
			}),
		);
		const page = pageOf(some, { range: { from: start, to: at('2024-06-01 00:00:00') } });
		expect(page).toContain('100 more campaigns');
		expect(Buffer.byteLength(page)).toBeLessThan(100_000);
	});

	test('says what is missing, first', () => {
		const page = pageOf(rows, { warnings: ['2024-05-03 is missing.'] });
		expect(page.indexOf('2024-05-03 is missing.')).toBeLessThan(page.indexOf('<dl'));
	});
});
