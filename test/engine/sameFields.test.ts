import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import { ADDED_FIELDS } from '../../nodes/shared/output/addedFields';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator';
import { runNode } from './harness';

/** n8n's Merge cannot read these in SQL. */
const UNREADABLE = ['total', 'from', 'to', 'limit', 'count', 'first', 'last'];

let simulator: Simulator;
const usual: Partial<SimulatorOptions> = {
	rowsPerDay: 120,
	now: () => '2025-03-12 15:00:00',
	capRecords: 400,
	overCap: 'error400',
	duplicateShare: 0.2,
	prettyPrint: false,
	licences: 1_000,
};
beforeAll(async () => {
	simulator = await startSimulator(usual);
});
afterAll(async () => await simulator.close());

const blankNames = simulatorCampaigns(['', '  ', 'Ventas']);
const named = simulatorCampaigns(['COBRANZA', 'Ventas', 'Encuesta']);
function simulatorCampaigns([first, second, third]: string[]) {
	return [
		{ id: '22109', name: first, share: 3, file: '' },
		{ id: '22110', name: second, share: 2, file: 'ventas.mp3' },
		{ id: '7', name: third, share: 1, hidden: true },
	];
}

const world: fc.Arbitrary<Partial<SimulatorOptions>> = fc.record({
	seed: fc.nat(999),
	otherResults: fc.constantFrom<string[]>([], ['FAX'], ['', 'not_sure']),
	unreadableDateShare: fc.constantFrom(0, 0.1),
	campaignIdWithName: fc.boolean(),
	campaigns: fc.constantFrom(named, blankNames),
	// More in one second than an answer holds: that second is missing.
	spikes: fc.constantFrom<SimulatorOptions['spikes']>(
		[],
		[{ at: '2025-03-04 10:00:00', rows: 450, campaign: '22109' }],
	),
});

const options = fc.record({
	onIncomplete: fc.constantFrom('returnProven', 'stop'),
	addFields: fc.subarray([...ADDED_FIELDS]),
});
const chosen = {
	campaign: fc.constantFrom('all', '22109', '7, 22110'),
	dateRange: fc.constant('custom'),
	from: fc.constantFrom('2025-03-02', '2025-03-04'),
	to: fc.constantFrom('2025-03-04', '2025-03-05'),
	returnAll: fc.boolean(),
	limit: fc.constantFrom(1, 30),
	options: options as fc.Arbitrary<INodeParameters>,
};
const records = {
	result: fc.constantFrom('all', 'human', 'machine'),
	filters: fc.constantFrom<INodeParameters>({}, { fileName: 'ventas.mp3' }, { customer: 'nobody' }),
};

/** Every operation that gives items, with what can be chosen in it. */
const operations = {
	'record getAll': { ...chosen, ...records },
	'record export': { ...chosen, ...records, format: fc.constantFrom('csv', 'ndjson') },
	'analysis summarize': { ...chosen, groupBy: fc.subarray(['campaign', 'day', 'fileName', 'hour', 'weekday']) },
	'analysis hardToReach': {
		...chosen,
		identifyBy: fc.constantFrom('customer', 'telephone'),
		minCalls: fc.constantFrom(1, 2),
		options: fc.record({
			onIncomplete: fc.constantFrom('returnProven', 'stop'),
			includeReached: fc.boolean(),
			country: fc.constantFrom('CO', 'MX', 'other'),
			language: fc.constantFrom('en', 'es'),
		}) as fc.Arbitrary<INodeParameters>,
	},
	'analysis report': {
		...chosen,
		options: fc.record({
			onIncomplete: fc.constantFrom('returnProven', 'stop'),
			htmlAndText: fc.boolean(),
			comparePeriod: fc.constant('never'),
		}) as fc.Arbitrary<INodeParameters>,
	},
	'campaign getAll': { returnAll: fc.boolean(), simplify: fc.boolean() },
	'token getUsage': {},
};

/** Runs that gave items, and among them those with a gap. */
const seen = { items: 0, gaps: 0 };
/** The fields of an output, by what decides them. */
const fieldsOf = new Map<string, string>();

it.each(Object.entries(operations))(
	'%s: the same fields in every item, whatever happened',
	async (name, arbitraries) => {
		const [resource, operation] = name.split(' ');
		await fc.assert(
			fc.asyncProperty(world, fc.record<INodeParameters>(arbitraries as never), async (there, parameters) => {
				simulator.configure({ ...usual, ...there });
				const { items, error } = await runNode({
					parameters: { resource, operation, ...parameters },
					credentials: { server: simulator.url, token: simulator.token },
				});
				if (error) return expect(items).toEqual([]);
				const keys = items.map(({ json }) => Object.keys(json).join());
				expect(new Set(keys).size).toBeLessThanOrEqual(1);
				if (items.length === 0) return;
				for (const key of Object.keys(items[0].json)) expect(UNREADABLE).not.toContain(key);
				const { addFields, onIncomplete, htmlAndText } = (parameters.options ?? {}) as INodeParameters;
				expect('complete' in items[0].json).toBe(onIncomplete === 'returnProven');
				const by = JSON.stringify([
					name,
					operation === 'getAll' && addFields,
					onIncomplete,
					htmlAndText,
					parameters.groupBy,
					parameters.simplify,
				]);
				// Another run with the same choices, and whatever else happened, has the same.
				expect(keys[0]).toBe(fieldsOf.get(by) ?? keys[0]);
				fieldsOf.set(by, keys[0]);
				seen.items++;
				if (items[0].json.complete === false) seen.gaps++;
			}),
			{ numRuns: 8, seed: 20 },
		);
	},
	60_000,
);

it('was tried on runs with items, with gaps among them', () => {
	expect(seen.items).toBeGreaterThan(20);
	expect(seen.gaps).toBeGreaterThan(3);
});
