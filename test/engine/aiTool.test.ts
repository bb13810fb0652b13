import { WorkflowExecute } from 'n8n-core';
import {
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
	NodeConnectionTypes,
	Workflow,
	deepCopy,
} from 'n8n-workflow';
import { toolLimits } from '../../core/limits';
import { operations } from '../../nodes/WolkvoxAmd/actions/registry';
import { WolkvoxAmd } from '../../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { type Simulator, startSimulator } from '../simulator';
import { additionalDataOf, nodeTypesOf, startingAt } from './harness';

const range = { from: '2025-03-03 00:00:00', to: '2025-03-05 00:00:00' };

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 2_000, now: () => '2025-03-12 15:00:00' });
});
afterAll(async () => await simulator.close());

/** What a language model sees of a tool, and how it calls it. */
interface Tool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string; safeParse(value: unknown): { success: boolean } }> };
	invoke(call: IDataObject): Promise<string>;
}

/** The node as n8n offers it to agents: its output is a tool. */
function asTool(): INodeType {
	const node = new WolkvoxAmd();
	node.description = {
		...deepCopy(node.description),
		name: 'wolkvoxAmdTool',
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	return node;
}

/** An agent without a model: shows its tool to the test, which calls it. */
const agentOf = (use: (tool: Tool) => Promise<void>): INodeType => ({
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: 'Uses a tool',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		await use(tool);
		return [this.getInputData()];
	},
});

/** Connects the node to an agent, as a tool with these parameters, and lets the agent use it. */
async function withTool(parameters: INodeParameters, use: (tool: Tool) => Promise<void>): Promise<void> {
	const nodes: INode[] = [
		{ id: '1', name: 'Agent', type: 'agent', typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: 'AMD of our call centre',
			type: 'wolkvoxAmdTool',
			typeVersion: 1,
			position: [0, 200],
			parameters,
			credentials: { wolkvoxApi: { id: '1', name: 'Test' } },
		},
	];
	const workflow = new Workflow({
		id: 'test',
		nodes,
		connections: {
			'AMD of our call centre': {
				[NodeConnectionTypes.AiTool]: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]],
			},
		},
		active: false,
		nodeTypes: nodeTypesOf({ agent: agentOf(use), wolkvoxAmdTool: asTool() }),
	});
	const additionalData = additionalDataOf({ server: simulator.url, token: simulator.token }, 'trigger');
	const run = await new WorkflowExecute(additionalData, 'trigger', startingAt(nodes[0])).processRunExecutionData(
		workflow,
	);
	if (run.data.resultData.error) throw run.data.resultData.error;
}

const asked = {
	campaign: { __rl: true, mode: 'id', value: "={{ $fromAI('campaign', 'Number of the campaign, or all', 'string') }}" },
	dateRange: 'custom',
	from: "={{ $fromAI('from', 'First day, such as 2025-01-31', 'string') }}",
	to: "={{ $fromAI('to', 'Last day', 'string') }}",
};
const summarize = { resource: 'analysis', operation: 'summarize', groupBy: ['campaign'], ...asked };
const getRecords = { resource: 'record', operation: 'getAll', ...asked };
const days = { campaign: 'all', from: '2025-03-03', to: '2025-03-04' };

interface Answer {
	range?: { first_second: string; last_second: string; clock: string };
	complete?: boolean;
	missing?: string | null;
	items_in_all?: number | null;
	items?: IDataObject[];
	next?: string | null;
	failure?: string;
	advice?: string;
}

/** What one call is answered with: n8n makes a list of the one object. */
async function answerTo(parameters: INodeParameters, args: IDataObject): Promise<Answer> {
	let answer: Answer[] = [];
	await withTool(parameters, async (tool) => {
		answer = JSON.parse(await tool.invoke(args)) as Answer[];
	});
	expect(answer).toHaveLength(1);
	expect(answer[0]).not.toHaveProperty('error');
	return answer[0];
}

describe('what a model is sent', () => {
	const allOf = new WolkvoxAmd().description.properties.filter(({ name }) => name === 'toolDescription');

	test.each(operations.map(({ resource, operation, tool }) => [`${resource} ${operation}`, resource, operation, tool]))(
		'%s has its own words',
		async (_, resource, operation, { description: told }) => {
			await withTool({ resource, operation, ...asked }, async ({ name, description }) => {
				expect([name, description]).toEqual(['AMD_of_our_call_centre', told]);
				await Promise.resolve();
			});
			expect(told.length).toBeLessThan(1_200);
		},
	);

	test('is pinned, shown in the form of a tool alone, and another one for each operation', () => {
		expect(allOf.every(({ displayOptions }) => displayOptions?.show?.['@tool']?.[0] === true)).toBe(true);
		expect(new Set(allOf.map(({ default: text }) => text)).size).toBe(operations.length);
		expect(
			Object.fromEntries(operations.map((one) => [`${one.resource} ${one.operation}`, one.tool.description])),
		).toMatchSnapshot();
	});

	test('has the arguments that the form gives it', async () => {
		await withTool(summarize, async ({ schema }) => {
			expect(Object.entries(schema.shape).map(([key, { description }]) => [key, description])).toEqual([
				['campaign', 'Number of the campaign, or all'],
				['from', 'First day, such as 2025-01-31'],
				['to', 'Last day'],
			]);
			await Promise.resolve();
		});
	});

	test('hides what is no use to it: files, and what to do where something is missing', () => {
		const { properties } = new WolkvoxAmd().description;
		const recordOperations = properties.find(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.[0] === 'record',
		)?.options as INodePropertyOptions[];
		expect(recordOperations.map(({ value, displayOptions }) => [value, displayOptions])).toEqual([
			['export', { show: { '@tool': [false] } }],
			['getAll', undefined],
		]);
		const hidden = properties
			.filter(({ name }) => name === 'options')
			.flatMap(({ options = [] }) => options as INodeProperties[])
			.filter(({ name }) => name === 'onIncomplete');
		expect(hidden.length).toBeGreaterThan(3);
		for (const { displayOptions } of hidden) expect(displayOptions?.hide).toEqual({ '@tool': [true] });
	});
});

describe('the answer', () => {
	test('is one object: what was read, whether all of it, and the lines', async () => {
		const answer = await answerTo(summarize, days);
		expect(answer).toMatchObject({
			range: { first_second: '2025-03-03 00:00:00', last_second: '2025-03-04 23:59:59', clock: 'America/Bogota' },
			complete: true,
			missing: null,
			next: null,
		});
		expect(answer.items_in_all).toBe(answer.items?.length);
		expect(answer.items?.reduce((sum, { records }) => sum + Number(records), 0)).toBe(simulator.truth(range).count);
	});

	test('has at most a hundred records, says that there are more, and what to call for counts', async () => {
		const fifty = await answerTo(getRecords, { ...days, campaign: '7' });
		expect([fifty.items?.length, fifty.items_in_all]).toEqual([50, null]);
		expect(new Set(fifty.items?.map(({ campaign_id }) => campaign_id))).toEqual(new Set(['7']));
		expect(fifty.next).toContain('For counts and rates call a tool that summarizes');
		const all = await answerTo({ ...getRecords, returnAll: true }, days);
		expect([all.items?.length, all.items_in_all]).toEqual([100, null]);
		expect(JSON.stringify(all).length).toBeLessThan(62_000);
		const many = await answerTo(
			{ ...getRecords, limit: "={{ $fromAI('limit', '', 'string') }}" },
			{ ...days, limit: '5000' },
		);
		expect(many.items).toHaveLength(100);
	});

	test('is cut where its lines are too long to be read, and says of how many', async () => {
		const [first] = simulator.options.campaigns;
		const before = simulator.options.campaigns;
		simulator.configure({ campaigns: [{ ...first, share: 1, file: 'x'.repeat(2_000) }] });
		const answer = await answerTo({ ...getRecords, limit: 100 }, days);
		simulator.configure({ campaigns: before });
		expect(answer.items?.length).toBeGreaterThan(10);
		expect(JSON.stringify(answer).length).toBeLessThan(62_000);
		expect(answer.next).toContain(`These are ${answer.items?.length} of more`);
	});

	test('says so where nothing was found', async () => {
		const answer = await answerTo(getRecords, { ...days, from: '2025-03-03 02:00:00', to: '2025-03-03 02:00:05' });
		expect(answer).toMatchObject({ complete: true, items_in_all: 0, items: [] });
		expect(answer.next).toMatch(/^Nothing was found/);
	});

	test('shows on which clock a moment with an offset was read', async () => {
		const { range: read } = await answerTo(summarize, {
			...days,
			from: '2025-03-03T10:00:00Z',
			to: '2025-03-03T15:00:00Z',
		});
		expect(read).toMatchObject({
			first_second: '2025-03-03 05:00:00',
			last_second: expect.stringMatching(/^2025-03-03 (09:59:59|10:00:00)$/),
		});
	});

	test('has what is proven and names what is missing', async () => {
		simulator.configure({ spikes: [{ at: '2025-03-03 10:00:00', rows: 700, campaign: '7' }], capRecords: 500 });
		const answer = await answerTo(summarize, { ...days, campaign: '7' });
		simulator.configure({ spikes: [], capRecords: 60_000 });
		expect(answer.complete).toBe(false);
		expect(answer.missing).toContain(
			'2025-03-03 10:00:00 – 10:00:00: one second holds more records than Wolkvox returns at once',
		);
		expect(answer.items?.length).toBe(1);
		expect(answer.next).toMatch(/shorter range/);
	});

	test('of a single thing is that thing', async () => {
		expect(await answerTo({ resource: 'token', operation: 'getUsage' }, {})).toMatchObject({
			daily_limit: expect.any(Number),
		});
		const campaigns = await answerTo({ resource: 'campaign', operation: 'getAll' }, {});
		expect(campaigns).toMatchObject({ items_in_all: simulator.options.campaigns.length, next: null });
	});
});

describe('a failure', () => {
	test.each([
		['a date that is none', { from: 'last Monday' }, /^From is not a date: “last Monday”$/, /2025-01-31/],
		['dates the wrong way round', { from: '2025-03-09' }, /^From \(.*\) is after To/, /Exchange/],
		['a campaign that nobody has', { campaign: 'NOPE' }, /^No campaign is called “NOPE”$/, /7 Encuesta/],
		['a number of no campaign', { campaign: '404' }, /^The campaign does not exist/, /campaign/i],
	])('is an answer with advice: %s', async (_, args, failure, advice) => {
		const answer = await answerTo(summarize, { ...days, ...args });
		expect(Object.keys(answer)).toEqual(['failure', 'advice']);
		expect(answer.failure).toMatch(failure);
		expect(answer.advice).toMatch(advice);
	});

	test.each([
		['another token', { token: 'other' }, /does not accept this token/],
		['a spent quota', { usedByOtherTokens: 1_000_000 }, /used up/],
	])('of the API is an answer too: %s', async (_, changed, failure) => {
		const { token } = simulator;
		const { usedByOtherTokens } = simulator.options;
		const credential = { server: simulator.url, token };
		simulator.configure(changed);
		const answer = await answerTo(summarize, days).finally(() => simulator.configure({ token, usedByOtherTokens }));
		expect(answer.failure).toMatch(failure);
		expect(answer.advice).not.toBe('');
		expect(JSON.stringify(answer)).not.toContain(credential.token);
	});
});

describe('arguments as models write them', () => {
	const free = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;
	const grouped = { ...summarize, groupBy: free('group') as unknown as string[] };

	test.each([
		['campaign', ['campaign_id', 'campaign_name']],
		['["Campaigns"]', ['campaign_id', 'campaign_name']],
		['HOURS', ['hour']],
		['día, Hora', ['day', 'hour']],
		['file name', ['file_name']],
		['', []],
		['none', []],
		['[]', []],
		['null', []],
	])('group by %j', async (group, fields) => {
		const { items } = await answerTo(grouped, { ...days, group });
		const [line] = items!;
		for (const field of fields) expect(line).toHaveProperty(field);
		expect(Object.keys(line).filter((key) => /^(campaign_id|day|hour|weekday|file_name)$/.test(key))).toEqual(
			fields.filter((field) => field !== 'campaign_name'),
		);
	});

	test('what cannot be read is answered with the choices', async () => {
		const answer = await answerTo(grouped, { ...days, group: 'agent' });
		expect(answer).toEqual({
			failure: 'Group By is not one that can be chosen: “agent”',
			advice: expect.stringContaining('“campaign”'),
		});
	});

	test.each(['HUMAN', 'Humans', 'humano'])('a result: %s', async (result) => {
		const { items } = await answerTo({ ...getRecords, result: free('result') }, { ...days, result });
		expect(new Set(items?.map((item) => item.result))).toEqual(new Set(['HUMAN']));
	});

	test.each(['Last 7 Days', 'last_7_days', 'last7Days'])('a ready range: %s', async (dateRange) => {
		const { range: read } = await answerTo({ ...summarize, dateRange: free('range') }, { ...days, range: dateRange });
		const seconds = (text?: string) => Date.parse(`${text}Z`) / 1_000;
		expect(seconds(read?.last_second) + 1 - seconds(read?.first_second)).toBe(7 * 86_400);
		expect(read?.first_second).toMatch(/ 00:00:00$/);
	});

	test.each([
		['Encuesta', '7'],
		['encuesta', '7'],
		['7 - ENCUESTA', '7'],
		['7', '7'],
	])('a campaign as %j', async (campaign, id) => {
		const { items } = await answerTo(summarize, { ...days, campaign });
		expect(items?.map(({ campaign_id }) => campaign_id)).toEqual([id]);
	});

	test.each(['7, 22110', '22110;7', '["22110", "7"]'])('several campaigns as %j', async (campaign) => {
		const { items } = await answerTo(summarize, { ...days, campaign });
		expect(items?.map(({ campaign_id }) => campaign_id)).toEqual(['7', '22110']);
	});

	test.each(['ALL', 'All Campaigns', '', 'none', 'null', 'todas'])('every campaign as %j', async (campaign) => {
		const { items } = await answerTo(summarize, { ...days, campaign });
		expect(items!.length).toBeGreaterThan(1);
	});

	test('a name that several have is answered with their numbers', async () => {
		const before = simulator.options.campaigns;
		const [first] = before;
		simulator.configure({
			campaigns: [
				{ ...first, id: '11', name: 'Cobranza Mayo' },
				{ ...first, id: '12', name: 'Cobranza Junio' },
			],
		});
		const answer = await answerTo(summarize, { ...days, campaign: 'cobranza' });
		simulator.configure({ campaigns: before });
		expect(answer.failure).toBe('Several campaigns are called like “cobranza”');
		expect(answer.advice).toContain('11 Cobranza Mayo; 12 Cobranza Junio');
	});

	test.each(['20', 20, ' 20 '])('a number as %j', async (limit) => {
		const { items } = await answerTo(
			{ ...getRecords, limit: "={{ $fromAI('limit', '', 'string') }}" },
			{ ...days, limit: String(limit) },
		);
		expect(items).toHaveLength(20);
	});
});

test('an answer comes within its time, with what was read by then, and the turn of the token is free at once', async () => {
	const usual = { ...toolLimits };
	const { latencyMs: usualLatency } = simulator.options;
	Object.assign(toolLimits, { budgetMs: 1_500 });
	simulator.configure({ capRecords: 400, latencyMs: 400 });
	const startedMs = Date.now();
	const answer = await answerTo(summarize, { ...days, from: '2025-02-01' }).finally(() => {
		Object.assign(toolLimits, usual);
		simulator.configure({ capRecords: 60_000, latencyMs: usualLatency });
	});
	expect(Date.now() - startedMs).toBeLessThan(4_000);
	expect(answer).toMatchObject({
		complete: false,
		missing: expect.stringMatching(/^2025-0[^:]*.* time for this read is used up|time for one answer/),
	});
	expect(answer.next).toMatch(/shorter range/);
	const againMs = Date.now();
	await answerTo(summarize, days);
	expect(Date.now() - againMs).toBeLessThan(2_000);
});
