/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Locator, type Page, chromium } from 'playwright-core';
import type { AmdRecord } from '../../core/api/record';
import { formatWall } from '../../core/time/wallClock';
import { countsOf, reportOf, week, weekBefore } from '../core/analysis/report/reportOf';
import { recordOf } from '../core/analysis/rows';
import { createOperation, wallSeconds } from '../simulator';
import { picture, publishedFolder } from './pictures';

const sizes = { desk: { width: 800, height: 1000 }, phone: { width: 390, height: 844 } };

/** A week as it is, in two languages; two years; more campaigns with long names than are drawn. */
type Kind = 'week' | 'semana' | 'years' | 'campaigns';

let browser: Browser;
let darkened: Browser;
let folder: string;
const urls: Partial<Record<Kind, string>> = {};

async function write(kind: Kind, html: string): Promise<void> {
	const file = join(folder, `${kind}.html`);
	await writeFile(file, html);
	urls[kind] = pathToFileURL(file).href;
}

beforeAll(async () => {
	const operation = createOperation({
		now: () => '2026-11-23 07:00:00',
		rowsPerDay: 3_000,
		contacts: 6_000,
		otherResults: ['FAX'],
		story: true,
	});
	const names = new Map([
		['22109', 'COBRANZA BOGOTÁ'],
		['22110', 'Ventas Medellín'],
		['26687', 'RENOVACIÓN 2026/27'],
		['7', 'Encuesta de satisfacción'],
	]);
	folder = await mkdtemp(join(tmpdir(), 'amd-report-'));
	const rows = [...operation.rowsOf(week)];
	const before = { range: weekBefore, counts: countsOf(operation.rowsOf(weekBefore)) };
	await write('week', reportOf(rows, { names, before }).html);
	await write('semana', reportOf(rows, { names, before, language: 'es' }).html);
	const years = { from: wallSeconds('2024-11-28 00:00:00'), to: wallSeconds('2026-11-28 00:00:00') };
	const machines = Array.from({ length: 700 }, (_, i) => recordOf({ date: formatWall(years.from + i * 86_400) }));
	await write('years', reportOf(machines, { range: years }).html);
	const letters = ['W', 'COBRANZA CARTERA CASTIGADA '];
	const many: AmdRecord[] = Array.from({ length: 130 }, (_, i) =>
		recordOf({ campaign_id: `${22_000 + i} - ${letters[i % 2].repeat(40)}`, date: '2026-11-17 10:00:00' }),
	);
	await write('campaigns', reportOf(many, { language: 'es' }).html);
	const executablePath =
		process.env.CHROMIUM ??
		['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((place) => existsSync(place));
	const args = ['--no-sandbox', '--disable-gpu'];
	browser = await chromium.launch({ executablePath, args });
	// As mail programs do in the dark: pages that know nothing of it are darkened.
	darkened = await chromium.launch({ executablePath, args: [...args, '--enable-features=WebContentsForceDark'] });
});
afterAll(async () => {
	await browser?.close();
	await darkened?.close();
	await rm(folder, { recursive: true, force: true });
});

/** Opens the report and keeps what the browser had to say of it. */
async function open(
	size: keyof typeof sizes,
	kind: Kind = 'week',
	within = browser,
): Promise<{ page: Page; said: string[]; asked: string[] }> {
	const page = await within.newPage({ viewport: sizes[size], deviceScaleFactor: size === 'phone' ? 2 : 1.5 });
	const [said, asked]: string[][] = [[], []];
	page.on('console', (message) => said.push(message.text()));
	page.on('pageerror', (failure) => said.push(failure.message));
	page.on('request', (request) => asked.push(request.url()));
	await page.goto(urls[kind]!);
	return { page, said, asked };
}

describe.each(['desk', 'phone'] as const)('on a %s', (size) => {
	test.each(['week', 'semana', 'years', 'campaigns'] as const)(
		'the report of %s fits its width, asks for nothing, and all its text can be read',
		async (kind) => {
			const { page, said, asked } = await open(size, kind);
			expect([said, asked]).toEqual([[], [urls[kind]]]);
			const { overflow, smallest, cut } = await page.evaluate(() => {
				const texts = [...document.querySelectorAll('body *')].filter((one) =>
					[...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== ''),
				);
				const edge = document.documentElement.clientWidth;
				return {
					overflow: document.documentElement.scrollWidth - edge,
					smallest: Math.min(
						...texts
							.filter((one) => one.textContent !== '\u00a0')
							.map((one) => parseFloat(getComputedStyle(one).fontSize)),
					),
					cut: texts.filter((one) => one.getBoundingClientRect().right > edge).map((one) => one.textContent),
				};
			});
			expect({ overflow, cut }).toEqual({ overflow: 0, cut: [] });
			expect(smallest).toBeGreaterThanOrEqual(11);
			await page.screenshot({
				path:
					kind === 'week' && size === 'desk' ? picture('report', publishedFolder) : picture(`report-${size}-${kind}`),
				...(kind === 'week' && size === 'desk' ? { clip: { x: 0, y: 0, ...sizes.desk } } : { fullPage: true }),
			});
			await page.close();
		},
	);
});

test('what a person must see first on a phone is on its first screen', async () => {
	const { page } = await open('phone', 'semana');
	const bottomOf = async (text: string) => {
		const box = (await page.getByText(text).first().boundingBox())!;
		return box.y + box.height;
	};
	expect(await bottomOf('Contestadas por persona:')).toBeLessThan(sizes.phone.height / 2);
	expect(await bottomOf('Qué hacer')).toBeLessThan(sizes.phone.height);
	await page.close();
});

/** Contrast between the lightest and the darkest point of what is drawn, as WCAG 2 defines it. */
async function contrastOf(part: Locator, helper: Page): Promise<number> {
	const png = (await part.screenshot()).toString('base64');
	return await helper.evaluate(async (base64) => {
		const image = new Image();
		image.src = `data:image/png;base64,${base64}`;
		await image.decode();
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [image.width, image.height];
		const context = canvas.getContext('2d')!;
		context.drawImage(image, 0, 0);
		const { data } = context.getImageData(0, 0, image.width, image.height);
		const linear = (value: number): number => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
		let [low, high] = [1, 0];
		for (let i = 0; i < data.length; i += 4) {
			const [r, g, b] = [data[i], data[i + 1], data[i + 2]].map((value) => linear(value / 255));
			const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
			[low, high] = [Math.min(low, luminance), Math.max(high, luminance)];
		}
		return (high + 0.05) / (low + 0.05);
	}, png);
}

test('darkened, as mail programs do it, every colour still carries its figure', async () => {
	const { page } = await open('desk', 'week', darkened);
	const helper = await browser.newPage();
	expect(await page.evaluate(() => document.querySelectorAll('td[bgcolor]').length)).toBeGreaterThan(100);
	await page.screenshot({ path: picture('report-dark'), fullPage: true });
	const colours = await page.evaluate(() => [
		...new Set([...document.querySelectorAll('td[bgcolor]')].map((one) => one.getAttribute('bgcolor')!)),
	]);
	for (const colour of colours) {
		const figure = page.locator(`td[bgcolor="${colour}"]`).filter({ hasText: /\d%/, hasNot: page.locator('table') });
		if ((await figure.count()) === 0) continue;
		expect([colour, (await contrastOf(figure.first(), helper)) >= 4]).toEqual([colour, true]);
	}
	await page.close();
	await helper.close();
});

test.each(['week', 'semana'] as const)('the %s is two pages of paper, in its colours', async (kind) => {
	const { page } = await open('desk', kind);
	const pdf = await page.pdf({ path: join(folder, `${kind}.pdf`), format: 'A4' });
	expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
	await page.emulateMedia({ media: 'print' });
	await page.screenshot({ path: picture(`report-paper-${kind}`), fullPage: true });
	expect(await page.evaluate(() => getComputedStyle(document.querySelector('td')!).printColorAdjust)).toBe('exact');
	await page.close();
});

test('without what Gmail and the Outlooks strip, nothing is lost', async () => {
	const { page } = await open('desk');
	const text = async () => await page.evaluate(() => document.body.innerText);
	const whole = await text();
	await page.evaluate(() => {
		for (const one of document.querySelectorAll('svg, style, details, script, link, meta')) one.remove();
		for (const one of document.querySelectorAll('[class], [id]')) {
			one.removeAttribute('class');
			one.removeAttribute('id');
		}
	});
	expect(await text()).toBe(whole);
	// The worst of them keep neither inline styles: only colours of cells are left, by their attribute.
	await page.evaluate(() => {
		for (const one of document.querySelectorAll('[style]')) one.removeAttribute('style');
	});
	expect(await text()).toBe(whole);
	await page.screenshot({ path: picture('report-stripped'), fullPage: true });
	await page.close();
});

test('a screen reader meets headings, and tables with heads of rows and columns', async () => {
	const { page } = await open('desk');
	const spoken = await page.locator('body').ariaSnapshot();
	for (const title of ['When people answer', 'Campaigns', 'When to stop dialling', 'By day', 'Contacts to try again'])
		expect(spoken).toContain(`- heading "${title}" [level=2]`);
	expect(spoken).toMatch(/rowheader "08:00"/);
	expect(spoken).toMatch(/columnheader "Telephone, Customer"/);
	await page.close();
});
