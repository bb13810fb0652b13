import { openBrowser } from '../../scripts/browser/open.mjs';
import { photograph } from '../../scripts/browser/photograph.mjs';
import { currentVersion } from '../../scripts/n8n/install.mjs';
import { amdRecords, chain, manualTrigger } from '../../scripts/n8n/workflows.mjs';
import { readyWorkflow } from '../../scripts/start/readyWorkflow.mjs';
import { type N8nUnderTest, n8nUnderTest } from '../e2e/n8nUnderTest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator';
import { NewUser } from './newUser';
import { picture, publishedFolder } from './pictures';

const wrongToken = 'f'.repeat(52);

let simulator: Simulator;
let usual: Partial<SimulatorOptions>;
let world: N8nUnderTest;
let user: NewUser;
let printed: string[];
let closeBrowser: () => Promise<void>;

beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 3_000 });
	usual = { ...simulator.options };
	world = await n8nUnderTest(currentVersion);
	const { page, close } = await openBrowser(world.client);
	closeBrowser = close;
	page.setDefaultTimeout(20_000);
	printed = [];
	page.on('console', (message) => printed.push(message.text()));
	user = new NewUser(page, world.client.url);
});
afterEach(() => simulator.configure(usual));
afterAll(async () => {
	await closeBrowser?.();
	await world?.remove();
	await simulator?.close();
});

const shot = async (name: string) => await user.page.screenshot({ path: picture(name) });

describe('somebody who has never seen the node', () => {
	test('finds it by its maker and by what it is about, in Spanish too', async () => {
		await user.openNodes();
		const words = ['contestadora', 'buzon', 'buzón de voz', 'marcador predictivo', 'amd detalle', 'dialler', 'wolkbox'];
		for (const word of [...words, 'answering machine', 'amd', 'wolkvox']) await user.findNode(word);
		await shot('nodes-panel');
	});

	test('sees what it can do, and puts it on the canvas', async () => {
		const actions = [
			'Create a report of AMD records',
			'Get contacts that are hard to reach',
			'Summarize AMD records',
			'Export AMD records to a file',
			'Get many AMD records',
			'Get many campaigns',
			'Get usage of the token',
		];
		expect(await user.openActions()).toEqual(expect.arrayContaining(actions));
		await shot('actions');
		await user.addAction('Get many AMD records');
		expect(await user.field('dateRange').inputValue()).toBe('Yesterday');
		expect(await user.field('limit').inputValue()).toBe('50');
		expect(await user.marked('canvas-node').last().innerText()).toContain('Get many AMD records');
	});

	test.each([
		['a server that is none', () => ['wolkvox', wrongToken] as const, /0022/],
		['a server where nobody answers', () => ['http://127.0.0.1:9', wrongToken] as const, /firewall/],
		['a token that is wrong', () => [simulator.url, wrongToken] as const, /does not accept this token/],
	])('is told why a credential does not work: %s', async (_, given, why) => {
		await user.openCredentialForm();
		await user.saveCredential(...given());
		const verdict = await user.credentialVerdict(why);
		expect(verdict).not.toContain(wrongToken);
		await shot('credential-refused');
	});

	test('reads in its form the two things that stop everybody, without a click', async () => {
		const form = await user.marked('credential-edit-dialog').innerText();
		expect(form).toContain('Ask Wolkvox to put the public IP address of this n8n on the list of the operation');
		expect(form).toContain('In wolkvox Manager: Configuration (the gear) → Integrations → Tokens');
		expect(form).toContain('Before you start: what to ask for, with a mail to copy');
	});

	test('sees the right credential turn green', async () => {
		await user.saveCredential(simulator.url, simulator.token);
		await user.marked('credential-edit-dialog').waitFor({ state: 'hidden' });
		await user.marked('credential-edit-button').click();
		await user.marked('credentials-config-container-test-success').waitFor();
		await shot('credential-green');
		await user.closeCredential();
	});

	test('opens the list of campaigns and searches in it', async () => {
		await user.marked('rlc-input').click();
		const items = user.marked('rlc-item');
		await items.getByText('COBRANZA BOGOTÁ (22109)').waitFor();
		expect((await items.allInnerTexts())[0]).toBe('All Campaigns');
		await shot('campaign-list');
		await user.marked('rlc-search').fill('medel');
		await items.getByText('COBRANZA BOGOTÁ (22109)').waitFor({ state: 'detached' });
		await items.getByText('Ventas Medellín (22110)').click();
		expect(await user.field('campaign').last().inputValue()).toContain('Ventas Medellín');
	});

	test('chooses a range by name', async () => {
		await user.choose('dateRange', 'Last 7 Days');
		expect(await user.field('dateRange').inputValue()).toBe('Last 7 Days');
	});

	test('sees in the next node which fields will come, before anything ran', async () => {
		await user.addNext('Edit Fields');
		const input = user.marked('ndv-input-panel');
		await input.getByText('Usually outputs the following fields').waitFor();
		const text = await input.innerText();
		for (const field of ['customer_id', 'campaign_id', 'file_name', 'telephone', 'result', 'date'])
			expect(text).toContain(field);
		await shot('field-preview');
		await user.marked('ndv-close-button').click();
	});

	test('runs it: items of that campaign, and a word on how it went', async () => {
		await user.openNode('Get many AMD records');
		const output = await user.executeStep(/The first 50 /);
		expect(output).toMatch(
			/The first 50 from [-\d]+ to [-\d]+, from [-\d]+ [:\d]+\. There may be more: “Return All” gives every one\. Read in \d windows?, \d requests?\./,
		);
		expect(output).toContain('50 items');
		await user.marked('output-panel').getByText('22110').first().waitFor();
		await shot('run-hint');
	});
});

/** A workflow of the node alone, opened on its own window. */
async function openRecords(parameters: object, token = simulator.token): Promise<void> {
	const credential = await world.client.saveCredential({
		name: 'Wolkvox',
		type: 'wolkvoxApi',
		data: { server: simulator.url, token },
	});
	const records = amdRecords(credential, { dateRange: 'yesterday' });
	const { id } = await world.client.createWorkflow(
		chain('AMD records', [manualTrigger, { ...records, parameters: { ...records.parameters, ...parameters } }]),
	);
	await user.openWorkflow(id);
	await user.openNode('Wolkvox AMD');
}

const yesterdayAt = (time: string) => `${new Date(Date.now() - 29 * 3_600_000).toISOString().slice(0, 10)} ${time}`;

describe('what went wrong is read in words that help', () => {
	test.each<[string, object, Partial<SimulatorOptions>, RegExp, RegExp]>([
		['a date that is missing', { dateRange: 'custom' }, {}, /From is empty/, /Enter a date such as 2025-01-31/],
		[
			'a campaign that does not exist',
			{ campaign: { __rl: true, mode: 'id', value: '999' } },
			{},
			/The campaign does not exist in this operation/,
			/Choose the campaign from the list/,
		],
		[
			'a quota that is spent',
			{},
			{ licences: 0 },
			/Today's requests of this operation are used up/,
			/1,000 requests a day/,
		],
		[
			'a second that holds too much',
			{ campaign: { __rl: true, mode: 'id', value: '7' } },
			{ spikes: [{ at: yesterdayAt('10:00:00'), rows: 500, campaign: '7' }], capRecords: 500 },
			/Not every record could be had\. Unproven: /,
			/Return What Is Complete, With a Warning/,
		],
	])('%s', async (name, parameters, circumstances, what, how) => {
		simulator.configure(circumstances);
		await openRecords(parameters);
		const output = await user.executeStep(what);
		expect(output).toMatch(how);
		expect(output).not.toContain(simulator.token);
		await shot(`error-${name.replace(/\W+/g, '-')}`);
	});

	test('a token that is wrong', async () => {
		await openRecords({}, wrongToken);
		const output = await user.executeStep(/does not accept this token/);
		expect(output).toMatch(/Copy it once more from Wolkvox/);
		expect(output).not.toContain(wrongToken);
	});
});

test('a long run says how far it is, and Stop stops it', async () => {
	simulator.configure({ rowsPerSecond: 2_000 });
	await openRecords({ dateRange: 'last30Days', returnAll: true });
	await user.marked('ndv-close-button').click();
	printed.length = 0;
	simulator.requests.length = 0;
	await user.marked('execute-workflow-button').click();
	const progress = /Wolkvox AMD: \d+ % of the range read, [\d,]+ records in \d+ requests?/;
	const giveUpAt = Date.now() + 60_000;
	while (!printed.some((line) => progress.test(line)) && Date.now() < giveUpAt) await user.page.waitForTimeout(200);
	expect(printed.find((line) => progress.test(line))).toBeDefined();
	await shot('long-run');
	await user.marked('stop-execution-button').click();
	await user.marked('stop-execution-button').waitFor({ state: 'hidden' });
	const asked = simulator.requests.length;
	await user.page.waitForTimeout(2_000);
	expect(simulator.requests).toHaveLength(asked);
	expect(simulator.requests.filter(({ endedAt }) => endedAt === null)).toEqual([]);
});

describe('the trigger', () => {
	/** A workflow of the trigger and a node behind it, opened. */
	async function openTrigger(parameters: object): Promise<void> {
		const { id, name } = await world.client.saveCredential({
			name: 'Wolkvox',
			type: 'wolkvoxApi',
			data: { server: simulator.url, token: simulator.token },
		});
		const trigger = {
			name: 'Wolkvox AMD Trigger',
			type: 'n8n-nodes-wolkvox.wolkvoxAmdTrigger',
			version: 1,
			parameters,
			credentials: { wolkvoxApi: { id, name } },
		};
		const nothing = { name: 'Nothing', type: 'n8n-nodes-base.noOp', version: 1 };
		const workflow = await world.client.createWorkflow(chain('New records', [trigger, nothing]));
		await user.openWorkflow(workflow.id);
	}
	const line = async () => (await user.marked('canvas-node').first().innerText()).split('\n')[1];

	test('says below its name what it does', async () => {
		await openTrigger({
			campaign: { __rl: true, mode: 'list', value: '22109', cachedResultName: 'COBRANZA' },
			options: { result: 'machine' },
		});
		expect(await line()).toBe('new machine answers, 22109');
		await openTrigger({});
		expect(await line()).toBe('new records');
		await shot('trigger-on-canvas');
	});

	test('says in its form how often Wolkvox is asked, and that a test is a sample', async () => {
		await user.openNode('Wolkvox AMD Trigger');
		await user.marked('ndv').getByText('Wolkvox is asked every 5 minutes at most').waitFor();
		await user.marked('ndv').getByText('A test run shows a sample of real records').waitFor();
		await shot('trigger-form');
		await user.closeNode();
	});

	test('says after publishing when the first records come, how to write them, and to set an error workflow', async () => {
		await user.publish();
		const dialog = user.page.getByRole('dialog');
		await dialog.getByText(/The first records come with the first call .* write by record_id/).waitFor();
		expect(await dialog.innerText()).toMatch(/Set a published error workflow/);
		await shot('trigger-published');
	});
});

test('the demo credential may be deleted: the next start gives the ready workflow a new one, and it runs', async () => {
	const source = { server: simulator.url, token: simulator.token };
	const settings = { client: world.client, source, filesFolder: world.filesFolder };
	const { id } = await readyWorkflow(settings);
	const demo = (await world.client.credentials()).find(({ name }) => name === 'Wolkvox');
	await world.client.call('DELETE', `/credentials/${demo?.id}`);
	expect(await readyWorkflow(settings)).toMatchObject({ id });
	const execution = await world.client.runWorkflow(id, 'Manual Trigger');
	expect(await world.client.waitForExecution(execution, { withinMs: 60_000 })).toMatchObject({ status: 'success' });
	expect(await world.client.workflowsNamed('AMD report and records of the last 7 days')).toHaveLength(1);
});

test('the pictures of README and docs', async () => {
	const source = { server: simulator.url, token: simulator.token };
	const ready = await readyWorkflow({ client: world.client, source, filesFolder: world.filesFolder });
	await photograph(user.page, { url: world.client.url, workflowId: ready.id, folder: publishedFolder });
});
