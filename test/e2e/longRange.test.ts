/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentVersion } from '../../scripts/n8n/install.mjs';
import { amdRecords, chain, convertToFile, webhook, writeFile } from '../../scripts/n8n/workflows.mjs';
import { startSimulator, type RawRow, type Simulator } from '../simulator';
import { n8nUnderTest, tell, type N8nUnderTest } from './n8nUnderTest';
import { csvRecords } from './readFiles';

const columns: Array<keyof RawRow> = ['customer_id', 'campaign_id', 'file_name', 'telephone', 'result', 'date'];
/** 92 days, the last one included in the node's own words. */
const asked = { dateRange: 'custom', from: '2024-01-01', to: '2024-04-01' };
const range = { from: '2024-01-01 00:00:00', to: '2024-04-02 00:00:00' };

let simulator: Simulator;
let world: N8nUnderTest;

beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 3_000, shape: 'flat' });
	world = await n8nUnderTest(currentVersion);
});

afterAll(async () => {
	await world?.remove();
	await simulator?.close();
});

test('92 days at 3,000 a day come out as a CSV file, row for row what the operation holds', async () => {
	const { client, filesFolder } = world;
	const credential = await client.saveCredential({
		name: 'Wolkvox',
		type: 'wolkvoxApi',
		data: { server: simulator.url, token: simulator.token },
	});
	const file = join(filesFolder, 'amd.csv');
	const unsaved = { saveDataSuccessExecution: 'none', saveManualExecutions: false };
	// The report's own six fields, to be compared with what the operation holds.
	const reader = amdRecords(credential, { ...asked, options: { addFields: [] } });
	const nodes = [webhook('amd-csv'), reader, convertToFile('csv'), writeFile(file)];
	const { id } = await client.createWorkflow(chain('AMD records of 92 days', nodes, unsaved));
	await client.activate(id);
	const startedAt = Date.now();
	const { status, text } = await client.callWebhook('amd-csv');
	expect({ status, text }).toMatchObject({ status: 200 });
	tell(`92 days in ${Math.round((Date.now() - startedAt) / 100) / 10} s, ${simulator.requests.length} requests`);

	const [header, ...records] = csvRecords(await readFile(file, 'utf8'));
	expect(header.join()).toMatch(new RegExp(`^\ufeff?${columns.join()}$`));
	const expected = [...simulator.rows(range)].map((row) => columns.map((column) => row[column]));
	expect(records.length).toBe(expected.length);
	expect(records.length).toBeGreaterThan(250_000);
	const unordered = records.findIndex((record, index) => index > 0 && record[5] < records[index - 1][5]);
	expect(unordered).toBe(-1);
	const sorted = (rows: string[][]) => rows.map((row) => JSON.stringify([row[5], ...row])).sort();
	const [came, held] = [sorted(records), sorted(expected)];
	const different = came.findIndex((row, index) => row !== held[index]);
	expect(came[different]).toBe(held[different]);
	expect(await client.executions(id)).toEqual([]);
});
