/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { digestOf, wallSeconds, wallText, type RawRow } from '../simulator';
import { xlsxRows } from './readFiles';
import { importExample, runFrom } from './support/example';
import { amdNode, dayText, openExampleWorld } from './support/exampleWorld';
import { startMailServer, type MailServer } from './support/mailServer';
import { startPostgres, type Postgres } from './support/postgres';
import { startReceiver, type Receiver } from './support/receiver';

const at = openExampleWorld();

const textsOf = (row: RawRow) => [row.customer_id, row.campaign_id, row.file_name, row.telephone, row.result, row.date];

describe('PostgreSQL', () => {
	let postgres: Postgres;
	beforeAll(async () => {
		postgres = await startPostgres();
	});
	afterAll(async () => await postgres?.stop());

	test("yesterday's detail is written by key, the same when it is run twice", async () => {
		const credential = await at.world.save('postgres', {
			host: '127.0.0.1',
			port: postgres.port,
			database: 'postgres',
			user: 'postgres',
			password: 'any',
			ssl: 'disable',
		});
		const id = await importExample(at.world.n8n, 'daily-detail-to-postgresql', {
			credentials: { [amdNode]: at.wolkvox, 'n8n-nodes-base.postgres': credential },
		});
		const table = async () =>
			await postgres.query(
				'SELECT customer_id, campaign_id, file_name, telephone, result, date, ' +
					'record_id, extract(epoch from "timestamp") FROM amd_records ORDER BY record_id',
			);
		await runFrom(at.world.n8n, id, 'Every Morning at 6');
		const once = await table();
		const rows = [...at.world.simulator.rows(at.world.days(3, 0))];
		const sorted = (some: string[][]) => some.map((row) => JSON.stringify(row.slice(0, 6))).sort();
		expect(sorted(once)).toEqual(sorted(rows.map(textsOf)));
		expect(new Set(rows.map((row) => JSON.stringify(textsOf(row)))).size).toBeLessThan(rows.length);
		const isFiveHoursLater = ([, , , , , date, , epoch]: string[]) => Number(epoch) === wallSeconds(date) + 5 * 3_600;
		expect(once.filter((row) => !isFiveHoursLater(row))).toEqual([]);
		await runFrom(at.world.n8n, id, 'Every Morning at 6');
		expect(await table()).toEqual(once);
	});
});

test("the summary in n8n's own table: as many rows after three runs as after one", async () => {
	const id = await importExample(at.world.n8n, 'daily-summary-to-data-table', {
		credentials: { [amdNode]: at.wolkvox },
	});
	const { id: project } = (await at.world.n8n.client.call('GET', '/projects/personal')) as { id: string };
	const stored = async () => {
		const { data: tables } = (await at.world.n8n.client.call('GET', `/projects/${project}/data-tables`)) as {
			data: Array<{ id: string; name: string }>;
		};
		const table = tables.find(({ name }) => name === 'amd_by_day')?.id;
		const { data } = (await at.world.n8n.client.call(
			'GET',
			`/projects/${project}/data-tables/${table}/rows?take=250`,
		)) as { data: Array<{ day: string; campaign_id: string; records: number; human_rate: number | null }> };
		return data;
	};
	await runFrom(at.world.n8n, id, 'Every Morning at 7');
	const once = await stored();
	const week = at.world.days(7, 0);
	expect(once.reduce((sum, { records }) => sum + records, 0)).toBe(at.world.simulator.truth(week).count);
	expect(once.every(({ day, human_rate: rate }) => /^\d{4}-\d\d-\d\d$/.test(day) && rate !== undefined)).toBe(true);
	await runFrom(at.world.n8n, id, 'Every Morning at 7');
	await runFrom(at.world.n8n, id, 'Every Morning at 7');
	expect(await stored()).toHaveLength(once.length);
});

describe('the summary webhook', () => {
	let receiver: Receiver;
	beforeAll(async () => {
		receiver = await startReceiver();
	});
	afterAll(async () => await receiver?.close());
	const secret = 'a long random value';
	beforeAll(async () => {
		const header = await at.world.save('httpHeaderAuth', { name: 'X-Api-Key', value: secret });
		const id = await importExample(at.world.n8n, 'summary-webhook', {
			credentials: { [amdNode]: at.wolkvox, 'n8n-nodes-base.webhook': header },
			texts: { 'https://reports.example.com': receiver.url },
		});
		await at.world.n8n.client.activate(id);
		const giveUpAt = Date.now() + 10_000;
		while ((await ask({})).status === 404 && Date.now() < giveUpAt)
			await new Promise((resolve) => setTimeout(resolve, 200));
	});

	const ask = async (body: object, key = secret) =>
		await fetch(`${at.world.n8n.client.url}/webhook/amd-summary`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': key },
			body: JSON.stringify(body),
		});
	let week: { from: number; to: number };
	let words: { from: string; to: string };
	beforeAll(() => {
		week = at.world.days(8, 1);
		words = { from: dayText(week.from), to: dayText(week.to - 1) };
	});

	test('answers with a line per campaign and day, equal to the truth', async () => {
		const answer = (await (await ask(words)).json()) as Array<{
			campaign_id: string;
			day: string;
			records: number;
			machine: number;
			campaign_name: string;
		}>;
		const rows = [...at.world.simulator.rows(week)];
		const expected = new Map<string, [number, number]>();
		for (const { campaign_id, date, result } of rows) {
			const line = `${campaign_id} ${date.slice(0, 10)}`;
			const [total, machine] = expected.get(line) ?? [0, 0];
			expected.set(line, [total + 1, machine + (result === 'MACHINE' ? 1 : 0)]);
		}
		expect(new Map(answer.map((line) => [`${line.campaign_id} ${line.day}`, [line.records, line.machine]]))).toEqual(
			expected,
		);
		expect(answer[0]).toMatchObject({ campaign_id: '7', campaign_name: 'Encuesta' });
	});

	test('takes one campaign, and an empty range gives an empty list', async () => {
		const answer = (await (await ask({ ...words, campaign: '7' })).json()) as Array<{ records: number }>;
		expect(answer.reduce((sum, { records }) => sum + records, 0)).toBe(
			at.world.simulator.truth({ ...week, campaign: '7' }).count,
		);
		expect(await (await ask({ from: `${words.from} 02:00:00`, to: `${words.from} 02:00:05` })).json()).toEqual([]);
	});

	const failureOf = async (body: object) => {
		const answer = await ask(body);
		return [answer.status, ((await answer.json()) as { error: string }).error];
	};

	test('says with status 400 what the caller has to change, and how', async () => {
		expect(await failureOf({ from: 'yesterday' })).toEqual([
			400,
			expect.stringMatching(/^From is not a date: “yesterday”\. Enter a date such as 2025-01-31 /),
		]);
		expect(await failureOf({ to: words.to })).toEqual([400, expect.stringMatching(/^From is empty\. Enter a date /)]);
		expect(await failureOf({ ...words, campaign: 'Encuesta' })).toEqual([
			400,
			expect.stringMatching(/^Campaign is not the number of a campaign: “Encuesta”\. Choose /),
		]);
		expect(await failureOf({ ...words, campaign: '404' })).toEqual([
			400,
			expect.stringMatching(/^The campaign does not exist .* Choose the campaign /),
		]);
	});

	test('says with status 502 what the caller cannot help', async () => {
		const { usedByOtherTokens, token } = at.world.simulator.options;
		at.world.simulator.configure({ usedByOtherTokens: 1_000_000 });
		const spent = await failureOf(words);
		at.world.simulator.configure({ usedByOtherTokens, token: 'another' });
		const refused = await failureOf(words);
		at.world.simulator.configure({ token });
		expect(spent).toEqual([
			502,
			expect.stringMatching(/^Today's requests of this operation are used up\. .*It counts again from midnight/),
		]);
		expect(refused).toEqual([
			502,
			expect.stringMatching(/^Wolkvox does not accept this token .* Copy it once more from Wolkvox/),
		]);
	});

	test('answers at once and sends later, where the caller wants that', async () => {
		const answer = await ask({ ...words, later: true });
		expect([answer.status, await answer.json()]).toEqual([202, { accepted: true }]);
		const giveUpAt = Date.now() + 30_000;
		while (!receiver.batches.has('/amd-summary') && Date.now() < giveUpAt)
			await new Promise((resolve) => setTimeout(resolve, 200));
		const lines = Object.values(receiver.batches.get('/amd-summary')?.[0].fields ?? {}) as Array<{ records: number }>;
		expect(lines.reduce((sum, { records }) => sum + records, 0)).toBe(at.world.simulator.truth(week).count);
	});

	test('lets nobody in without the key', async () => {
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
		text: string;
		attachments: Array<{ filename: string; content: Buffer }>;
	}

	/** The one message that a run of the example sends. */
	async function mailOf(
		standIns?: Record<string, object[]>,
		[example, trigger] = ['monday-report-by-email', 'Every Monday at 7'],
	): Promise<Parsed> {
		const smtp = await at.world.save('smtp', {
			host: '127.0.0.1',
			port: mail.port,
			user: '',
			password: '',
			secure: false,
			disableStartTls: true,
		});
		const id = await importExample(at.world.n8n, example, {
			credentials: { [amdNode]: at.wolkvox, 'n8n-nodes-base.emailSend': smtp },
			standIns,
		});
		await runFrom(at.world.n8n, id, trigger);
		const [{ to, source }, ...others] = mail.mails.splice(0);
		expect([to, others]).toEqual([['operations@example.com'], []]);
		const { simpleParser } = createRequire(join(at.world.n8n.install.folder, 'package.json'))('mailparser') as {
			simpleParser(source: string): Promise<Parsed>;
		};
		return await simpleParser(source);
	}

	test("yesterday's detail comes as a workbook, without a server's disk", async () => {
		const { subject, attachments } = await mailOf({}, ['daily-detail-to-excel', 'Every Morning at 7']);
		const yesterday = at.world.days(1, 0);
		expect(subject).toBe(`AMD detail ${dayText(yesterday.from)}`);
		const [{ filename, content }, ...others] = attachments;
		expect([filename, others]).toEqual([expect.stringMatching(/\.xlsx$/), []]);
		const file = join(at.world.n8n.filesFolder, 'received.xlsx');
		await writeFile(file, content);
		const rows = await xlsxRows(at.world.n8n, file);
		const timed = rows.map((row) => ({ ...row, date: wallText(Math.floor((Number(row.date) - 25_569) * 86_400)) }));
		expect(digestOf(timed)).toEqual(at.world.simulator.truth(yesterday));
		const names = new Map(at.world.simulator.options.campaigns.map(({ id: number, name }) => [number, name]));
		expect(rows.every((row) => 'campaign_name' in row && row.campaign_name === names.get(row.campaign_id))).toBe(true);
	});

	test('the report is the message, as a page and as text, and the contacts to try again are attached', async () => {
		const { subject, html, text, attachments } = await mailOf();
		const today = at.world.days(0, 0).from;
		const monday = today - (((Math.floor(today / 86_400) + 3) % 7) + 7) * 86_400;
		const rows = [...at.world.simulator.rows({ from: monday, to: monday + 7 * 86_400 })];
		expect(subject).toBe(`AMD report ${dayText(monday)} to ${dayText(monday + 6 * 86_400)}`);
		const [contacts, page] = attachments;
		expect([contacts.filename, page.filename]).toEqual(['contacts-to-try.xlsx', expect.stringMatching(/\.html$/)]);
		expect(page.content.toString().trim()).toBe(html.replace(/\r\n/g, '\n').trim());
		const humans = rows.filter(({ result }) => result === 'HUMAN').length;
		const verdict = `(${humans.toLocaleString('de-DE')} of ${rows.length.toLocaleString('de-DE')})`;
		expect([html, text].map((part) => part.includes(verdict))).toEqual([true, true]);
		expect(text).not.toMatch(/n8n\.io|<td/);
		expect(html).not.toMatch(/n8n\.io/);

		const file = join(at.world.n8n.filesFolder, 'contacts.xlsx');
		await writeFile(file, contacts.content);
		const listed = (await xlsxRows(at.world.n8n, file)) as unknown as Array<{ customer_id: string; calls: number }>;
		const calls = new Map<string, RawRow[]>();
		for (const row of at.world.simulator.rows(at.world.days(30, 0)))
			calls.set(row.customer_id, [...(calls.get(row.customer_id) ?? []), row]);
		const named = listed.filter(({ customer_id: id }) => id !== '' && calls.has(id));
		expect(named.length).toBeGreaterThan(20);
		for (const { customer_id: id, calls: told } of named) {
			const own = calls.get(id) ?? [];
			expect([id, told, own.filter(({ result }) => result === 'HUMAN').length]).toEqual([id, own.length, 0]);
		}
	});
});
