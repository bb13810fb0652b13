import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { WolkvoxAmd } from '../../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { type Simulator, startSimulator } from '../simulator';
import { runNode } from './harness';

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({
		rowsPerDay: 600,
		now: () => '2025-03-12 15:00:00',
		duplicateShare: 0.1,
		unreadableDateShare: 0.02,
		otherResults: ['FAX'],
		unknownCampaignAs: 'empty',
	});
});
afterEach(async () => await simulator.close());

const campaignOf = (value: string) => ({ __rl: true, mode: 'id', value });
const run = async (campaign: string, parameters: INodeParameters = {}, options: INodeParameters = {}) =>
	await runNode({
		parameters: {
			campaign: campaignOf(campaign),
			dateRange: 'custom',
			from: '2025-03-03',
			to: '2025-03-05',
			returnAll: true,
			...parameters,
			options,
		},
		credentials: { server: simulator.url, token: simulator.token },
	});
const jsonOf = async (...given: Parameters<typeof run>): Promise<IDataObject[]> => {
	const { items, error } = await run(...given);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
};
const sorted = (items: readonly IDataObject[]) => items.map((item) => JSON.stringify(item)).sort();
const reports = () => simulator.requests.filter(({ query }) => query.api === 'campaign_7');

describe.each([false, true])('several campaigns, with the name behind the number: %s', (campaignIdWithName) => {
	beforeEach(() => simulator.configure({ campaignIdWithName }));

	it('are the records and ids of each read alone, in order of time, for the requests of one question', async () => {
		const options = { addFields: ['record_id', 'is_machine', 'timestamp'], onIncomplete: 'returnProven' };
		const alone = [...(await jsonOf('22110', {}, options)), ...(await jsonOf('7', {}, options))];
		simulator.requests.length = 0;
		await jsonOf('all', {}, options);
		const asked = reports().length;
		simulator.requests.length = 0;
		const { items, hints } = await run('22110, 7', {}, options);
		const both = items.map(({ json }) => json);
		expect(sorted(both)).toEqual(sorted(alone));
		expect(alone.some(({ timestamp }) => timestamp === null)).toBe(true);
		expect(alone.some(({ record_id: id }) => String(id).endsWith('-2'))).toBe(true);
		const dates = both.filter(({ timestamp }) => timestamp !== null).map(({ date }) => date);
		expect(dates).toEqual([...dates].sort());
		expect(reports()).toHaveLength(asked);
		expect(hints.at(-1)?.message).toContain(
			`${both.length.toLocaleString('en-US')} records from 2025-03-03 to 2025-03-05.`,
		);
		const undated = both.length - dates.length;
		expect(hints.map(({ message }) => message).join(' ')).toContain(`${undated} records without a readable date`);
	});

	it('are counted and written as each alone', async () => {
		const summarize = { resource: 'analysis', operation: 'summarize', groupBy: ['campaign'] };
		const alone = [...(await jsonOf('7', summarize)), ...(await jsonOf('22110', summarize))];
		expect(sorted(await jsonOf('22110, 7', summarize))).toEqual(sorted(alone));
		const records = alone.reduce((sum, line) => sum + Number(line.records), 0);
		expect(await jsonOf('22110, 7', { resource: 'record', operation: 'export', format: 'csv' })).toMatchObject([
			{ records, campaign: '7, 22110', file_name: 'amd-7-22110-20250303-20250305.csv' },
		]);
		expect(
			await jsonOf('22110, 7', { resource: 'analysis', operation: 'report' }, { comparePeriod: 'never' }),
		).toMatchObject([{ records, campaign: '7, 22110', file_name: 'amd-report-7-22110-2025-03-03-2025-03-05.html' }]);
		const calls = { resource: 'analysis', operation: 'hardToReach', minCalls: 1 };
		const contacts = await jsonOf('22110, 7', calls, { includeReached: true });
		expect(contacts.reduce((sum, contact) => sum + Number(contact.calls), 0)).toBe(records);
	});
});

it.each([
	['22110,7', '7, 22110, 7'],
	['22110,7', ' 22110 ; 7 '],
	['22110,7', '22110 7'],
	['22110,7', '={{ [22110, "7"] }}'],
	['22110,7', '={{ "[\\"7\\", \\"22110\\"]" }}'],
	['7', '={{ ["7", "7"] }}'],
	['all', '22110, ALL'],
])('%s is what %s says', async (plain, written) => {
	expect(await jsonOf(written)).toEqual(await jsonOf(plain));
});

it('in the form are taken by the field itself', () => {
	const field = new WolkvoxAmd().description.properties.find(({ name }) => name === 'campaign');
	const [validation] = field?.modes?.find(({ name }) => name === 'id')?.validation ?? [];
	if (typeof validation !== 'object') throw new Error('The field takes anything');
	const regex = new RegExp((validation.properties as { regex: string }).regex);
	for (const good of ['22109', ' all ', '22109, 22110', '22109 22110', '22109;7,', '7, All'])
		expect(good).toMatch(regex);
	for (const bad of ['', 'COBRANZA', '22109, COBRANZA', '22109-7', 'all, x']) expect(bad).not.toMatch(regex);
});

it('give the first ones up to a limit', async () => {
	const all = await jsonOf('22110, 7');
	expect(await jsonOf('22110, 7', { returnAll: false, limit: 7 })).toEqual(all.slice(0, 7));
});

it.each(['getAll', 'export'])('%s stops where one of them is not there', async (operation) => {
	const { error, items } = await run('22109, 40404, 7', { operation });
	expect(error).toMatchObject({ message: 'There is no campaign 40404 in this operation' });
	expect(items).toEqual([]);
});

it('take one of the list that has no records, and say where the list cannot be had', async () => {
	const { error, items } = await run('22109, 31002');
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(0);
	const other = await startSimulator({
		...simulator.options,
		port: 0,
		onRequest: ({ query }) => (query.api === 'campaigns' ? { name: 'redirect' } : undefined),
	});
	const { hints } = await runNode({
		parameters: {
			campaign: campaignOf('22109, 31002'),
			dateRange: 'custom',
			from: '2025-03-04',
			to: '2025-03-04',
			returnAll: true,
		},
		credentials: { server: other.url, token: other.token },
	});
	await other.close();
	expect(hints.map(({ message }) => message).join(' ')).toContain(
		'No records of campaign 31002 came, and whether there is one could not be checked',
	);
});
