import { existsSync } from 'node:fs';
import { atEnd } from '../setup/command.mjs';
import { PlainFailure } from '../setup/plainFailure.mjs';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * A Chromium without a screen, signed in to an n8n.
 *
 * @param {import('../n8n/client.mjs').N8nClient} client signed in
 * @param {{ width?: number, height?: number }} [size] in CSS pixels
 * @returns {Promise<{ page: import('playwright-core').Page, close: () => Promise<void> }>}
 * @throws {PlainFailure} where no Chromium is found; CHROMIUM names one elsewhere
 */
export async function openBrowser(client, { width = 1440, height = 900 } = {}) {
	const executablePath = process.env.CHROMIUM ?? usualPlaces.find((place) => existsSync(place));
	if (!executablePath)
		throw new PlainFailure(
			'No Chromium was found. Install it (Debian: apt-get install chromium) or name it in CHROMIUM.',
		);
	const { chromium } = await import('playwright-core');
	const browser = await chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--no-first-run',
		],
	});
	const close = () => browser.close();
	atEnd(close);
	const context = await browser.newContext({
		viewport: { width, height },
		deviceScaleFactor: 1.5,
		locale: 'en-US',
		colorScheme: 'light',
	});
	const cookies = client.cookie.split('; ').map((pair) => ({
		name: pair.slice(0, pair.indexOf('=')),
		value: pair.slice(pair.indexOf('=') + 1),
		url: client.url,
	}));
	await context.addCookies(cookies);
	return { page: await context.newPage(), close };
}
