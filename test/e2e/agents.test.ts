/* eslint-disable import-x/no-unresolved, @n8n/community-nodes/no-restricted-globals */
import { randomUUID } from 'node:crypto';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import { manualTrigger } from '../../scripts/n8n/workflows.mjs';
import { runToEnd } from './n8nUnderTest';
import { importExample } from './support/example';
import { ExampleWorld } from './support/exampleWorld';
import { type ScriptedModel, startScriptedModel } from './support/scriptedModel';

const amdTool = 'n8n-nodes-wolkvox.wolkvoxAmdTool';
const mcpTrigger = '@n8n/n8n-nodes-langchain.mcpTrigger';

let world: ExampleWorld;
let model: ScriptedModel;
let wolkvox: { type: string; id: string; name: string };
let openAi: { type: string; id: string; name: string };

beforeAll(async () => {
	world = await ExampleWorld.start();
	model = await startScriptedModel();
	wolkvox = await world.wolkvox();
	openAi = await world.save('openAiApi', { apiKey: 'any', url: model.url });
});
afterAll(async () => {
	await world?.close();
	await model?.close();
});

interface Answer {
	range: { first_second: string; last_second: string; clock: string };
	complete: boolean;
	missing: string | null;
	items_in_all: number | null;
	items: Array<Record<string, unknown>>;
	next: string | null;
	failure?: string;
	advice?: string;
}

const fromModel = (key: string, kind = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${kind}') }}`;
const range = {
	campaign: { __rl: true, mode: 'id', value: fromModel('Campaign') },
	dateRange: 'custom',
	from: fromModel('From'),
	to: fromModel('To'),
};
/** The tools of one agent, by the names that a model sees. */
const tools = {
	Summarize_AMD: { resource: 'analysis', operation: 'summarize', groupBy: ['campaign'], ...range },
	AMD_Records: { resource: 'record', operation: 'getAll', ...range, returnAll: true },
};

/** An agent of a version, with a model that does as it is told. */
async function agentOf(version: number): Promise<string> {
	const node = (name: string, type: string, typeVersion: number, parameters: object, credentials?: object) => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		credentials,
	});
	const langchain = '@n8n/n8n-nodes-langchain';
	const named = Object.keys(tools) as Array<keyof typeof tools>;
	const { id } = await world.n8n.client.createWorkflow({
		name: `Agent ${version}`,
		nodes: [
			node(manualTrigger.name, manualTrigger.type, 1, {}),
			node('Agent', `${langchain}.agent`, version, { promptType: 'define', text: 'Go', options: {} }),
			node(
				'Model',
				`${langchain}.lmChatOpenAi`,
				1.3,
				{ model: { __rl: true, mode: 'id', value: 'scripted' }, responsesApiEnabled: false, options: {} },
				{ openAiApi: { id: openAi.id, name: openAi.name } },
			),
			...named.map((name) =>
				node(name, amdTool, 1, tools[name], { wolkvoxApi: { id: wolkvox.id, name: wolkvox.name } }),
			),
		],
		connections: {
			[manualTrigger.name]: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			...Object.fromEntries(named.map((name) => [name, { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] }])),
		},
		settings: { executionOrder: 'v1' },
	});
	return id;
}

const day = { From: '2024-05-13', To: '2024-05-13', Campaign: 'all' };
const truth = { from: '2024-05-13 00:00:00', to: '2024-05-14 00:00:00' };

describe.each([3.1, 2.2])('AI Agent %d', (version) => {
	let agent: string;
	beforeAll(async () => {
		agent = await agentOf(version);
	});

	/** What the model gets back for one call. */
	async function called(tool: keyof typeof tools, args: object): Promise<Answer> {
		model.script(tool, args);
		model.answers.length = 0;
		await runToEnd(world.n8n, agent);
		expect(model.answers).toHaveLength(1);
		const answer = JSON.parse(model.answers[0]) as Answer[] | Answer;
		return Array.isArray(answer) ? answer[0] : answer;
	}

	test('sends what we wrote, and the arguments', async () => {
		await called('Summarize_AMD', day);
		const sent = new Map(model.tools.map((tool) => [tool.name, tool]));
		expect([...sent.keys()].sort()).toEqual(Object.keys(tools).sort());
		const { description, parameters } = sent.get('Summarize_AMD')!;
		expect(description).toMatch(/^Counts the calls of a Wolkvox call centre .* a failure comes with advice\.$/);
		expect(Object.keys(parameters.properties).sort()).toEqual(['Campaign', 'From', 'To']);
	});

	test('gets one object: counts that are the truth, and a hundred records at most', async () => {
		const summary = await called('Summarize_AMD', day);
		expect(summary).toMatchObject({
			range: { first_second: '2024-05-13 00:00:00', last_second: '2024-05-13 23:59:59' },
			complete: true,
			missing: null,
		});
		expect(summary.items.reduce((sum, { records }) => sum + Number(records), 0)).toBe(
			world.simulator.truth(truth).count,
		);
		const records = await called('AMD_Records', day);
		expect([records.items.length, records.items_in_all]).toEqual([100, null]);
		expect(records.next).toContain('call a tool that summarizes');
	});

	test('gets nothing found, what is missing, and failures with their advice', async () => {
		expect(
			await called('AMD_Records', { ...day, From: '2024-05-13 02:00:00', To: '2024-05-13 02:00:05' }),
		).toMatchObject({ items: [], items_in_all: 0, next: expect.stringMatching(/^Nothing was found/) });
		expect(await called('Summarize_AMD', { ...day, From: 'soon' })).toEqual({
			failure: 'From is not a date: “soon”',
			advice: expect.stringContaining('2025-01-31'),
		});
		expect(await called('Summarize_AMD', { ...day, Campaign: 'Nobody' })).toEqual({
			failure: 'No campaign is called “Nobody”',
			advice: expect.stringMatching(/^Give the number of one of: .*7 Encuesta/),
		});
		const { token } = world.simulator.options;
		world.simulator.configure({ token: 'another' });
		const refused = await called('Summarize_AMD', day).finally(() => world.simulator.configure({ token }));
		expect(refused).toEqual({
			failure: expect.stringMatching(/does not accept this token/),
			advice: expect.any(String),
		});

		world.simulator.configure({ spikes: [{ at: '2024-05-13 10:00:00', rows: 700, campaign: '7' }], capRecords: 500 });
		const partly = await called('Summarize_AMD', { ...day, Campaign: 'encuesta' }).finally(() =>
			world.simulator.configure({ spikes: [], capRecords: 60_000 }),
		);
		expect(partly).toMatchObject({ complete: false, missing: expect.stringContaining('2024-05-13 10:00:00') });
	});
});

describe('MCP Server Trigger, as the example has it', () => {
	const client = new Client({ name: 'test', version: '1.0.0' });
	beforeAll(async () => {
		const bearer = await world.save('httpBearerAuth', { token: 'a long random value' });
		const id = await importExample(world.n8n, 'ask-by-mcp', {
			credentials: { [amdTool]: wolkvox, [mcpTrigger]: bearer },
		});
		await world.n8n.client.activate(id);
		const url = new URL(`${world.n8n.client.url}/mcp/wolkvox-amd`);
		const headers = { Authorization: 'Bearer a long random value' };
		const giveUpAt = Date.now() + 15_000;
		for (;;) {
			const refusal = await client
				.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }))
				.then(() => null)
				.catch((reason: Error) => reason);
			if (!refusal) break;
			if (Date.now() > giveUpAt) throw refusal;
			await new Promise((resolve) => setTimeout(resolve, 300));
		}
	});
	afterAll(async () => await client.close());

	async function called(name: string, args: Record<string, unknown>): Promise<Answer> {
		const { content, isError } = await client.callTool({ name, arguments: args });
		expect(isError ?? false).toBe(false);
		const [{ text }] = content as Array<{ text: string }>;
		const answer = JSON.parse(text) as Answer[] | Answer;
		return Array.isArray(answer) ? answer[0] : answer;
	}

	test('offers three tools, each told by us, each argument by the example', async () => {
		const { tools: offered } = await client.listTools();
		expect(
			offered.map(({ name, description, inputSchema }) => ({ name, description, arguments: inputSchema.properties })),
		).toMatchSnapshot();
	});

	test('answers counts, contacts and campaigns, for arguments as a model writes them', async () => {
		const summary = await called('Summarize_AMD', { ...day, Group_By: 'Campaigns, Day' });
		expect(summary.items.reduce((sum, { records }) => sum + Number(records), 0)).toBe(
			world.simulator.truth(truth).count,
		);
		expect(summary.items[0]).toMatchObject({ campaign_id: expect.any(String), day: '2024-05-13' });
		const contacts = await called('Hard-to-Reach_Contacts', { ...day, From: '2024-05-01', Campaign: 'ALL', Limit: 5 });
		expect([contacts.items.length, contacts.complete]).toEqual([5, true]);
		expect(contacts.items_in_all).toBeGreaterThan(5);
		const campaigns = await called('Campaigns', {});
		expect(campaigns.items).toHaveLength(world.simulator.options.campaigns.length);
	});

	test('answers a failure as a result, with advice', async () => {
		expect(await called('Summarize_AMD', { ...day, Group_By: 'agent' })).toEqual({
			failure: 'Group By is not one that can be chosen: “agent”',
			advice: expect.stringContaining('“campaign”'),
		});
	});

	test('answers a slow operation before the client leaves, and says what is missing', async () => {
		world.simulator.configure({ rowsPerSecond: 60, capRecords: 1_000 });
		const startedMs = Date.now();
		const answer = await called('Summarize_AMD', { ...day, From: '2024-04-01', Group_By: '' }).finally(() =>
			world.simulator.configure({ rowsPerSecond: Infinity, capRecords: 60_000 }),
		);
		expect(Date.now() - startedMs).toBeLessThan(56_000);
		expect(answer).toMatchObject({ complete: false, next: expect.stringContaining('shorter range') });
		expect(answer.missing).not.toBeNull();
	});
});
