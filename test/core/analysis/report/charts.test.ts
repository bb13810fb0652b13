import { observer } from '../../../../core/analysis/observation';
import { timelineOf } from '../../../../core/analysis/report/buckets';
import { campaignChart } from '../../../../core/analysis/report/campaignChart';
import { contactTable } from '../../../../core/analysis/report/contactTable';
import { dayChart } from '../../../../core/analysis/report/dayChart';
import { heatMap } from '../../../../core/analysis/report/heatMap';
import { ReportBook, type ReportData } from '../../../../core/analysis/report/reportBook';
import type { AmdRecord } from '../../../../core/api/record';
import { at, recordOf } from '../rows';

function dataOf(rows: readonly AmdRecord[]): ReportData {
	const book = new ReportBook();
	const observe = observer();
	for (const row of rows) book.take(observe(row));
	return book.data(false);
}

const times = (count: number, given: Partial<AmdRecord>): AmdRecord[] =>
	Array.from({ length: count }, () => recordOf(given));
const drawingOf = (page: string): string => page.slice(0, page.indexOf('</figure>'));

describe('over time', () => {
	const range = (to: string) => ({ from: at('2024-01-01 00:00:00'), to: at(`${to} 00:00:00`) });
	const chartOf = (rows: readonly AmdRecord[], to: string, overall = 0.5): string =>
		dayChart(timelineOf(dataOf(rows).days, range(to)), overall).text;

	test.each([
		['day', '2024-02-01', 'Day'],
		['week', '2024-12-01', 'Week'],
		['month', '2027-01-01', 'Month'],
	])('columns by %s are called so, in title, caption and table', (unit, to, column) => {
		const text = chartOf([recordOf({ date: '2024-01-03 10:00:00' })], to);
		expect(text).toContain(`<h2>Machine rate by ${unit}</h2>`);
		expect(text).toContain(`Below: detections per ${unit}.`);
		expect(text).toContain(`<caption>Records by ${unit}</caption>\n<thead><tr><th scope="col">${column}</th>`);
	});

	test('the lowest and the highest rate are told, days without records aside', () => {
		const rows = [
			...times(4, { date: '2024-01-03 10:00:00' }),
			recordOf({ date: '2024-01-05 10:00:00', result: 'HUMAN' }),
			recordOf({ date: '2024-01-07 10:00:00' }),
			recordOf({ date: '2024-01-07 11:00:00', result: 'HUMAN' }),
		];
		expect(chartOf(rows, '2024-02-01')).toContain(
			'The lowest rate of a day is 0.0% (5 Jan 2024), the highest 100.0% (3 Jan 2024).',
		);
	});

	test.each([
		[0.9, '-0.6em'],
		[0.91, '1.3em'],
		[1, '1.3em'],
	])('the average of %d has its label at %s of its line: out of the legend', (overall, dy) => {
		expect(chartOf([recordOf({ date: '2024-01-03 10:00:00' })], '2024-02-01', overall)).toContain(
			`dy="${dy}" text-anchor="end">average `,
		);
	});

	test.each([
		['2024-04-01', ['1 Jan', '20 Jan', '8 Feb', '27 Feb', '17 Mar']],
		['2025-04-01', ['1 Jan 2024', '29 Apr 2024', '26 Aug 2024', '23 Dec 2024']],
	])('up to %s the axis has as many marks as stay apart', (to, marks) => {
		const text = chartOf([recordOf({ date: '2024-01-03 10:00:00' })], to);
		expect([...text.matchAll(/text-anchor="middle">([^<]*)</g)].map(([, mark]) => mark)).toEqual(marks);
	});

	test('without a day that can be read there is no drawing, but a word', () => {
		expect(chartOf([recordOf({ date: '' })], '2024-02-01')).toBe(
			'<section><h2>Machine rate by day</h2><p>No record shows its day.</p></section>\n',
		);
	});

	test('over many days only a day that no line reaches has a dot; over few every day has one', () => {
		const rows = ['2024-01-02', '2024-01-03', '2024-01-20'].map((day) => recordOf({ date: `${day} 10:00:00` }));
		const dots = (to: string) =>
			[...chartOf(rows, to).matchAll(/class="dot"[^>]*><title>([^:]*):/g)].map(([, day]) => day);
		expect(dots('2024-02-01')).toEqual(['2 Jan 2024', '3 Jan 2024', '20 Jan 2024']);
		expect(dots('2024-04-01')).toEqual(['20 Jan 2024']);
		expect(/class="line" d="([^"]*)"/.exec(chartOf(rows, '2024-04-01'))![1].replace(/[\d. ]+/g, '')).toBe('MLM');
	});

	test.each([
		[1, '1'],
		[2, '2'],
		[3, '5'],
		[6, '10'],
		[10, '10'],
		[11, '20'],
	])('a busiest day of %i records has an axis up to %s', (records, top) => {
		const marks = [
			...chartOf(times(records, { date: '2024-01-03 10:00:00' }), '2024-02-01').matchAll(
				/class="axis"[^>]*text-anchor="end">([^<%]*)</g,
			),
		].map(([, label]) => label);
		expect(marks).toEqual(['0', top]);
	});
});

describe('campaigns', () => {
	test('the busiest fifteen are drawn, the table has all and the caption says how many more', () => {
		const rows = Array.from({ length: 17 }, (_, i) => times(20 - i, { campaign_id: String(100 + i) })).flat();
		const bars = (text: string) => [...drawingOf(text).matchAll(/<g><title>Campaign (\d+)/g)].map(([, id]) => id);
		const { text } = campaignChart(dataOf(rows).campaigns);
		expect(bars(text)).toEqual(Array.from({ length: 15 }, (_, i) => String(100 + i)));
		expect(text.match(/<th scope="row"/g)).toHaveLength(17);
		expect(text).toContain('most records first.<span class="on-paper"> The table has 2 more.</span>');
		expect(text).toContain('<details class="on-paper">');
		expect(campaignChart(dataOf(rows).campaigns.slice(0, 15)).text).toContain('most records first.</figcaption>');
	});

	test.each([
		[100, 100, null, ' The table has 85 more.'],
		[101, 101, ['1 more campaign', '–', '1', '0', '0', '1'], ' The table has 85 more, and the sum of the other 1.'],
		[
			103,
			101,
			['3 more campaigns', '50.0%', '3', '1', '1', '1'],
			' The table has 85 more, and the sum of the other 3.',
		],
	])('of %i the table has %i rows, the last for those that are in none', (campaigns, rows, last, caption) => {
		const results = ['FAX', 'HUMAN', 'MACHINE'];
		const { text } = campaignChart(
			dataOf(
				Array.from({ length: campaigns }, (_, i) =>
					times(i < 100 ? 2 : 1, { campaign_id: String(1_000 + i), result: results[(i + 2) % 3] }),
				).flat(),
			).campaigns,
		);
		const found = text
			.match(/<tr><th scope="row".*<\/tr>/g)!
			.map((row) => row.match(/<t[hd][^>]*>.*?<\/t[hd]>/g)!.map((cell) => cell.replace(/<[^>]*>/g, '')));
		expect(found).toHaveLength(rows);
		expect(found[99][0]).toBe('Campaign 1099');
		expect(found[100] ?? null).toEqual(last);
		expect(text).toContain(`first.<span class="on-paper">${caption}</span></figcaption>`);
	});

	test.each([
		['22109', 'COBRANZA CARTERA CASTIGADA ENERO 2025', 'COBRAN… ENERO 2025 (22109)'],
		['22110', 'COBRANZA CARTERA CASTIGADA FEBRERO 2025', 'COBRAN…EBRERO 2025 (22110)'],
		['7', 'DIECIOCHO LETRAS, SÍ.', 'DIECIOCHO LETRAS, SÍ. (7)'],
		['1', '📞📞📞📞📞📞📞📞📞📞📞 Y 📞📞📞📞📞📞📞📞📞📞📞', '📞📞📞📞📞📞📞… Y 📞📞📞📞📞📞📞📞📞📞📞 (1)'],
		['1234567890123456789012345', 'COBRANZA', 'COBRANZA (1234…9012345)'],
		['1234567890123456789012345', '', 'Campaign …0123456789012345'],
	])('the number %s and both ends of the name %s are drawn', (id, name, drawn) => {
		const { text } = campaignChart(dataOf([recordOf({ campaign_id: name ? `${id} - ${name}` : id })]).campaigns);
		expect(/<text class="label" [^>]*>([^<]*)</.exec(text)![1]).toBe(drawn);
		expect(text).toContain(`<bdi>${name ? `${name} (${id})` : `Campaign ${id}`}</bdi>`);
	});

	test('one whose records carry no number is named as such', () => {
		expect(campaignChart(dataOf([recordOf({ campaign_id: '' })]).campaigns).text).toContain(
			'<bdi>Campaign without a number</bdi>',
		);
	});
});

describe('contacts', () => {
	test('twenty are listed, and where there are more the page says so', () => {
		const { text } = contactTable(
			dataOf(Array.from({ length: 21 }, (_, i) => times(3, { customer_id: `c${i}` })).flat()).contacts,
		);
		expect(text.match(/<th scope="row"/g)).toHaveLength(20);
		expect(text).toContain(
			'no human answered: 21. The 20 with the most attempts are listed; Get Hard-to-Reach Contacts lists them all, by customer or by telephone.',
		);
	});

	test.each([
		[{}, false],
		[{ customer_id: ' ' }, true],
		[{ customer_id: '', telephone: '' }, false],
	])('of records %j the page says whether some contacts are counted by telephone: %s', (given, isSaid) => {
		for (const tries of [1, 3]) {
			const { text } = contactTable(dataOf([...times(3, {}), ...times(tries, given)]).contacts);
			expect(text.includes('<p class="note">Contacts without a customer_id are counted by telephone.</p>')).toBe(
				isSaid,
			);
		}
		expect(
			contactTable(dataOf([recordOf(given)]).contacts).text.includes('none.</p><p class="note">Contacts without'),
		).toBe(isSaid);
	});

	test('one whose records carry no readable date is listed with dashes', () => {
		const { text } = contactTable(dataOf(times(3, { date: '' })).contacts);
		const cells = [...text.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell.replace(/<[^>]*>/g, ''));
		expect(cells).toEqual(['3', '–', '–', '–', '22109']);
	});
});

describe('hours of the week', () => {
	test('records whose hour is not known are in no cell, and none of what is read out is of them', () => {
		const rows = [
			...times(40, { date: '2024-05-14 09:30:00' }),
			...times(40, { date: '2024-05-15', result: 'HUMAN' }),
			...times(40, { date: '', result: 'HUMAN' }),
		];
		const { text } = heatMap(dataOf(rows).hours);
		expect([...text.matchAll(/<g><title>([^<]*)</g)].map(([, title]) => title)).toEqual(['Tue 09:00: 100.0% of 40']);
		expect(text).toContain('>Fewest machines: Tue 09:00 (100.0%). Most machines: Tue 09:00 (100.0%).<');
	});

	test('the colours span the rates of the hours that are drawn', () => {
		const rows = [...times(40, { date: '2024-05-14 09:30:00' }), ...times(40, { date: '2024-05-15', result: 'HUMAN' })];
		expect(heatMap(dataOf(rows).hours).text).toContain('90%–92%');
	});

	test('without an hour that can be read there is no drawing, but a word', () => {
		expect(heatMap(dataOf(times(40, { date: '2024-05-15' })).hours).text).toBe(
			'<section><h2>Machine rate by hour and weekday</h2><p>No record shows its hour.</p></section>\n',
		);
	});

	test('are read out in the order of their rates', () => {
		const rows = [0, 10, 20, 30].flatMap((humans, i) => [
			...times(40 - humans, { date: `2024-05-14 1${i}:00:00` }),
			...times(humans, { date: `2024-05-14 1${i}:00:00`, result: 'HUMAN' }),
		]);
		expect(heatMap(dataOf(rows).hours).text).toContain(
			'>Fewest machines: Tue 13:00 (25.0%), Tue 12:00 (50.0%), Tue 11:00 (75.0%). Most machines: Tue 10:00 (100.0%).<',
		);
	});
});
