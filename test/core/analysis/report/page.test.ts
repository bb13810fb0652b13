/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AmdRecord } from '../../../../core/api/record';
import { formatWall } from '../../../../core/time/wallClock';
import { at, recordOf } from '../rows';
import { calls, hoursOf } from '../calls';
import { countsOf, reportOf, styleIn, week, weekBefore } from './reportOf';

/** A week of calls: so many an hour, of which a share is a person's. */
const day = (date: string, shareOf: (hour: number) => number, change: Partial<AmdRecord> = {}): AmdRecord[] =>
	Array.from({ length: 12 }, (_, i) => i + 7).flatMap((hour) =>
		Array.from({ length: 40 }, (_, i) =>
			recordOf({
				customer_id: `${date} ${hour} ${i}`,
				telephone: `573${date.slice(8)}${String(hour).padStart(2, '0')}${String(i).padStart(5, '0')}`,
				result: i < 40 * shareOf(hour) ? 'human' : 'machine',
				date: `${date} ${String(hour).padStart(2, '0')}:${String(i).padStart(2, '0')}:00`,
				...change,
			}),
		),
	);
const working = ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'];
const even = working.flatMap((date) => day(date, () => 0.4));
const stubborn = (count: number, times: number): AmdRecord[] =>
	Array.from({ length: count * times }, (_, i) =>
		recordOf({
			customer_id: `79${i % count}`,
			telephone: `57311${String(i % count).padStart(7, '0')}`,
			date: `2026-11-17 10:${String(Math.floor(i / count)).padStart(2, '0')}:30`,
		}),
	);

/** What mail programs make of a page; both libraries are modules that only their own process can load. */
function mailOf(html: string): { readonly lacking: string[]; readonly text: string } {
	const { stdout } = spawnSync(process.execPath, [join(__dirname, 'mailPrograms.mjs')], {
		input: html,
		encoding: 'utf8',
		maxBuffer: 8 * 1024 * 1024,
	});
	return JSON.parse(stdout) as ReturnType<typeof mailOf>;
}

const textOf = (html: string): string => mailOf(html).text;

describe('the verdict', () => {
	test('says the share, its change, who was reached and who never', () => {
		const before = {
			range: weekBefore,
			counts: countsOf([...even, ...even.map((row) => ({ ...row, result: 'machine' }))]),
		};
		const rows = [...even, ...stubborn(1, 3)];
		const verdict = (language: 'en' | 'es') => reportOf(rows, { before, language }).text.split('\n\n')[1];
		expect(verdict('en')).toBe(
			'A person answered 39,9% of the calls that were answered (768 of 1.923), 19,9 points more than before (9 – 15 Nov 2026: 20,0%); 40% of 1.921 contacts were reached at least once; 1 was called 3 times or more and never reached.',
		);
		expect(verdict('es')).toBe(
			'Contestadas por persona: 39,9% de las llamadas contestadas (768 de 1.923), 19,9 puntos más que antes (9 – 15 nov 2026: 20,0%); al 40% de 1.921 contactos se llegó al menos una vez; 1 fue llamado 3 veces o más sin que contestara una persona.',
		);
	});

	test('compares nothing where nothing was before, and says where nothing changed', () => {
		expect(reportOf(even, { before: { range: weekBefore, counts: countsOf([]) } }).text).not.toContain('before');
		expect(reportOf(even, { before: { range: weekBefore, counts: countsOf(even) } }).text).toContain(
			'(768 of 1.920), as before (9 – 15 Nov 2026: 40,0%);',
		);
		expect(
			reportOf(even, { before: { range: weekBefore, counts: { machine: 0, human: 3, other: 0 } } }).text,
		).toContain('60,0 points less than before');
	});

	test('of results that nobody knows says so, and of no calls that there are none', () => {
		expect(reportOf([recordOf({ result: 'FAX' })]).text).toContain(
			'Of no call in this range is it known who answered; 0% of 1 contacts',
		);
		for (const language of ['en', 'es'] as const) {
			const { html, text } = reportOf([], { language });
			expect(text).toContain(
				language === 'en' ? 'There are no calls in this range.' : 'No hay llamadas en este rango.',
			);
			expect(html).not.toContain('NaN');
		}
	});

	test('never speaks of contactabilidad, which is over all dials', () => {
		expect(reportOf(even, { language: 'es' }).html).not.toMatch(/contactabilidad/i);
	});
});

describe('what to do', () => {
	const advice = (rows: readonly AmdRecord[], language: 'en' | 'es' = 'en') =>
		reportOf(rows, { language })
			.text.split('\n')
			.filter((line) => /^\d\. /.test(line));

	test('names the best and the worst two hours', () => {
		const rows = working.flatMap((date) =>
			day(date, (hour) => (hour >= 17 ? 0.7 : hour === 12 || hour === 13 ? 0.1 : 0.4)),
		);
		expect(advice(rows)).toEqual([
			'1. Call more between 17:00 and 19:00: a person answers 70% of the calls there, 34% at other hours (320 calls).',
			'2. Call less between 12:00 and 14:00: a person answers 10% of the calls there, 46% at other hours (320 calls).',
		]);
		expect(advice(rows, 'es')[0]).toBe(
			'1. Llame más entre las 17:00 y las 19:00: una persona contesta el 70% de las llamadas, a otras horas el 34% (320 llamadas).',
		);
	});

	test('sends nobody to hours in which nobody may be called', () => {
		const rows = working.flatMap((date) => [
			...day(date, () => 0.4),
			...day(date, () => 0.9)
				.slice(0, 40)
				.map((row) => ({ ...row, date: row.date.replace(' 07:', ' 19:') })),
		]);
		const first = (text: string) =>
			reportOf(rows, { callingHours: hoursOf(text) }).text.match(/Call more between \S+ and \S+:/)?.[0];
		expect(first('Mon-Fri 07:00-20:00')).toBe('Call more between 18:00 and 20:00:');
		expect(first('Mon-Fri 07:00-19:00')).toBeUndefined();
	});

	test('names the campaign that is off, else the voice file, and the contacts to rest; three lines at most', () => {
		const off = (change: Partial<AmdRecord>) => [...even, ...day('2026-11-21', () => 0.1, change)];
		const campaign = '1. Look at campaign BAD: a person answers 10% of its calls, 40% of the others (480 calls).';
		expect(advice(off({ campaign_id: '7 - BAD', file_name: 'bad.wav' }))).toEqual([campaign]);
		expect(advice(off({ file_name: 'bad.wav' }))).toEqual([
			'1. Look at voice file bad.wav: a person answers 10% of its calls, 40% of the others (480 calls).',
		]);
		expect(advice([...even, ...stubborn(10, 8)])).toContain(
			'1. Let 10 contacts rest: they were called 8 times or more, 80 calls in all, and no person answered.',
		);
		const all = working.flatMap((date) =>
			day(date, (hour) => (hour >= 17 ? 0.8 : hour === 12 || hour === 13 ? 0.1 : 0.4)),
		);
		const lines = advice([...all, ...day('2026-11-21', () => 0.05, { campaign_id: '7 - BAD' }), ...stubborn(10, 8)]);
		expect(lines.map((line) => line.slice(0, 14))).toEqual(['1. Call more b', '2. Look at cam', '3. Let 10 cont']);
	});

	test('says nothing where samples are small, or nothing stands out', () => {
		expect(advice(even)).toEqual([]);
		expect(advice(day('2026-11-17', (hour) => (hour >= 17 ? 1 : 0)).slice(0, 190))).toEqual([]);
		expect(advice([...even, ...day('2026-11-21', () => 0, { campaign_id: '7' }).slice(0, 90)])).toEqual([]);
		expect(advice([...even, ...stubborn(9, 8)])).toEqual([]);
	});
});

test('calls outside the law, without a date, and ids that are nobody’s are told, singular and plural', () => {
	const rows = [
		...even,
		recordOf({ date: '2026-11-16 10:00:00', customer_id: '0', telephone: '573001234567' }),
		recordOf({ date: '', customer_id: '0', telephone: '573001234568' }),
		recordOf({ customer_id: '', telephone: '', date: '2026-11-17 10:00:00' }),
	];
	expect(reportOf(rows).text).toMatch(
		/\n1 call was answered outside the hours of Ley 2300 \(.*\n\n1 call carries no readable date: .*\n\ncustomer_id 0 stands for 2 telephones: .*\n\n1 call carries neither a customer nor a telephone/,
	);
	expect(reportOf([...rows, ...rows], { language: 'es' }).text).toMatch(
		/\n2 llamadas fueron contestadas fuera .*\n\n2 llamadas no traen una fecha .*\n\ncustomer_id 0 aparece con 2 teléfonos.*\n\n2 llamadas no traen ni cliente/,
	);
});

test('says what is missing, and draws what has no hour, no contact, no allowed time, or one share everywhere', () => {
	const nameless = reportOf([recordOf({ customer_id: '', telephone: '', date: '' })]);
	expect(nameless.html).not.toMatch(/NaN|Infinity|undefined|When people answer/);
	const sunday = { from: at('2026-11-22 00:00:00'), to: at('2026-11-23 00:00:00') };
	const onSunday = reportOf(
		day('2026-11-22', () => 1),
		{ range: sunday, before: { range: sunday, counts: countsOf([]) } },
	);
	expect(onSunday.html).not.toMatch(/NaN|Infinity|undefined| per hour/);
	expect(onSunday.html).toContain('>100%<');
	const unknown = reportOf([...even, recordOf({ result: 'FAX', date: '2026-11-16 12:00:00' })], {
		before: { range: weekBefore, counts: countsOf(even.slice(0, 9)) },
	});
	expect(unknown.html).toContain('1 result unknown');
	for (const language of ['en', 'es'] as const) {
		const { words } = styleIn(language);
		expect(reportOf(even, { language, warnings: [words.incomplete('10:00'), words.notCompared] }).text).toContain(
			words.notCompared,
		);
	}
});

/** The largest page that rows can make: the longest names, everywhere. */
function worst(): ReturnType<typeof reportOf> {
	const name = (i: number) => `${'<&">'.repeat(60)}${i}`;
	const rows = Array.from({ length: 62 }, (_, d) => d).flatMap((d) =>
		Array.from({ length: 24 * 6 }, (_, i) =>
			recordOf({
				customer_id: `${'&'.repeat(200)}${i % 30}`,
				campaign_id: `${22_000 + (i % 60)} - ${name(i % 60)}`,
				file_name: name(i % 40),
				telephone: `${'<'.repeat(80)}${i % 30}`,
				result: i % 5 === 4 ? 'human' : i % 5 === 3 ? 'FAX' : 'machine',
				date: formatWall(at('2026-09-22 00:00:00') + d * 86_400 + (i % 24) * 3_600 + i),
			}),
		),
	);
	const hard = Array.from({ length: 30 * 5 }, (_, i) =>
		recordOf({
			customer_id: `${'&'.repeat(60)} h${i % 30}`,
			telephone: `${'<'.repeat(60)}${i % 30}`,
			date: `2026-11-17 10:${String(i % 60).padStart(2, '0')}:00`,
		}),
	);
	const standIns = Array.from({ length: 40 }, (_, i) =>
		recordOf({ customer_id: '&'.repeat(99 + (i % 4)), telephone: `5730012345${String(i).padStart(2, '0')}` }),
	);
	return reportOf([...rows, ...hard, ...standIns], {
		range: { from: at('2026-09-22 00:00:00'), to: at('2026-11-23 00:00:00') },
		before: { range: weekBefore, counts: { machine: 1_000_000, human: 1_000_000, other: 0 } },
		campaign: '<'.repeat(500),
		warnings: ['<'.repeat(5_000), '<'.repeat(5_000)],
		language: 'es',
	});
}

describe('the page', () => {
	const usual = reportOf(
		[...even, ...stubborn(25, 4), ...day('2026-11-21', () => 0.2, { campaign_id: '7 - Encuesta', file_name: 'b.wav' })],
		{ language: 'es', before: { range: weekBefore, counts: countsOf(even) } },
	);
	const pages = [usual.html, worst().html, reportOf([]).html];

	test('is 90 kB at most, whatever comes', () => {
		expect(Buffer.byteLength(worst().html)).toBeLessThanOrEqual(90_000);
		expect(Buffer.byteLength(worst().html)).toBeGreaterThan(70_000);
	});

	test('uses nothing that Gmail or the Outlooks lack, by what caniemail knows', () => {
		// Their own body takes its place; a role is for screen readers, and missing costs nobody anything else.
		const excused = /: (?:<body> element|role attribute)$/;
		for (const html of pages) expect(mailOf(html).lacking.filter((one) => !excused.test(one))).toEqual([]);
	});

	test('is made of tables: no drawing, no style sheet, no script, nothing loaded, no class', () => {
		for (const html of pages) {
			const tags = new Set([...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag));
			expect(
				[...tags].filter(
					(tag) => !'html head meta title body table tr td th h1 h2 p ol li b br span'.split(' ').includes(tag),
				),
			).toEqual([]);
			expect(html).not.toMatch(/\s(?:src|href|class|on\w+)=|url\(|display:/);
		}
	});

	test('has text and background on each coloured cell, which can be read, and a line end behind each cell and row', () => {
		for (const html of pages) {
			expect(html.match(/<\/(?:td|tr|th)>(?!\n)/g)).toBeNull();
			for (const [, attributes, content] of html.matchAll(/<t[dh]([^>]*)>([^<]*)/g)) {
				const background = /bgcolor="(#\w{6})"/.exec(attributes)?.[1];
				const colour = /(?:;|")color:(#\w{6})/.exec(attributes)?.[1];
				if (background === undefined || content.trim() === '' || content === '\u00a0') continue;
				expect([attributes, background && colour && contrast(background, colour) >= 4.5]).toEqual([attributes, true]);
			}
		}
	});

	test('marks its headings and the heads of tables as such, in order', () => {
		expect([...usual.html.matchAll(/<h([12])[^>]*>([^<]*)/g)].map(([, level, title]) => `${level} ${title}`)).toEqual([
			'1 Detección de contestadores (AMD)',
			'2 Qué hacer',
			'2 Cuándo contestan las personas',
			'2 Campañas',
			'2 Cuándo dejar de marcar',
			'2 Audios',
			'2 Por día',
			'2 Contactos por intentar de nuevo',
		]);
		const tables = usual.html.split('<table').filter((table) => !/^ role="presentation"/.test(table));
		expect(
			tables.slice(1).every((table) => table.includes('<th scope="col"') && table.includes('<th scope="row"')),
		).toBe(true);
	});

	test('glues no digits together where its tables are drawn as text', () => {
		const text = textOf(usual.html);
		for (const line of usual.html.matchAll(/<th scope="row"[^>]*>(?:<[^>]+>)?(\d{12})/g))
			expect(text).toMatch(new RegExp(`${line[1]}\\s`));
		// The list's own numbers are drawn, too.
		const numbers = new Set(['1.', '2.', '3.', ...(usual.html.replace(/<[^>]*>/g, ' ').match(/[\d.,:%]+/g) ?? [])]);
		expect((text.match(/[\d.,:%]+/g) ?? []).filter((number) => !numbers.has(number))).toEqual([]);
	});

	test('escapes whatever a campaign, a file, an id or a telephone holds', () => {
		fc.assert(
			fc.property(
				calls,
				fc.constantFrom('<img src=x onerror=alert(1)>', '"\'><svg/onload=alert(1)>', '\u202Eevil\u0000'),
				(rows, evil) => {
					const bad = rows.map((row) => ({
						...row,
						campaign_id: `7 - ${evil}`,
						file_name: evil,
						customer_id: evil,
						telephone: `1${evil}`,
					}));
					const { html } = reportOf([...bad, ...bad, ...bad], { campaign: evil, warnings: [evil] });
					expect(html).not.toMatch(/<(?:img|svg)|\p{Cc}(?<!\n)/u);
				},
			),
			{ numRuns: 30 },
		);
	});

	test('writes numbers as the country does, and words in the language, whatever the other is', () => {
		const html = (language: 'en' | 'es', country: 'CO' | 'PE') => reportOf(even, { language, country }).html;
		expect(html('en', 'CO')).toContain('768 of 1.920');
		expect(html('es', 'PE')).toContain('768 de 1,920');
		expect(html('es', 'PE')).toContain('<html lang="es">');
	});

	test('of more campaigns than fit shows the worst and one line with the sum of the others', () => {
		const rows = Array.from({ length: 40 }, (_, i) => i).flatMap((i) =>
			Array.from({ length: 50 }, (_, j) =>
				recordOf({
					campaign_id: String(100 + i),
					result: j < i + 1 ? 'human' : 'machine',
					date: '2026-11-17 10:00:00',
				}),
			),
		);
		const text = textOf(reportOf(rows).html);
		expect(text).toMatch(/Campaign 100\s+50\s+2,0%/);
		expect(text).toMatch(/Campaign 124\s+50\s+50,0%/);
		expect(text).not.toContain('Campaign 125');
		expect(text).toMatch(/15 others together\s+750\s+66,0%/);
		expect(textOf(reportOf(rows.filter(({ campaign_id }) => Number(campaign_id) < 126)).html)).not.toContain(
			'others together',
		);
	});
});

test('the plain text keeps two blanks between the columns of its list', () => {
	const lines = reportOf([...even, ...stubborn(2, 4)]).text.split('\n');
	const head = lines.findIndex((line) => line.startsWith('Telephone'));
	expect(lines.slice(head, head + 3)).toEqual([
		'Telephone     Customer  Calls  When to call',
		'573110000000  790       4      Tue 24 Nov 07:00 or Tue 08:00, Tue 09:00',
		'573110000001  791       4      Tue 24 Nov 07:00 or Tue 08:00, Tue 09:00',
	]);
	expect(lines.at(-2)).toMatch(/^Made 23 Nov 2026 08:00 from Wolkvox AMD records/);
	expect(reportOf(stubborn(1, 3), { range: week }).text).toMatch(/Telephone .*\n573110000000 .*too few calls to say/);
});

/** Contrast as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
	const luminance = (colour: string) =>
		[1, 3, 5]
			.map((from) => parseInt(colour.slice(from, from + 2), 16) / 255)
			.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
			.reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
	const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}
