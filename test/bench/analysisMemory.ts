/* eslint-disable @n8n/community-nodes/no-restricted-imports, no-console */
import { readFile, writeFile } from 'node:fs/promises';
import { amdRecords, chain, webhook } from '../../scripts/n8n/workflows.mjs';
import { type N8nUnderTest, n8nUnderTest } from '../e2e/n8nUnderTest';
import { type Simulator, startSimulator } from '../simulator';

const unsaved = {
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
	saveManualExecutions: false,
	saveExecutionProgress: false,
};
const contacts = 25_000;
/** A call centre's month of January 2024 at so many records a day. */
const month = { dateRange: 'custom', from: '2024-01-01', to: '2024-01-31' };
const truth = { from: '2024-01-01 00:00:00', to: '2024-02-01 00:00:00' };
const sizes = [42_000, 211_000];

interface Case {
	readonly name: string;
	readonly parameters: object;
	readonly env?: Record<string, string>;
}

const cases: Case[] = [
	{
		name: 'Summarize by campaign, day and hour',
		parameters: { resource: 'analysis', operation: 'summarize', groupBy: ['campaign', 'day', 'hour'] },
	},
	{
		name: 'Get Hard-to-Reach Contacts',
		parameters: { resource: 'analysis', operation: 'hardToReach', limit: 50, returnAll: false },
	},
	{ name: 'Create Report', parameters: { resource: 'analysis', operation: 'report' } },
	{
		name: 'Export to File, Excel, file system',
		parameters: { resource: 'record', operation: 'export', format: 'xlsx' },
	},
	{ name: 'Export to File, CSV, file system', parameters: { resource: 'record', operation: 'export', format: 'csv' } },
	{
		name: 'Export to File, NDJSON compressed, file system',
		parameters: { resource: 'record', operation: 'export', format: 'ndjson', options: { compress: true } },
	},
	{
		name: 'Export to File, CSV, database',
		parameters: { resource: 'record', operation: 'export', format: 'csv' },
		env: { N8N_DEFAULT_BINARY_DATA_MODE: 'database' },
	},
];

interface Cost {
	readonly records: number;
	readonly requests: number;
	readonly seconds: number;
	/** Growth of n8n's resident memory from before the run to its peak. */
	readonly grownMegabytes: number;
	readonly items: number;
}

async function resident(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
	return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

/** One run in an n8n that has run a small one before, so that what is measured is the range and not n8n's own warming up. */
async function measure(simulator: Simulator, { parameters, env }: Case): Promise<Cost> {
	const world = await n8nUnderTest('2.41.1', env);
	return await run(world, simulator, parameters).finally(world.remove);
}

async function run(world: N8nUnderTest, simulator: Simulator, parameters: object): Promise<Cost> {
	const { client, n8n } = world;
	const credential = await client.saveCredential({
		name: 'Wolkvox',
		type: 'wolkvoxApi',
		data: { server: simulator.url, token: simulator.token },
	});
	const call = async (path: string, range: object): Promise<Array<Record<string, unknown>>> => {
		const listening = { ...webhook(path), parameters: { ...webhook(path).parameters, responseData: 'allEntries' } };
		const { id } = await client.createWorkflow(
			chain(path, [listening, amdRecords(credential, { ...range, ...parameters })], unsaved),
		);
		await client.activate(id);
		return JSON.parse((await client.callWebhook(path)).text) as Array<Record<string, unknown>>;
	};
	await call('warm-up', { ...month, to: '2024-01-01' });
	// Linux starts a process's peak memory anew from here.
	await writeFile(`/proc/${n8n.pid}/clear_refs`, '5');
	const before = await resident(n8n.pid, 'VmRSS');
	simulator.requests.length = 0;
	const startedMs = performance.now();
	const items = await call('measured', month);
	const seconds = (performance.now() - startedMs) / 1_000;
	const sum = (field: string) => items.reduce((total, item) => total + Number(item[field] ?? 0), 0);
	return {
		records: sum('records') || sum('total'),
		requests: simulator.requests.length,
		seconds,
		grownMegabytes: (await resident(n8n.pid, 'VmHWM')) - before,
		items: items.length,
	};
}

/** Memory and time of what reads a range without keeping it, as a section of docs/benchmarks.md. */
export async function memoryInN8n(): Promise<string> {
	const rows: string[] = [];
	for (const rowsPerDay of sizes) {
		const simulator = await startSimulator({ seed: 5, rowsPerDay, contacts, now: () => '2024-06-01 00:00:00' });
		const { count } = simulator.truth(truth);
		for (const one of cases) {
			const cost = await measure(simulator, one);
			if (cost.records !== count && cost.records !== 0)
				throw new Error(`${one.name}: ${cost.records} records instead of ${count}`);
			rows.push(
				`| ${one.name} | ${count.toLocaleString('en-US')} | ${cost.requests} | ` +
					`${cost.seconds.toFixed(1)} s | +${Math.round(cost.grownMegabytes)} MB | ${cost.items} |`,
			);
			console.log(rows.at(-1));
		}
		await simulator.close();
	}
	return [
		'## Memory of what reads a range without keeping it',
		'',
		'In a real n8n 2.41.1, executions not saved, one run after a small one; ' +
			`${contacts.toLocaleString('en-US')} contacts. Memory is the growth of the resident peak.`,
		'',
		'| operation | records | requests | time | memory | items |',
		'|---|---|---|---|---|---|',
		...rows,
	].join('\n');
}
