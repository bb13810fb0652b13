/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { currentVersion } from '../../scripts/n8n/install.mjs';
import { digestOf, startSimulator, wallSeconds, wallText, type RawRow, type Simulator } from '../simulator';
import { n8nUnderTest, type N8nUnderTest } from './n8nUnderTest';
import { csvRecords, xlsxRows } from './readFiles';
import { importExample, runFrom } from './support/example';
import { startMailServer, type MailServer } from './support/mailServer';
import { startPostgres, type Postgres } from './support/postgres';

const node = 'n8n-nodes-wolkvox.wolkvoxAmd';
const day = 86_400;

let simulator: Simulator;
let world: N8nUnderTest;
let wolkvox: { type: string; id: string; name: string };

beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 3_000, contacts: 2_000 });
	world = await n8nUnderTest(currentVersion);
	wolkvox = await save('wolkvoxApi', { server: simulator.url, token: simulator.token });
});

afterAll(async () => {
	await world?.remove();
	await simulator?.close();
});

/** Makes a credential and gives it as a node names it. */
async function save(type: string, data: Record<string, unknown>) {
	const { id, name } = await world.client.saveCredential({ name: type, type, data });
	return { type, id, name };
}

/** Whole days of the operation: so many before today, up to so many before today. */
function days(from: number, to: number): { from: number; to: number } {
	const { now } = simulator.options;
	const moment = now();
	const today = Math.floor((typeof moment === 'number' ? moment : wallSeconds(moment)) / day) * day;
	return { from: today - from * day, to: today - to * day };
}

const textsOf = (row: RawRow) => [row.customer_id, row.campaign_id, row.file_name, row.telephone, row.result, row.date];
const dayText = (seconds: number) => wallText(seconds).slice(0, 10);

test("yesterday's detail becomes an Excel file", async () => {
	const id = await importExample(world, 'daily-detail-to-excel', { credentials: { [node]: wolkvox } });
	await runFrom(world, id, 'Every Morning at 7');
	const yesterday = days(1, 0);
	const rows = await xlsxRows(world, join(world.filesFolder, `amd-${dayText(yesterday.from)}.xlsx`));
	expect(digestOf(rows)).toEqual(simulator.truth(yesterday));
	const names = new Map(simulator.options.campaigns.map(({ id: number, name }) => [number, name]));
	expect(rows.every((row) => 'campaignName' in row && row.campaignName === names.get(row.campaign_id))).toBe(true);
});

describe('PostgreSQL', () => {
	let postgres: Postgres;
	beforeAll(async () => {
		postgres = await startPostgres();
	});
	afterAll(async () => await postgres?.stop());

	test("yesterday's detail is written by key, the same when it is run twice", async () => {
		const credential = await save('postgres', { host: '127.0.0.1', port: postgres.port, database: 'postgres', user: 'postgres', password: 'any', ssl: 'disable' });
		const id = await importExample(world, 'daily-detail-to-postgresql', { credentials: { [node]: wolkvox, 'n8n-nodes-base.postgres': credential } });
		const table = async () => await postgres.query('SELECT customer_id, campaign_id, file_name, telephone, result, date, key, extract(epoch from "timestamp") FROM amd_records ORDER BY key');
		await runFrom(world, id, 'Every Morning at 6');
		const once = await table();
		const rows = [...simulator.rows(days(1, 0))];
		const sorted = (some: string[][]) => some.map((row) => JSON.stringify(row.slice(0, 6))).sort();
		expect(sorted(once)).toEqual(sorted(rows.map(textsOf)));
		expect(new Set(rows.map((row) => JSON.stringify(textsOf(row)))).size).toBeLessThan(rows.length);
		const isFiveHoursLater = ([, , , , , date, , epoch]: string[]) => Number(epoch) === wallSeconds(date) + 5 * 3_600;
		expect(once.filter((row) => !isFiveHoursLater(row))).toEqual([]);
		await runFrom(world, id, 'Every Morning at 6');
		expect(await table()).toEqual(once);
	});
});

describe('the summary webhook', () => {
	const secret = 'a long random value';
	beforeAll(async () => {
		const header = await save('httpHeaderAuth', { name: 'X-Api-Key', value: secret });
		const id = await importExample(world, 'summary-webhook', { credentials: { [node]: wolkvox, 'n8n-nodes-base.webhook': header } });
		await world.client.activate(id);
		const giveUpAt = Date.now() + 10_000;
		while ((await ask({})).status === 404 && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 200));
	});

	const ask = async (body: object, key = secret) =>
		await fetch(`${world.client.url}/webhook/amd-summary`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': key }, body: JSON.stringify(body) });
	let week: { from: number; to: number };
	let words: { from: string; to: string };
	beforeAll(() => {
		week = days(8, 1);
		words = { from: dayText(week.from), to: dayText(week.to - 1) };
	});

	test('answers with a line per campaign and day, equal to the truth', async () => {
		const answer = (await (await ask(words)).json()) as Array<{ campaignId: string; day: string; total: number; machine: number; campaignName: string }>;
		const rows = [...simulator.rows(week)];
		const expected = new Map<string, [number, number]>();
		for (const { campaign_id, date, result } of rows) {
			const line = `${campaign_id} ${date.slice(0, 10)}`;
			const [total, machine] = expected.get(line) ?? [0, 0];
			expected.set(line, [total + 1, machine + (result === 'MACHINE' ? 1 : 0)]);
		}
		expect(new Map(answer.map((line) => [`${line.campaignId} ${line.day}`, [line.total, line.machine]]))).toEqual(expected);
		expect(answer[0]).toMatchObject({ campaignId: '7', campaignName: 'Encuesta' });
	});

	test('takes one campaign, and an empty range gives an empty list', async () => {
		const answer = (await (await ask({ ...words, campaign: '7' })).json()) as Array<{ total: number }>;
		expect(answer.reduce((sum, { total }) => sum + total, 0)).toBe(simulator.truth({ ...week, campaign: '7' }).count);
		expect(await (await ask({ from: `${words.from} 02:00:00`, to: `${words.from} 02:00:05` })).json()).toEqual([]);
	});

	test('says with status 400 what it cannot read, and lets nobody in without the key', async () => {
		const refused = await ask({ from: 'yesterday' });
		expect([refused.status, await refused.json()]).toEqual([400, { error: 'From is not a date: “yesterday”' }]);
		expect((await ask(words, 'guess')).status).toBe(403);
	});
});

describe('by email', () => {
	let mail: MailServer;
	beforeAll(async () => {
		mail = await startMailServer();
	});
	afterAll(async () => await mail?.close());

	interface Parsed {
		subject: string;
		html: string;
		attachments: Array<{ filename: string; content: Buffer }>;
	}

	test('the report is the body, and the contacts to try again are attached', async () => {
		const smtp = await save('smtp', { host: '127.0.0.1', port: mail.port, user: '', password: '', secure: false, disableStartTls: true });
		const id = await importExample(world, 'monday-report-by-email', { credentials: { [node]: wolkvox, 'n8n-nodes-base.emailSend': smtp } });
		await runFrom(world, id, 'Every Monday at 7');
		expect(mail.mails).toHaveLength(1);
		const [{ to, source }] = mail.mails;
		expect(to).toEqual(['operations@example.com']);
		const { simpleParser } = createRequire(join(world.install.folder, 'package.json'))('mailparser') as { simpleParser(source: string): Promise<Parsed> };
		const { subject, html, attachments } = await simpleParser(source);
		const week = days(7, 0);
		const rows = [...simulator.rows(week)];
		expect(subject).toBe(`AMD report ${dayText(week.from)} to ${dayText(week.to - 1)}`);
		expect(html).toContain(`<dt>Records</dt><dd>${rows.length.toLocaleString('en-US')}</dd>`);
		expect(html).toContain('<svg');
		expect(attachments.map(({ filename }) => filename)).toEqual(['contacts-to-try.csv', 'amd-report.html']);
		expect(attachments[1].content.toString()).toBe(html.replace(/\r\n/g, '\n'));

		const [head, ...lines] = csvRecords(attachments[0].content.toString().replace(/^\ufeff/, '')).filter((line) => line.length > 1);
		expect(head).toEqual(['customer', 'attempts', 'last_attempt', 'hours_tried', 'hours_to_try', 'campaigns']);
		const expected = new Map<string, RawRow[]>();
		for (const row of rows) expected.set(row.customer_id, [...(expected.get(row.customer_id) ?? []), row]);
		const hard = [...expected].filter(([customer, own]) => customer !== '' && own.length >= 3 && own.every(({ result }) => result === 'MACHINE'));
		expect(new Map(lines.map(([customer, attempts]) => [customer, Number(attempts)]))).toEqual(new Map(hard.map(([customer, own]) => [customer, own.length])));
	});
});

describe('the backfill', () => {
	const months = ['2024-01', '2024-02', '2024-03'];
	const rangeOf = (month: string) => {
		const [year, number] = month.split('-').map(Number);
		return { from: `${month}-01 00:00:00`, to: `${number === 12 ? year + 1 : year}-${String((number % 12) + 1).padStart(2, '0')}-01 00:00:00` };
	};
	const fileOf = (month: string) => join(world.filesFolder, `amd-${month}.csv.gz`);
	const markOf = (month: string) => join(world.filesFolder, `amd-${month}.done`);
	const rowsOf = async (month: string) =>
		csvRecords(gunzipSync(await readFile(fileOf(month))).toString()).slice(1).map(([customer_id, campaign_id, file_name, telephone, result, date]) => ({ customer_id, campaign_id, file_name, telephone, result, date }));

	test('writes every month whole, and goes on where it was stopped', async () => {
		simulator.configure({ rowsPerDay: 1_000 });
		const id = await importExample(world, 'backfill-a-year-to-files', { texts: { "'2024-12'": "'2024-03'" }, credentials: { [node]: wolkvox } });
		await runFrom(world, id, 'Start');
		for (const month of months) expect(digestOf(await rowsOf(month))).toEqual(simulator.truth(rangeOf(month)));
		expect((await readdir(world.filesFolder)).filter((name) => name.endsWith('.done')).sort()).toEqual(months.map((month) => `amd-${month}.done`));

		await rm(markOf('2024-02'));
		await rm(fileOf('2024-02'));
		await rm(fileOf('2024-01'));
		simulator.requests.length = 0;
		await runFrom(world, id, 'Start');
		expect(digestOf(await rowsOf('2024-02'))).toEqual(simulator.truth(rangeOf('2024-02')));
		const asked = simulator.requests.map(({ query }) => query.date_ini.slice(0, 8));
		expect(asked.filter((date) => date < '20240131' || date > '20240301')).toEqual([]);
	});
});
