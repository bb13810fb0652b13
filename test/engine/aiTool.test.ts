import { WorkflowExecute } from 'n8n-core';
import {
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type INodeType,
	NodeConnectionTypes,
	Workflow,
	deepCopy,
} from 'n8n-workflow';
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

test('a model sees what the tool does and what to fill in', async () => {
	await withTool(
		{ resource: 'analysis', operation: 'summarize', groupBy: ['campaign'], ...asked },
		async ({ name, description, schema }) => {
			expect([name, description]).toEqual(['AMD_of_our_call_centre', 'Summarize AMD records in Wolkvox AMD']);
			expect(Object.entries(schema.shape).map(([key, { description: told }]) => [key, told])).toEqual([
				['campaign', 'Number of the campaign, or all'],
				['from', 'First day, such as 2025-01-31'],
				['to', 'Last day'],
			]);
			expect([schema.shape.from.safeParse('2025-03-03').success, schema.shape.from.safeParse(7).success]).toEqual([
				true,
				false,
			]);
		},
	);
});

test('a description by hand begins with one that prefers summaries and names the forms of dates and campaigns', () => {
	const { usableAsTool } = new WolkvoxAmd().description;
	const description = typeof usableAsTool === 'object' ? usableAsTool.replacements?.description : '';
	for (const word of ['prefer', 'Summarize', '2025-01-31', '2025-01-31 08:30:00', 'without Z', 'or all', '50'])
		expect(description).toContain(word);
});

test.each(['2025-03-03', '2025-03-03T00:00:00-05:00', '2025-03-03 00:00:00'])(
	'a summary for dates as a model writes them (%s) is small and to the record',
	async (from) => {
		await withTool({ resource: 'analysis', operation: 'summarize', groupBy: ['campaign'], ...asked }, async (tool) => {
			const answer = await tool.invoke({ campaign: 'all', from, to: '2025-03-04' });
			const lines = JSON.parse(answer) as Array<{ records: number }>;
			expect(lines.reduce((sum, { records }) => sum + records, 0)).toBe(simulator.truth(range).count);
			expect(answer.length).toBeLessThan(2_000);
		});
	},
);

test('single records are 50 unless told otherwise', async () => {
	await withTool({ resource: 'record', operation: 'getAll', ...asked }, async (tool) => {
		const rows = JSON.parse(await tool.invoke({ campaign: '7', from: '2025-03-03', to: '2025-03-04' })) as Array<{
			campaign_id: string;
		}>;
		expect([rows.length, new Set(rows.map(({ campaign_id }) => campaign_id))]).toEqual([50, new Set(['7'])]);
	});
});

test('what a model got wrong is told back in words that say how to write it', async () => {
	await withTool({ resource: 'analysis', operation: 'summarize', groupBy: [], ...asked }, async (tool) => {
		const call = tool.invoke({ campaign: 'all', from: 'last Monday', to: '2025-03-04' });
		await expect(call).rejects.toThrow(/From is not a date: “last Monday”[^]*Enter a date such as 2025-01-31/);
	});
});
