/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { RecordIds } from '../../core/api/record';
import { chain } from '../../scripts/n8n/workflows.mjs';
import { startSimulator, zoneClock, type RawRow, type Simulator } from '../simulator';
import { importExample } from './support/example';
import { startMailServer, type MailServer } from './support/mailServer';
import { MortalN8n } from './support/mortalN8n';
import { deliverTo, startReceiver, type Receiver } from './support/receiver';

/** What n8n does with a workflow, and what the trigger then does: each line of the table in docs/delivery.md. */

const clock = zoneClock('America/Bogota');
const trigger = 'n8n-nodes-wolkvox.wolkvoxAmdTrigger';
const seconds = [3, 13, 23, 33, 43, 53].map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` }));
const campaignOf = (value: string) => ({ __rl: true, mode: 'id', value });

let simulator: Simulator;
let receiver: Receiver;
let mail: MailServer;
let n8n: MortalN8n;
let credential: { id: string; name: string };

beforeAll(async () => {
	// A record every two seconds, none late, no two alike.
	const since = clock() - 300;
	simulator = await startSimulator({ rowsPerDay: 43_200, shape: 'flat', duplicateShare: 0, dataFrom: since });
	receiver = await startReceiver();
	mail = await startMailServer();
	n8n = await MortalN8n.start({});
	const data = { server: simulator.url, token: simulator.token };
	credential = await n8n.client.saveCredential({ name: 'Wolkvox', type: 'wolkvoxApi', data });
});
afterAll(async () => {
	await n8n?.remove();
	await mail?.close();
	await receiver?.close();
	await simulator?.close();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
	const giveUpAt = Date.now() + withinMs;
	while (!(await isTrue()) && Date.now() < giveUpAt) await pause(250);
}

const batchesOf = (name: string) => receiver.batches.get(`/${name}`) ?? [];
const idsOf = (name: string): string[] => batchesOf(name).flatMap(({ keys }) => keys);

/** Every record that there is, by its record_id. */
function records(): Map<string, RawRow> {
	const rows = simulator.rows({ from: simulator.options.dataFrom ?? 0, to: clock() });
	return new Map([...new RecordIds().of(rows, 0)].map(({ recordId, record }) => [recordId, record]));
}

/** Records between the first and the last that came, which did not come. */
function missed(name: string, isOwed: (row: RawRow) => boolean = () => true): string[] {
	const [all, came] = [records(), new Set(idsOf(name))];
	const dates = [...came].map((id) => all.get(id)!.date).sort();
	return [...all].flatMap(([id, row]) => {
		const isInside = row.date > dates[0] && row.date < dates.at(-1)!;
		return isInside && isOwed(row) && !came.has(id) ? [row.date] : [];
	});
}

const doubled = (name: string): number => idsOf(name).length - new Set(idsOf(name)).size;

interface Wanted {
	campaign?: string;
	options?: object;
	/** Where it delivers to. */
	url?: string;
	node?: string;
}

function workflow(
	name: string,
	{ campaign = 'all', options = {}, url = receiver.url, node = 'New Records' }: Wanted = {},
) {
	return chain(name, [
		{
			name: node,
			type: trigger,
			version: 1,
			parameters: {
				pollTimes: { item: seconds },
				campaign: campaignOf(campaign),
				options: { minMinutesBetweenReads: 1, overlapMinutes: 5, ...options },
			},
			credentials: { wolkvoxApi: credential },
		},
		...deliverTo(`${url}/${name}`),
	]);
}

async function publish(name: string, wanted: Wanted = {}): Promise<string> {
	const { id } = await n8n.client.createWorkflow(workflow(name, wanted));
	await n8n.client.activate(id);
	return id;
}

/** What the editor does on Save: the draft has it, the published version does not. */
async function draft(id: string, name: string, wanted: Wanted): Promise<void> {
	const { versionId } = await n8n.client.workflow(id);
	await n8n.client.call('PATCH', `/workflows/${id}`, { ...workflow(name, wanted), versionId });
}

/** Changes n8n's database while n8n is off, by n8n's own Node. */
async function query(sql: string): Promise<void> {
	const script = `new (require('node:sqlite').DatabaseSync)(process.argv[1]).exec(process.argv[2])`;
	await promisify(execFile)(n8n.install.nodeBinary, ['-e', script, n8n.database, sql]);
}

/** A whole read more of each: two minutes at most. */
async function oneMore(names: readonly string[]): Promise<void> {
	const had = new Map(names.map((name) => [name, batchesOf(name).length]));
	await until(() => names.every((name) => batchesOf(name).length > had.get(name)!), 150_000);
}

test('draft, publish, unpublish, import, copy, rename, retry, restore, and a state that is gone', async () => {
	const campaign = simulator.options.campaigns[0].id;
	const isOf = ({ campaign_id: id }: RawRow): boolean => id === campaign;
	const names = ['draft', 'publish', 'unpublish', 'import', 'rename', 'restore', 'gone'];
	const ids = new Map<string, string>();
	for (const name of names) ids.set(name, await publish(name, name === 'draft' ? { campaign } : {}));
	const failing = await publish('retry', { url: 'http://127.0.0.1:9' });
	await until(() => names.every((name) => batchesOf(name).length > 0), 150_000);
	const file = join(n8n.database, '..', 'exported.json');
	await n8n.command('export:workflow', `--id=${ids.get('import')}`, `--output=${file}`);
	const beforeImport = batchesOf('import').length;

	await draft(ids.get('draft')!, 'draft', { campaign: 'all' });
	await draft(ids.get('publish')!, 'publish', { options: { addFields: ['record_id', 'campaign_name'] } });
	await n8n.client.activate(ids.get('publish')!);
	await n8n.client.deactivate(ids.get('unpublish')!);
	const copiedAt = clock();
	await publish('copy');
	await draft(ids.get('rename')!, 'rename', { node: 'Records' });
	await n8n.client.activate(ids.get('rename')!);
	await draft(ids.get('restore')!, 'restore', { campaign });
	await n8n.client.activate(ids.get('restore')!);
	const narrowedAt = clock();
	const failed = await failedRun(failing);
	await draft(failing, 'retry', {});
	await n8n.client.activate(failing);
	await n8n.client.call('POST', `/executions/${failed}/retry`, { loadWorkflow: true });
	await n8n.client.activate(ids.get('unpublish')!);
	await oneMore(names.filter((name) => name !== 'restore'));
	await n8n.command('import:workflow', `--input=${file}`);
	const isImportedActive = (await n8n.client.workflow(ids.get('import')!)).active;
	await n8n.client.activate(ids.get('import')!);
	const widenedAt = clock();
	await draft(ids.get('restore')!, 'restore', {});
	await n8n.client.activate(ids.get('restore')!);
	await n8n.kill();
	await query(`UPDATE workflow_entity SET staticData = NULL WHERE id = '${ids.get('gone')}'`);
	await n8n.rise();
	await oneMore([...names, 'copy', 'retry']);
	await pause(1_000);

	const all = records();
	const rowsOf = (name: string): RawRow[] => idsOf(name).map((id) => all.get(id)!);
	// The published version polls on, whatever the draft says.
	expect(rowsOf('draft').filter((row) => !isOf(row))).toEqual([]);
	expect(missed('draft', isOf)).toEqual([]);
	// Published, published again, and renamed, it goes on from the saved place.
	for (const name of ['publish', 'unpublish', 'rename', 'retry', 'gone', 'import'])
		expect([name, missed(name)]).toEqual([name, []]);
	// Import unpublishes, and puts back the state of the day of the export: what came since comes again.
	expect(isImportedActive).toBe(false);
	expect(batchesOf('import').length).toBeGreaterThan(beforeImport);
	// A copy is a trigger of its own: it begins when it is published.
	expect(
		rowsOf('copy').filter(
			({ date }) => date < new Date((copiedAt - 2) * 1_000).toISOString().slice(0, 19).replace('T', ' '),
		),
	).toEqual([]);
	expect(missed('copy')).toEqual([]);
	// A setting that is taken back is a change like any other: each is at the last poll before it.
	const text = (at: number): string => new Date(at * 1_000).toISOString().slice(0, 19).replace('T', ' ');
	const isOwed = (row: RawRow): boolean => isOf(row) || row.date < text(narrowedAt - 90) || row.date > text(widenedAt);
	expect(missed('restore', isOwed)).toEqual([]);
	expect(rowsOf('restore').some((row) => !isOf(row) && row.date > text(widenedAt))).toBe(true);
	// What comes again has the record_id that it had.
	for (const name of [...names, 'copy', 'retry'])
		expect([name, idsOf(name).filter((id) => !all.has(id))]).toEqual([name, []]);
	expect(doubled('publish')).toBeLessThanOrEqual(lastBatchOf('publish'));
});

/** After a restart the last batch comes again. */
const lastBatchOf = (name: string): number => Math.max(...batchesOf(name).map(({ keys }) => keys.length));

/** The first run of a workflow that failed. */
async function failedRun(workflowId: string): Promise<string> {
	let found: string | undefined;
	await until(async () => {
		const runs = await n8n.client.executions(workflowId);
		found = runs.find(({ status }) => status === 'error')?.id;
		return found !== undefined;
	}, 150_000);
	return found ?? 'none';
}

test('a failed activation says what to do, and the error workflow mails a failing poll and a failing run', async () => {
	const { id: smtpId, name: smtpName } = await n8n.client.saveCredential({
		name: 'SMTP',
		type: 'smtp',
		data: { host: '127.0.0.1', port: mail.port, user: '', password: '', secure: false, disableStartTls: true },
	});
	const world = { client: n8n.client, filesFolder: '' };
	const errorWorkflow = await importExample(world, 'mail-when-something-fails', {
		credentials: { 'n8n-nodes-base.emailSend': { type: 'smtp', id: smtpId, name: smtpName } },
	});
	await n8n.client.activate(errorWorkflow);

	const watched = workflow('watched');
	const settings = { executionOrder: 'v1', errorWorkflow };
	const { id: polling } = await n8n.client.createWorkflow({ ...watched, settings });
	await n8n.client.activate(polling);
	const refused = chain(
		'refused',
		[
			{
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				version: 2,
				parameters: { path: 'refused', httpMethod: 'POST' },
			},
			{
				name: 'Wolkvox AMD',
				type: 'n8n-nodes-wolkvox.wolkvoxAmd',
				version: 1,
				parameters: { resource: 'record', operation: 'getAll', campaign: campaignOf('99999'), dateRange: 'today' },
				credentials: { wolkvoxApi: credential },
			},
		],
		settings,
	);
	const { id: running } = await n8n.client.createWorkflow(refused);
	await n8n.client.activate(running);
	await until(() => batchesOf('watched').length > 0, 150_000);
	await n8n.client.callWebhook('refused');
	await until(() => mail.mails.length > 0, 60_000);
	simulator.configure({ token: 'another' });
	await until(() => mail.mails.length > 1, 150_000);
	await pause(15_000);
	const texts = mail.mails.map(({ source }) => source.replace(/=\r\n/g, '').replace(/=E2=80=9C|=E2=80=9D/g, '"'));
	expect(texts).toHaveLength(2);
	const ofRun = texts.find((text) => text.includes('A run failed: refused')) ?? '';
	const ofPoll = texts.find((text) => text.includes('The trigger could not read: watched')) ?? '';
	expect(ofRun).toContain('Choose the campaign from the list');
	expect(ofPoll).toContain('Wolkvox does not accept this token');
	expect(ofPoll).toContain('Copy it once more from Wolkvox');

	// An activation that fails: n8n shows the message alone, so the advice is in it.
	const { id: late } = await n8n.client.createWorkflow(workflow('late'));
	const told: string[] = [await n8n.client.activate(late).then(() => '', String)];
	await until(async () => {
		told.push(JSON.stringify(await n8n.client.call('GET', `/workflows/${late}/publication-status`).catch(String)));
		return told.join().includes('does not accept');
	}, 60_000);
	expect(told.join()).toContain('Copy it once more from Wolkvox');
});
