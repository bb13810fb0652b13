/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright-core';
import { observer } from '../../core/analysis/observation';
import { reportPage } from '../../core/analysis/report/page';
import { ReportBook } from '../../core/analysis/report/reportBook';
import type { AmdRecord } from '../../core/api/record';
import { formatWall } from '../../core/time/wallClock';
import type { Window } from '../../core/time/window';
import { recordOf } from '../core/analysis/rows';
import { createOperation, wallSeconds } from '../simulator';
import { picture, publishedFolder } from './pictures';

const range = { from: wallSeconds('2024-05-01 00:00:00'), to: wallSeconds('2024-06-01 00:00:00') };
const sizes = { desk: { width: 860, height: 1000 }, phone: { width: 360, height: 740 } };

/** A month as it is; two years of nothing but machines; more campaigns with long names than are drawn or listed. */
type Kind = 'month' | 'years' | 'campaigns';

let browser: Browser;
let folder: string;
const urls: Partial<Record<Kind, string>> = {};

async function write(kind: Kind, rows: Iterable<AmdRecord>, range: Window, names?: Map<string, string>): Promise<void> {
	const book = new ReportBook(names);
	const observe = observer();
	for (const row of rows) book.take(observe(row));
	const file = join(folder, `${kind}.html`);
	await writeFile(
		file,
		reportPage(book.data(false), {
			campaign: 'All campaigns',
			range,
			madeAt: '2024-06-01 07:00:00 (America/Bogota)',
			warnings: [],
		}),
	);
	urls[kind] = pathToFileURL(file).href;
}

beforeAll(async () => {
	const operation = createOperation({
		now: () => '2024-06-01 07:00:00',
		rowsPerDay: 6_000,
		contacts: 12_000,
		otherResults: ['FAX'],
	});
	const names = new Map([
		['22109', 'COBRANZA BOGOTÁ'],
		['22110', 'Ventas Medellín'],
		['26687', 'RENOVACIÓN 2024/25'],
		['7', 'Encuesta de satisfacción con un nombre muy largo'],
	]);
	folder = await mkdtemp(join(tmpdir(), 'amd-report-'));
	await write('month', operation.rowsOf(range), range, names);
	const years = { from: wallSeconds('2023-11-28 00:00:00'), to: wallSeconds('2025-11-28 00:00:00') };
	await write(
		'years',
		Array.from({ length: 700 }, (_, day) => recordOf({ date: formatWall(years.from + day * 86_400) })),
		years,
	);
	const letters = ['W', 'COBRANZA CARTERA CASTIGADA '];
	await write(
		'campaigns',
		Array.from({ length: 130 }, (_, i) =>
			recordOf({ campaign_id: `${22_000 + i} - ${letters[i % 2].repeat(40)}`, date: '2024-05-02 10:00:00' }),
		),
		range,
	);
	const executablePath =
		process.env.CHROMIUM ??
		['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((place) => existsSync(place));
	browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});
afterAll(async () => {
	await browser?.close();
	await rm(folder, { recursive: true, force: true });
});

/** Opens the report and keeps what the browser had to say of it. */
async function open(
	size: keyof typeof sizes,
	colorScheme: 'light' | 'dark',
	kind: Kind = 'month',
): Promise<{ page: Page; said: string[]; asked: string[] }> {
	const page = await browser.newPage({
		viewport: sizes[size],
		colorScheme,
		deviceScaleFactor: size === 'phone' ? 2 : 1.5,
	});
	const [said, asked]: string[][] = [[], []];
	page.on('console', (message) => said.push(message.text()));
	page.on('pageerror', (failure) => said.push(failure.message));
	page.on('request', (request) => asked.push(request.url()));
	await page.goto(urls[kind]!);
	return { page, said, asked };
}

describe.each(['desk', 'phone'] as const)('on a %s', (size) => {
	test.each(['light', 'dark'] as const)(
		'in %s: fits its width, asks for nothing, and all its text can be read',
		async (scheme) => {
			const { page, said, asked } = await open(size, scheme);
			expect([said, asked]).toEqual([[], [urls.month]]);
			const { overflow, smallest, cut } = await page.evaluate(() => {
				const texts = [...document.querySelectorAll<SVGTextElement>('svg text')].map((text) => ({
					text,
					box: text.getBoundingClientRect(),
				}));
				return {
					overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
					smallest: Math.min(
						...texts.map(
							({ text, box }) => (box.height / text.getBBox().height) * parseFloat(getComputedStyle(text).fontSize),
						),
					),
					cut: texts
						.filter(({ box }) => box.left < 0 || box.right > document.documentElement.clientWidth)
						.map(({ text }) => text.textContent),
				};
			});
			expect([overflow, cut]).toEqual([0, []]);
			expect(smallest).toBeGreaterThanOrEqual(11);
			const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
			expect(background).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 24, 31)');
			const { y, height } = (await page.locator('figure').nth(1).boundingBox())!;
			const isFirst = size === 'desk' && scheme === 'light';
			await page.screenshot({
				path: isFirst ? picture('report', publishedFolder) : picture(`report-${size}-${scheme}`),
				fullPage: true,
				...(isFirst && { clip: { x: 0, y: 0, width: 860, height: y + height + 16 } }),
			});
			await page.close();
		},
	);

	test.each(['month', 'years', 'campaigns'] as const)(
		'of %s: no label is cut, or lies on another or on the legend',
		async (kind) => {
			const { page } = await open(size, 'light', kind);
			const overlaps = await page.evaluate(() =>
				[...document.querySelectorAll('figure')].flatMap((figure) => {
					const boxes = [...figure.querySelectorAll('text.axis, text.label, .legend li')].map((text) => ({
						name: text.textContent,
						box: text.getBoundingClientRect(),
					}));
					return boxes.flatMap(({ name, box }, i) =>
						boxes
							.slice(i + 1)
							.filter(
								(other) =>
									box.left < other.box.right &&
									other.box.left < box.right &&
									box.top < other.box.bottom - 2 &&
									other.box.top < box.bottom - 2,
							)
							.map((other) => `${name} / ${other.name}`),
					);
				}),
			);
			expect(overlaps).toEqual([]);
			expect(
				await page.evaluate(() =>
					[...document.querySelectorAll('svg text')]
						.filter(
							(text) =>
								text.getBoundingClientRect().left < 0 ||
								text.getBoundingClientRect().right > document.documentElement.clientWidth,
						)
						.map((text) => text.textContent),
				),
			).toEqual([]);
			await page.close();
		},
	);
});

test('a screen reader meets headings, named pictures with a description, and tables', async () => {
	const { page } = await open('desk', 'light');
	const spoken = await page.locator('body').ariaSnapshot();
	for (const title of ['Machine rate by day', 'Machine rate by hour and weekday', 'Machine rate by campaign']) {
		expect(spoken).toContain(`- heading "${title}" [level=2]`);
		expect(spoken).toMatch(new RegExp(`- '?img "${title}"`));
	}
	await page.locator('summary').first().click();
	expect(await page.locator('body').ariaSnapshot()).toMatch(/table "Records by day"[^]*rowheader "1 May 2024"/);
	await page.close();
});

test('on paper it is light, whatever the screen is, and no drawing is torn in two', async () => {
	const { page } = await open('desk', 'dark');
	await page.emulateMedia({ media: 'print' });
	expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
	expect(
		await page.evaluate(() =>
			[...document.querySelectorAll('figure')].map((figure) => getComputedStyle(figure).breakInside),
		),
	).toEqual(['avoid', 'avoid', 'avoid']);
	expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
	await page.close();
});

test('on paper campaigns that are not drawn are in their table, whole; nothing else that is closed is printed', async () => {
	const printed = async (kind: Kind) => {
		const { page } = await open('desk', 'light', kind);
		const isSeen = async () =>
			await page.evaluate(() =>
				[...document.querySelectorAll('details th[scope="row"]')]
					.filter((head) => head.checkVisibility())
					.map((head) => head.textContent),
			);
		expect(await isSeen()).toEqual([]);
		await page.emulateMedia({ media: 'print' });
		const heads = await isSeen();
		const { word, cut, overflow } = await page.evaluate(() => ({
			word: document.querySelector<HTMLElement>('span.on-paper')?.checkVisibility(),
			cut: [...document.querySelectorAll('.scroll')].filter((box) => getComputedStyle(box).overflowX !== 'visible')
				.length,
			overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
		}));
		const pdf = await page.pdf({ format: 'A4' });
		await page.close();
		return { heads, word, cut, overflow, pages: pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length };
	};
	const [few, many] = [await printed('month'), await printed('campaigns')];
	expect(few).toMatchObject({ heads: [], word: undefined, cut: 0, overflow: 0 });
	expect(many).toMatchObject({ word: true, cut: 0, overflow: 0 });
	expect(many.heads).toHaveLength(101);
	expect(many.heads[100]).toBe('30 more campaigns');
	expect(many.pages).toBeGreaterThan(few.pages + 2);
});
