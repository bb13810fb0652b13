import { LoadOptionsContext } from 'n8n-core';
import { type ILoadOptionsFunctions, type INode, type INodeListSearchResult, Workflow } from 'n8n-workflow';

import { WolkvoxAmd } from '../../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { type Simulator, startSimulator } from '../simulator';
import { additionalDataOf, nodeTypesOf, runNode } from './harness';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ licences: 2, usedByOtherTokens: 300, campaignIdsAs: 'number' });
});
afterAll(async () => await simulator.close());

const credentials = () => ({ server: simulator.url, token: simulator.token });

/** What the editor gets when a person opens the list of campaigns. */
async function search(filter?: string, access = credentials()): Promise<INodeListSearchResult> {
	const type = new WolkvoxAmd();
	const node: INode = {
		id: '1',
		name: 'Wolkvox',
		type: 'test',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { wolkvoxApi: { id: '1', name: 'Test' } },
	};
	const workflow = new Workflow({
		id: 'test',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf({ test: type }),
	});
	const context: ILoadOptionsFunctions = new LoadOptionsContext(workflow, node, additionalDataOf(access, 'manual'), '');
	return await type.methods.listSearch.searchCampaigns.call(context, filter);
}

it('lists all campaigns first, then each by name', async () => {
	const { results } = await search();
	expect(results).toEqual([
		{ name: 'All Campaigns', value: 'all' },
		{ name: 'COBRANZA BOGOTÁ (22109)', value: '22109' },
		{ name: 'Encuesta (7)', value: '7' },
		{ name: 'PRUEBA (31002)', value: '31002' },
		{ name: 'RENOVACIÓN 2024/25 (26687)', value: '26687' },
		{ name: 'Ventas Medellín (22110)', value: '22110' },
	]);
});

it.each([
	['medell', ['22110']],
	['2211', ['22110']],
	['ALL', ['all']],
	['MEDELLIN', ['22110']],
])('finds %s', async (filter, values) => {
	const { results } = await search(filter);
	expect(results.map(({ value }) => value)).toEqual(values);
});

it('says so where nothing matches: an empty list would show what was chosen as if it were a hit', async () => {
	const { results } = await search('nothing such');
	expect(results).toEqual([{ name: 'All Campaigns (no campaign matches “nothing such”)', value: 'all' }]);
});

it('asks once for a name that is typed', async () => {
	const before = simulator.requests.length;
	const access = { ...credentials(), server: simulator.url.replace('127.0.0.1', 'localhost') };
	await Promise.all(
		['', 'c', 'co', 'cob', 'cobr', 'cobra', 'cobran', 'cobranz', 'cobranza'].map(
			async (typed) => await search(typed, access),
		),
	);
	await search('Cobranza', access);
	expect(simulator.requests.length - before).toBe(1);
});

it('says why there is no list', async () => {
	expect(await search('', { ...credentials(), token: 'wrong' })).toEqual({
		results: [{ name: expect.stringMatching(/^All Campaigns \(no list: .*does not accept this token/), value: 'all' }],
	});
});

it.each(['todas', 'TODAS LAS CAMPAÑAS'])('finds all campaigns by %j', async (typed) => {
	expect((await search(typed)).results.map(({ value }) => value)).toEqual(['all']);
});

it('gives at most ten fields of a campaign, or all that Wolkvox describes it by', async () => {
	const of = async (simplify: boolean) =>
		(
			await runNode({
				parameters: { resource: 'campaign', operation: 'getAll', returnAll: true, simplify },
				credentials: credentials(),
			})
		).items.map(({ json }) => Object.keys(json));
	expect((await of(true))[0].length).toBeLessThanOrEqual(10);
	expect((await of(false))[0]).toContain('dial_mode');
});

it('gives the campaigns as Wolkvox describes them, up to the limit', async () => {
	const parameters = { resource: 'campaign', operation: 'getAll', returnAll: true };
	const { items } = await runNode({ parameters, credentials: credentials() });
	expect(items).toHaveLength(5);
	expect(items[0]).toMatchObject({
		json: { campaign_id: 22109, campaign_name: 'COBRANZA BOGOTÁ', type_campaign: 'predictive', status: 'Started' },
		pairedItem: { item: 0 },
	});
	const limited = await runNode({
		parameters: { ...parameters, returnAll: false, limit: 2 },
		credentials: credentials(),
	});
	expect(limited.items).toEqual(items.slice(0, 2));
});

it("gives the token's usage as numbers", async () => {
	const before = simulator.requests.length;
	const { items } = await runNode({
		parameters: { resource: 'token', operation: 'getUsage' },
		credentials: credentials(),
	});
	expect(simulator.requests.length - before).toBe(1);
	const { description, daily_limit, used_today, used_today_by_all_tokens, available } = items[0].json;
	expect(Object.keys(items[0].json)).toEqual([
		'description',
		'daily_limit',
		'used_today',
		'used_today_by_all_tokens',
		'available',
	]);
	expect(typeof description).toBe('string');
	expect(
		[daily_limit, used_today, used_today_by_all_tokens, available].every((value) => typeof value === 'number'),
	).toBe(true);
	expect(Number(used_today_by_all_tokens) - Number(used_today)).toBe(300);
	expect(Number(available)).toBe(2_000 - Number(used_today_by_all_tokens));
});

it('says what the answers of an operation look like, in a text that names nobody', async () => {
	const before = simulator.requests.length;
	const { items } = await runNode({
		parameters: { resource: 'token', operation: 'diagnose' },
		credentials: credentials(),
	});
	expect(simulator.requests.length - before).toBeLessThanOrEqual(12);
	expect(items).toHaveLength(1);
	const { text, ...found } = items[0].json;
	expect(found).toMatchObject({
		code_type: 'text',
		order: 'oldest first',
		date_precision: 'second',
		parts_add_up: true,
	});
	expect(text).toContain('Order of the records: oldest first\n');
	expect(text).toContain('The parts of the range add up to it: yes');
	expect(JSON.stringify(items[0].json)).not.toMatch(/\d{7}|COBRANZA/);
});

it('asks nothing in a time zone that there is not', async () => {
	const before = simulator.requests.length;
	const told = await runNode({
		parameters: { resource: 'token', operation: 'diagnose', options: { timezone: 'Bogotá' } },
		credentials: credentials(),
	});
	expect(told.error).toMatchObject({ message: 'Timezone is not a time zone: “Bogotá”' });
	expect(simulator.requests.length).toBe(before);
});
