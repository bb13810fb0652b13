import { currentVersion, oldestVersion } from '../../scripts/n8n/install.mjs';
import { amdRecords } from '../../scripts/n8n/workflows.mjs';
import { lastSevenDays } from '../../scripts/start/operation.mjs';
import { readyWorkflow } from '../../scripts/start/readyWorkflow.mjs';
import { digestOf, startSimulator, type RawRow, type Simulator } from '../simulator';
import { n8nUnderTest, runToEnd, tell, type N8nUnderTest } from './n8nUnderTest';
import { xlsxRows } from './readFiles';

describe.each([currentVersion, oldestVersion])('n8n %s with the packed node', (version) => {
	let simulator: Simulator;
	let world: N8nUnderTest;

	beforeAll(async () => {
		simulator = await startSimulator({ rowsPerDay: 3_000 });
		world = await n8nUnderTest(version);
	});

	afterAll(async () => {
		await world?.remove();
		await simulator?.close();
	});

	const credential = (token: string) => ({
		name: 'Wolkvox',
		type: 'wolkvoxApi',
		data: { server: simulator.url, token },
	});

	test('its credential test is green for the right token', async () => {
		const saved = await world.client.saveCredential(credential(simulator.token));
		expect(await world.client.testCredential({ id: saved.id, ...credential(simulator.token) })).toMatchObject({
			status: 'OK',
		});
	});

	test('its credential test says what a wrong token is, without showing it', async () => {
		const wrong = 'f'.repeat(52);
		const saved = await world.client.saveCredential({ ...credential(wrong), name: 'Wrong' });
		const { status, message } = await world.client.testCredential({
			id: saved.id,
			...credential(wrong),
			name: 'Wrong',
		});
		expect(status).toBe('Error');
		expect(message).toMatch(/token/i);
		expect(message).not.toContain(wrong);
	});

	test('its campaign list offers all campaigns first, then those of the operation, and can be searched', async () => {
		const node = amdRecords(await world.client.saveCredential(credential(simulator.token)), { dateRange: 'yesterday' });
		const list = { method: 'searchCampaigns', parameter: 'campaign' };
		const offered = await world.client.listOptions(node, list);
		expect(offered[0]).toMatchObject({ value: 'all' });
		expect(
			offered
				.slice(1)
				.map(({ value }) => value)
				.sort(),
		).toEqual(simulator.options.campaigns.map(({ id }) => id).sort());
		const [wanted] = simulator.options.campaigns;
		const found = await world.client.listOptions(node, { ...list, filter: wanted.name });
		expect(found.map(({ value }) => value)).toEqual([wanted.id]);
	});

	test('the ready workflow gives every record of the last 7 days, to the row, and as a spreadsheet', async () => {
		const source = { server: simulator.url, token: simulator.token };
		const ready = await readyWorkflow({ client: world.client, source, filesFolder: world.filesFolder });
		const execution = await runToEnd(world, ready.id);
		const truth = simulator.truth(lastSevenDays());
		expect(truth.count).toBeGreaterThan(10_000);
		expect(digestOf(execution.items('Wolkvox AMD').map(({ json }) => json as RawRow))).toEqual(truth);
		expect(digestOf(await xlsxRows(world, ready.file))).toEqual(truth);
		expect(world.n8n.log()).not.toContain(simulator.token);
		tell(`${truth.count} records came out of n8n ${version}`);
	});
});
