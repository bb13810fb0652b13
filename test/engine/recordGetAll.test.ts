import { createHash } from 'node:crypto';

import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { type RawRow, type Simulator, digestOf, startSimulator } from '../simulator';
import { runNode } from './harness';
import { warningsOfLog } from './n8nCore';
import preview from '../../nodes/WolkvoxAmd/__schema__/v1.0.0/record/getAll.json';

const NOW_MS = Date.parse('2025-03-12T20:00:00Z');
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 3_000, now: () => '2025-03-12 15:00:00', otherResults: ['FAX'] });
});
afterAll(async () => await simulator.close());
beforeEach(() => {
	jest.spyOn(Date, 'now').mockImplementation(movingFrom(NOW_MS));
	simulator.configure({ faults: {} });
	simulator.requests.length = 0;
});
afterEach(() => jest.restoreAllMocks());

/** The clock of the test: it starts at a known moment and goes on as real time does. */
function movingFrom(startMs: number): () => number {
	const started = performance.now();
	return () => startMs + Math.floor(performance.now() - started);
}

async function getAll(parameters: INodeParameters, options: INodeParameters = {}, mode?: WorkflowExecuteMode) {
	const result = await runNode({
		mode,
		parameters: { resource: 'record', operation: 'getAll', returnAll: true, ...parameters, options },
		credentials: { server: simulator.url, token: simulator.token },
	});
	return { ...result, rows: result.items.map(({ json }) => json as RawRow & IDataObject) };
}

const march4 = { dateRange: 'custom', from: '2025-03-04', to: '2025-03-04' };
const truthOf = (from: string, to: string) => simulator.truth({ from: `${from} 00:00:00`, to: `${to} 00:00:00` });

it('gives every record of a range once, in order of time, its six fields as they are', async () => {
	const { rows, items, error, hints } = await getAll({ dateRange: 'custom', from: '2025-03-03', to: '2025-03-09' });
	expect(error).toBeUndefined();
	expect(digestOf(rows)).toEqual(truthOf('2025-03-03', '2025-03-10'));
	const dates = rows.map(({ date }) => date);
	expect(dates).toEqual([...dates].sort());
	expect(Object.keys(rows[0])).toEqual(Object.keys(preview.properties));
	expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	expect(hints).toEqual([
		{
			type: 'warning',
			location: 'outputPane',
			message: expect.stringMatching(
				/^[\d,]+ records are neither machine nor human, and counted as other: [\d,]+ “FAX”\.$/,
			),
		},
		{
			type: 'info',
			location: 'outputPane',
			message: expect.stringMatching(
				/^[\d,]+ records from 2025-03-03 to 2025-03-09\. Read in \d windows, \d requests\.$/,
			),
		},
	]);
});

it.each([
	['today', '2025-03-12', '2025-03-13'],
	['yesterday', '2025-03-11', '2025-03-12'],
	['last7Days', '2025-03-05', '2025-03-12'],
	['last30Days', '2025-02-10', '2025-03-12'],
	['thisMonth', '2025-03-01', '2025-03-13'],
	['previousMonth', '2025-02-01', '2025-03-01'],
])('reads %s on the clock of the operation', async (dateRange, from, to) => {
	const { rows } = await getAll({ dateRange });
	expect(digestOf(rows)).toEqual(truthOf(from, to));
});

it('reads yesterday where nothing else is said', async () => {
	const { items } = await runNode({ parameters: {}, credentials: { server: simulator.url, token: simulator.token } });
	expect(items).toHaveLength(50);
	expect(items[0].json.date).toMatch(/^2025-03-11 /);
});

it.each<[string, () => unknown]>([
	['a zoneless text', () => '2025-03-04T08:00:00'],
	['a zoneless text with a space', () => '2025-03-04 08:00:00'],
	['ISO 8601 with an offset', () => '2025-03-04T14:00:00+01:00'],
	['ISO 8601 in UTC', () => '2025-03-04T13:00:00.000Z'],
	['an expression that gives a DateTime', () => "={{ DateTime.fromISO('2025-03-04T13:00:00Z') }}"],
	['an expression that gives a Date', () => "={{ new Date('2025-03-04T13:00:00Z') }}"],
])('takes %s as From', async (_form, from) => {
	const { rows, error } = await getAll({ dateRange: 'custom', from: from() as string, to: '2025-03-04 08:29:59' });
	expect(error).toBeUndefined();
	expect(digestOf(rows)).toEqual(simulator.truth({ from: '2025-03-04 08:00:00', to: '2025-03-04 08:30:00' }));
});

it('cuts a To in the future at now, with a note, and says what may still change', async () => {
	const { rows, hints } = await getAll({ dateRange: 'custom', from: '2025-03-12 09:00:00', to: '2025-04-01' });
	expect(digestOf(rows)).toEqual(simulator.truth({ from: '2025-03-12 09:00:00', to: '2025-03-13 00:00:00' }));
	expect(hints[1].message).toMatch(/^Records of 2025-03-12 14:30:0\d – 2025-03-12 15:00:0\d may still be added/);
	expect(hints[2].message).toContain('To lies in the future: read up to now.');
	// The last window is asked to the end of its minute.
	expect(simulator.requests.every(({ query }) => query.date_end <= '20250312150100')).toBe(true);
});

describe('in production the log warns', () => {
	const young = { dateRange: 'custom', from: '2025-03-12 09:00:00', to: '2025-03-12 15:00:00' };
	const settled = { dateRange: 'custom', from: '2025-03-12 09:00:00', to: '2025-03-12 14:29:00' };

	it('of records that may still come, and when it will be settled', async () => {
		const warnings = warningsOfLog();
		await getAll(settled, {}, 'trigger');
		expect(warnings.filter((line) => line.includes('may still be added'))).toEqual([]);
		await getAll(young, {}, 'trigger');
		expect(warnings).toContainEqual(
			expect.stringMatching(
				/^Wolkvox AMD: Records of 2025-03-12 14:30:0\d – 2025-03-12 14:59:59 may still be added.*15:30/,
			),
		);
	});

	it('of a midnight that is another zone’s', async () => {
		const warnings = warningsOfLog();
		const { hints } = await getAll(
			{ dateRange: 'custom', from: '2025-03-04T00:00:00-03:00', to: '2025-03-05' },
			{},
			'trigger',
		);
		const said =
			/From is 00:00:00 in a time zone of its own: on the operation's clock \(America\/Bogota\) that is 2025-03-03 22:00:00/;
		expect(hints.filter(({ message }) => said.test(message))).toHaveLength(1);
		expect(warnings).toContainEqual(expect.stringMatching(said));
	});
});

it('asks for one campaign alone', async () => {
	const { rows } = await getAll({ ...march4, campaign: { __rl: true, mode: 'id', value: ' 22110 ' } });
	expect(digestOf(rows)).toEqual(
		simulator.truth({ from: '2025-03-04 00:00:00', to: '2025-03-05 00:00:00', campaign: '22110' }),
	);
	expect(rows.length).toBeGreaterThan(0);
});

it('stops at the limit with no more requests than it needs, and returns the first ones', async () => {
	const { rows, hints } = await getAll(
		{ dateRange: 'last30Days', returnAll: false, limit: 7 },
		{ parallelRequests: 2 },
	);
	const [first] = await getAll({ dateRange: 'custom', from: '2025-02-10', to: '2025-02-10' }).then((all) => [all.rows]);
	expect(rows).toEqual(first.slice(0, 7));
	expect(hints[0].message).toMatch(/^The first \d+ .*, from .* There may be more: “Return All” gives every one\./);
	const days = simulator.requests.filter(({ query }) => query.date_ini < '20250213');
	expect(days.length).toBeLessThanOrEqual(3);
});

it('returns the records of the customers, telephones and voice files asked for', async () => {
	const all = (await getAll(march4)).rows;
	const [one, other] = [all[0], all[all.length - 1]];
	const of = async (filters: INodeParameters) => (await getAll({ ...march4, filters })).rows;
	const customers = [one.customer_id, other.customer_id];
	const wanted = all.filter(({ customer_id }) => customers.includes(customer_id));
	expect(await of({ customer: customers.join('\n') })).toEqual(wanted);
	expect(await of({ customer: `={{ ${JSON.stringify(customers)} }}` })).toEqual(wanted);
	const national = one.telephone.slice(-10);
	expect(await of({ telephone: `+57 ${national.slice(0, 3)} ${national.slice(3)}` })).toEqual(
		all.filter(({ telephone }) => telephone.endsWith(national)),
	);
	const file = all.find(({ file_name }) => file_name !== '')!.file_name;
	expect(await of({ fileName: `nothing.wav, ${file}` })).toEqual(all.filter(({ file_name }) => file_name === file));
});

it.each(['human', 'machine'])('returns %s answers alone', async (result) => {
	const all = await getAll(march4);
	const { rows } = await getAll({ ...march4, result });
	expect(rows).toEqual(all.rows.filter((row) => row.result.toLowerCase() === result));
	expect(rows.length).toBeGreaterThan(10);
});

it('adds what is asked for behind the six fields', async () => {
	const { rows } = await getAll(march4, {
		addFields: ['timestamp', 'record_id', 'is_machine', 'campaign_name', 'telephone_national', 'dial_route'],
	});
	expect(Object.keys(rows[0]).slice(6)).toEqual([
		'campaign_name',
		'dial_route',
		'is_machine',
		'record_id',
		'telephone_national',
		'timestamp',
	]);
	const names = new Map(simulator.options.campaigns.map(({ id, name }) => [id, name]));
	const wanted: Record<string, boolean> = { MACHINE: true, HUMAN: false };
	for (const row of rows) {
		expect(row.campaign_name).toBe(names.get(row.campaign_id));
		expect(row.is_machine).toBe(wanted[row.result] ?? null);
		expect(`${row.dial_route}57${row.telephone_national}`).toBe(row.telephone);
		expect(DateTime.fromISO(String(row.timestamp), { setZone: true }).toFormat('yyyy-MM-dd HH:mm:ss ZZ')).toBe(
			`${row.date} -05:00`,
		);
	}
	expect(rows.some(({ is_machine }) => is_machine === null)).toBe(true);
	expect(new Set(rows.map(({ record_id: id }) => id)).size).toBe(rows.length);
	const { customer_id, campaign_id, telephone, date, record_id } = rows[0];
	const hash = createHash('sha256')
		.update(JSON.stringify([customer_id, campaign_id, telephone, date]))
		.digest('hex');
	expect(record_id).toBe(`${hash.slice(0, 32)}-1`);
});

it('keeps the records when the campaign names cannot be had, and says so', async () => {
	// A list is kept for a minute.
	jest.spyOn(Date, 'now').mockImplementation(movingFrom(NOW_MS + 61_000));
	simulator.configure({ onRequest: ({ query }) => (query.api === 'campaigns' ? { name: 'redirect' } : undefined) });
	const { rows, hints } = await getAll(march4, { addFields: ['campaign_name'] });
	simulator.configure({ onRequest: undefined });
	expect(digestOf(rows)).toEqual(truthOf('2025-03-04', '2025-03-05'));
	expect(rows.every(({ campaign_name }) => campaign_name === null)).toBe(true);
	expect(hints[1]).toMatchObject({
		type: 'warning',
		message: expect.stringContaining('Campaign names could not be had'),
	});
});

it('reads on the clock of another zone', async () => {
	const { rows } = await getAll(
		{ dateRange: 'custom', from: '2025-03-04T16:00:00Z', to: '2025-03-04T16:59:59Z' },
		{ timezone: 'America/Mexico_City', addFields: ['timestamp'] },
	);
	expect(digestOf(rows)).toEqual(simulator.truth({ from: '2025-03-04 10:00:00', to: '2025-03-04 11:00:00' }));
	expect(rows.length).toBeGreaterThan(0);
	expect(rows[0].timestamp).toMatch(/-06:00$/);
});

it('has two requests under way only where that was allowed', async () => {
	const credentials = { server: simulator.url, token: simulator.token };
	simulator.configure({ latencyMs: 30 });
	for (const parallelRequests of [1, 2]) {
		simulator.peakInFlight = 0;
		await runNode({
			parameters: { dateRange: 'last30Days', returnAll: true, options: { parallelRequests } },
			credentials,
		});
		expect(simulator.peakInFlight).toBe(parallelRequests);
	}
	simulator.configure({ latencyMs: 0 });
});

it('tells how far it is', async () => {
	simulator.configure({ latencyMs: 700 });
	const { messages } = await getAll({ dateRange: 'last30Days' });
	simulator.configure({ latencyMs: 0 });
	expect(messages.length).toBeGreaterThan(1);
	expect(messages[0]).toMatch(/^Wolkvox AMD: \d+ % of the range read, [\d,]+ records in \d+ requests$/);
});
