import { currentVersion } from '../../scripts/n8n/install.mjs';
import { amdRecords, chain, manualTrigger, webhook } from '../../scripts/n8n/workflows.mjs';
import { type RawRow, startSimulator, type Simulator } from '../simulator';
import { n8nUnderTest, runToEnd, type N8nUnderTest } from './n8nUnderTest';

/** The lines of docs/next-nodes.md that our examples and answers rest on, each in the real n8n. */
const range = { dateRange: 'custom', from: '2024-05-13', to: '2024-05-13' };
const nothing = { dateRange: 'custom', from: '2024-05-13 02:00:00', to: '2024-05-13 02:00:05' };
const truth = { from: '2024-05-13 00:00:00', to: '2024-05-14 00:00:00' };

let simulator: Simulator;
let world: N8nUnderTest;
let wolkvox: { id: string; name: string };
let rows: RawRow[];
beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 200, otherResults: ['FAX', ''] });
	world = await n8nUnderTest(currentVersion);
	wolkvox = await world.client.saveCredential({
		name: 'Wolkvox',
		type: 'wolkvoxApi',
		data: { server: simulator.url, token: simulator.token },
	});
	rows = [...simulator.rows(truth)];
});
afterAll(async () => {
	await world?.remove();
	await simulator?.close();
});

type Sketch = Parameters<typeof chain>[1][number] & object;

const records = (settings: object = {}, more: object = {}): Sketch => {
	const node = amdRecords(wolkvox, { ...range, options: { addFields: ['is_machine', 'record_id', 'timestamp'] } });
	return { ...node, parameters: { ...node.parameters, ...settings }, ...more };
};
const base = (name: string, type: string, version: number, parameters: object, more: object = {}): Sketch => ({
	name,
	type: `n8n-nodes-base.${type}`,
	version,
	parameters,
	...more,
});

async function workflowOf(name: string, nodes: Sketch[]): Promise<string> {
	return (await world.client.createWorkflow(chain(name, nodes))).id;
}

/** A condition that If and Filter both take. */
const condition = (leftValue: string, operator: object, rightValue: unknown = '') => ({
	conditions: {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
		conditions: [{ id: '1', leftValue, rightValue, operator }],
		combinator: 'and',
	},
});

describe('Data Table', () => {
	let projectId: string;
	beforeAll(async () => {
		({ id: projectId } = (await world.client.call('GET', '/projects/personal')) as { id: string });
	});

	const columns = ['record_id', 'customer_id', 'telephone', 'result', 'date', 'timestamp'];
	async function tableOf(name: string, types: Record<string, string> = {}): Promise<string> {
		const table = (await world.client.call('POST', `/projects/${projectId}/data-tables`, {
			name,
			columns: columns.map((column) => ({ name: column, type: types[column] ?? 'string' })),
		})) as { id: string };
		return table.id;
	}
	const upsert = (table: string): Sketch =>
		base('Table', 'dataTable', 1, {
			resource: 'row',
			operation: 'upsert',
			dataTableId: { __rl: true, mode: 'id', value: table },
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'record_id', keyValue: '={{ $json.record_id }}' }] },
			columns: {
				mappingMode: 'defineBelow',
				value: Object.fromEntries(columns.map((column) => [column, `={{ $json.${column} }}`])),
				matchingColumns: [],
				schema: columns.map((id) => ({ id, displayName: id, type: 'string', display: true, required: false })),
			},
			options: {},
		});
	const stored = async (table: string) =>
		((await world.client.call('GET', `/projects/${projectId}/data-tables/${table}/rows?take=250`)) as {
			count: number;
			data: Array<Record<string, unknown>>;
		}) ?? { count: 0, data: [] };

	test('an upsert by record_id leaves one row a record, however often it runs; nothing found changes nothing', async () => {
		const table = await tableOf('once');
		const id = await workflowOf('Upsert', [manualTrigger, records(), upsert(table)]);
		await runToEnd(world, id);
		const first = await stored(table);
		expect(first.count).toBe(rows.length);
		await runToEnd(world, id);
		const again = await stored(table);
		expect(again.count).toBe(rows.length);
		const texts = ({ data }: typeof first) => data.map((row) => `${row.record_id} ${row.date} ${row.telephone}`).sort();
		expect(texts(again)).toEqual(texts(first));
		expect(again.data.every(({ date }) => typeof date === 'string' && /^2024-05-13 /.test(date))).toBe(true);
		await runToEnd(world, await workflowOf('Nothing', [manualTrigger, records(nothing), upsert(table)]));
		expect((await stored(table)).count).toBe(rows.length);
	});

	test('a value that does not fit its column stops the run, as On Error is set', async () => {
		const table = await tableOf('strict', { telephone: 'boolean' });
		const id = await workflowOf('Bad value', [manualTrigger, records(), upsert(table)]);
		await expect(runToEnd(world, id)).rejects.toThrow(/boolean/);
		expect((await stored(table)).count).toBe(0);
	});
});

test('Filter: “is equal to false” takes humans alone; “is false” takes what is neither as well', async () => {
	const filter = (name: string, parameters: object) => base(name, 'filter', 2.2, { ...parameters, options: {} });
	const equals = condition('={{ $json.is_machine }}', { type: 'boolean', operation: 'equals' }, false);
	const isFalse = condition('={{ $json.is_machine }}', { type: 'boolean', operation: 'false', singleValue: true });
	const count = async (name: string, parameters: object) =>
		(await runToEnd(world, await workflowOf(name, [manualTrigger, records(), filter(name, parameters)]))).items(name)
			.length;
	const humans = rows.filter(({ result }) => result === 'HUMAN').length;
	expect(await count('Equal', equals)).toBe(humans);
	expect(await count('Is', isFalse)).toBeGreaterThan(humans);
});

test('Remove Duplicates by record_id lets each record through once, over all runs', async () => {
	const id = await workflowOf('Once', [
		manualTrigger,
		records(),
		base('Once', 'removeDuplicates', 2, {
			operation: 'removeItemsSeenInPreviousExecutions',
			logic: 'removeItemsWithAlreadySeenKeyValues',
			dedupeValue: '={{ $json.record_id }}',
			options: {},
		}),
	]);
	expect((await runToEnd(world, id)).items('Once')).toHaveLength(rows.length);
	expect((await runToEnd(world, id)).items('Once')).toHaveLength(0);
});

describe('Loop Over Items', () => {
	/** Three days, of which the first has nothing within these hours. */
	const days = ['2024-05-13 02:00:00', '2024-05-14 10:00:00', '2024-05-15 10:00:00'];
	const loop = async (name: string, more: object) => {
		const sketches = [
			manualTrigger,
			base('Days', 'code', 2, { jsCode: `return ${JSON.stringify(days.map((from) => ({ json: { from } })))};` }),
			base('Loop', 'splitInBatches', 3, { batchSize: 1, options: {} }),
			records(
				{ from: '={{ $json.from }}', to: '={{ $json.from.slice(0, 11) + "12:00:00" }}', returnAll: false, limit: 1 },
				more,
			),
		];
		const workflow = chain(name, sketches);
		const link = (node: string) => ({ node, type: 'main', index: 0 });
		Object.assign(workflow.connections, {
			Loop: { main: [[], [link('Wolkvox AMD')]] },
			'Wolkvox AMD': { main: [[link('Loop')]] },
		});
		for (const node of workflow.nodes) if (node.name === 'Wolkvox AMD') Object.assign(node, more);
		simulator.requests.length = 0;
		const { id } = await world.client.createWorkflow(workflow);
		await runToEnd(world, id);
		return new Set(simulator.requests.map(({ query }) => query.date_ini?.slice(0, 8)).filter(Boolean)).size;
	};

	test('a day without records ends it where nothing comes back, and not with Always Output Data', async () => {
		days[0] = '2024-05-13 02:00:00';
		simulator.configure({ quiet: [{ from: '2024-05-13 00:00:00', to: '2024-05-14 00:00:00' }] });
		try {
			expect(await loop('Ends', {})).toBe(1);
			expect(await loop('Goes on', { alwaysOutputData: true })).toBe(3);
		} finally {
			simulator.configure({ quiet: [] });
		}
	});
});

test('Respond to Webhook: no item is an empty 200, and an answer of its own behind Always Output Data', async () => {
	const hook = (path: string) => {
		const node = webhook(path);
		return { ...node, parameters: { ...node.parameters, responseMode: 'responseNode' } };
	};
	const respond = base('Respond', 'respondToWebhook', 1.5, { respondWith: 'allIncomingItems', options: {} });
	const answered = async (path: string, nodes: Sketch[]) => {
		const id = await workflowOf(path, [hook(path), ...nodes]);
		await world.client.activate(id);
		const { status, text } = await world.client.callWebhook(path);
		return [status, text] as const;
	};
	expect(await answered('bare', [records(nothing), respond])).toEqual([200, '']);
	const found = base('Found', 'set', 3.4, {
		mode: 'raw',
		jsonOutput: '={{ { found: $input.all().filter((item) => item.json.record_id).length } }}',
		options: {},
	});
	const [status, text] = await answered('told', [
		records(nothing, { alwaysOutputData: true }),
		{ ...found, executeOnce: true } as Sketch,
		respond,
	]);
	expect([status, JSON.parse(text)]).toEqual([200, [{ found: 0 }]]);
});

test("a workbook's dates, read back by Extract from File, are the texts again by the expression of the page", async () => {
	const toText =
		"={{ DateTime.fromMillis(Math.floor(($json.date - 25569) * 86400) * 1000, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm:ss') }}";
	const id = await workflowOf('Dates', [
		manualTrigger,
		records({ operation: 'export', options: {} }),
		base('Extract', 'extractFromFile', 1, { operation: 'xlsx', binaryPropertyName: 'data', options: {} }),
		base('Dates', 'set', 3.4, {
			assignments: { assignments: [{ id: '1', name: 'date', type: 'string', value: toText }] },
			options: {},
		}),
	]);
	const items = (await runToEnd(world, id)).items('Dates');
	expect(items.map(({ json }) => json.date)).toEqual(rows.map(({ date }) => date));
});
