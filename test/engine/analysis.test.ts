import type { INodeParameters } from 'n8n-workflow';
import reportPreview from '../../nodes/WolkvoxAmd/__schema__/v1.0.0/analysis/report.json';
import contactPreview from '../../nodes/WolkvoxAmd/__schema__/v1.0.0/analysis/hardToReach.json';
import summaryPreview from '../../nodes/WolkvoxAmd/__schema__/v1.0.0/analysis/summarize.json';
import { type RawRow, type Simulator, startSimulator } from '../simulator';
import { type BinaryStorage, openFileStorage } from './binaryStorage';
import { runNode } from './harness';

const week = { dateRange: 'custom', from: '2025-03-03', to: '2025-03-09' };
const truthOfWeek = { from: '2025-03-03 00:00:00', to: '2025-03-10 00:00:00' };

let simulator: Simulator;
let rows: RawRow[];
beforeAll(async () => {
	simulator = await startSimulator({
		rowsPerDay: 3_000,
		contacts: 2_000,
		otherResults: ['FAX'],
		now: () => '2025-03-12 15:00:00',
	});
	rows = [...simulator.rows(truthOfWeek)];
});
afterAll(async () => await simulator.close());

const analysing = async (parameters: INodeParameters) =>
	await runNode({
		parameters: { resource: 'analysis', ...week, ...parameters },
		credentials: { server: simulator.url, token: simulator.token },
	});
const countOf = (result: string, some: readonly RawRow[] = rows) => some.filter((row) => row.result === result).length;

/** Runs while one second holds more records of one campaign than an answer does, so that it cannot be had. */
async function losing<T>(run: () => Promise<T>): Promise<T> {
	const { capRecords } = simulator.options;
	simulator.configure({ spikes: [{ at: '2025-03-05 10:00:00', rows: 500, campaign: '7' }], capRecords: 500 });
	return await run().finally(() => simulator.configure({ spikes: [], capRecords }));
}

describe('summarize', () => {
	it('gives one total, to the record', async () => {
		const { items, hints } = await analysing({ operation: 'summarize', groupBy: [] });
		const [human, machine] = [countOf('HUMAN'), countOf('MACHINE')];
		expect(items).toEqual([
			{
				json: {
					records: rows.length,
					human,
					machine,
					other: rows.length - human - machine,
					human_rate: Number((human / (human + machine)).toFixed(4)),
					machine_rate: Number((machine / (human + machine)).toFixed(4)),
					first_record: rows[0].date,
					last_record: rows.at(-1)!.date,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints[1].message).toContain(`${rows.length.toLocaleString('en-US')} records`);
	});

	it('counts by campaign with its name, and by day, in order', async () => {
		const { items } = await analysing({ operation: 'summarize', groupBy: ['day', 'campaign'] });
		expect(items.reduce((sum, { json }) => sum + Number(json.records), 0)).toBe(rows.length);
		const days = [...new Set(rows.map(({ date }) => date.slice(0, 10)))];
		const names = { 7: 'Encuesta', 22109: 'COBRANZA BOGOTÁ', 22110: 'Ventas Medellín', 26687: 'RENOVACIÓN 2024/25' };
		expect(items.map(({ json }) => [json.campaign_id, json.campaign_name, json.day])).toEqual(
			Object.entries(names).flatMap(([id, name]) =>
				days
					.filter((day) => rows.some((row) => row.campaign_id === id && row.date.startsWith(day)))
					.map((day) => [id, name, day]),
			),
		);
	});

	it('asks for names only where they are shown', async () => {
		simulator.requests.length = 0;
		await analysing({ operation: 'summarize', groupBy: ['hour'] });
		expect(simulator.requests.filter(({ path }) => path.includes('information'))).toEqual([]);
	});

	it('stops where something is missing, or counts what is proven with a warning where that is wanted', async () => {
		const stopped = await losing(async () => await analysing({ operation: 'summarize', groupBy: [] }));
		expect([stopped.items, stopped.error?.message]).toEqual([[], expect.stringContaining('2025-03-05 10:00:00')]);
		const proven = await losing(
			async () => await analysing({ operation: 'summarize', groupBy: [], options: { onIncomplete: 'returnProven' } }),
		);
		expect(proven.items[0].json.records).toBe(rows.filter(({ date }) => date !== '2025-03-05 10:00:00').length);
		expect(proven.hints[0]).toMatchObject({ type: 'warning', message: expect.stringContaining('2025-03-05 10:00:00') });
	});

	it('serves several input items, each with its own total', async () => {
		const { items } = await runNode({
			parameters: {
				resource: 'analysis',
				operation: 'summarize',
				...week,
				groupBy: [],
				campaign: '={{ $json.campaign }}',
			},
			items: [{ json: { campaign: '7' } }, { json: { campaign: 'all' } }],
			credentials: { server: simulator.url, token: simulator.token },
		});
		expect(items.map(({ json, pairedItem }) => [json.records, pairedItem])).toEqual([
			[rows.filter(({ campaign_id }) => campaign_id === '7').length, { item: 0 }],
			[rows.length, { item: 1 }],
		]);
	});

	it.each([
		[{ groupBy: ['month'] }, 'Group By is not one that can be chosen: “month”'],
		[{ campaign: 'sales' }, 'Campaign is not the number of a campaign: “sales”'],
		[{ options: { timezone: 'Bogota' } }, 'Timezone is not a time zone: “Bogota”'],
	])('tells %j before any request', async (parameters, message) => {
		simulator.requests.length = 0;
		const { error } = await analysing({ operation: 'summarize', ...parameters });
		expect(error?.message).toContain(message);
		expect(simulator.requests).toHaveLength(0);
	});
});

describe('hard-to-reach contacts', () => {
	const telephoneOf = ({ telephone }: RawRow) => /^(?:\d*?57)?(\d{10})$/.exec(telephone)?.[1] ?? telephone;
	/** By looking through all rows for each contact; without an id by telephone. */
	const contacts = (identifyBy: 'customer' | 'telephone') => {
		const keyOf = (row: RawRow) =>
			identifyBy === 'customer' && row.customer_id !== '' ? `id ${row.customer_id}` : `telephone ${telephoneOf(row)}`;
		const groups = new Map<string, RawRow[]>();
		for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
		return [...groups.values()];
	};
	const recompute = (identifyBy: 'customer' | 'telephone', minCalls: number, includeReached: boolean) =>
		contacts(identifyBy)
			.filter((own) => own.length >= minCalls && (includeReached || countOf('HUMAN', own) === 0))
			.sort((a, b) => b.length - a.length);

	it('come with what was tried and what to try, most calls first', async () => {
		const { items, hints } = await analysing({ operation: 'hardToReach', returnAll: true });
		const expected = recompute('customer', 3, false);
		expect(items.map(({ json }) => json.calls)).toEqual(expected.map((own) => own.length));
		const own = expected.find(
			(some) => some[0].customer_id === items[0].json.customer_id && some.length === items[0].json.calls,
		)!;
		const names: Record<string, string> = {
			7: '7 Encuesta',
			22109: '22109 COBRANZA BOGOTÁ',
			22110: '22110 Ventas Medellín',
			26687: '26687 RENOVACIÓN 2024/25',
		};
		expect(Object.entries(items[0].json)).toEqual([
			['customer_id', own[0].customer_id],
			['telephone', own.at(-1)!.telephone],
			['telephones', expect.stringMatching(/^\d+(, \d+)*$/)],
			[
				'campaigns',
				[...new Set(own.map(({ campaign_id }) => campaign_id))]
					.sort((a, b) => Number(a) - Number(b))
					.map((id) => names[id])
					.join(', '),
			],
			['calls', own.length],
			['machine', countOf('MACHINE', own)],
			['human', 0],
			['other', countOf('FAX', own)],
			['first_call', own[0].date],
			['last_call', own.at(-1)!.date],
			['last_human', null],
			['hours_tried', [...new Set(own.map(({ date }) => `${date.slice(11, 13)}:00`))].sort().join(', ')],
			['times_to_try', expect.any(String)],
			['next_try', expect.anything()],
			['advice', own.length >= 8 ? 'rest' : 'try'],
		]);
		expect(hints.map(({ message }) => message).join('\n')).toContain(
			`${expected.length} of ${contacts('customer').length.toLocaleString('en-US')} contacts match`,
		);
	});

	it('are told by telephone, from more calls on, up to a limit, the reached ones too, in the language, as wanted', async () => {
		const { items } = await analysing({
			operation: 'hardToReach',
			identifyBy: 'telephone',
			minCalls: 5,
			limit: 7,
			options: { includeReached: true, language: 'es' },
		});
		const expected = recompute('telephone', 5, true);
		expect(items.map(({ json }) => json.calls)).toEqual(expected.slice(0, 7).map((own) => own.length));
		expect(items.some(({ json }) => json.last_human !== null)).toBe(true);
		expect(items.map(({ json }) => json.advice)).toContain('intentar');
	});

	it('that are few come with a hint', async () => {
		const { hints } = await analysing({ operation: 'hardToReach', minCalls: 40 });
		expect(hints.map(({ message }) => message).join('\n')).toContain(
			'Few contacts have 40 calls or more in this range',
		);
	});

	it.each([
		[{ minCalls: 0 }, 'Min Calls is not a whole number from 1 upwards'],
		[{ identifyBy: 'name' }, 'One Row Per is not one that can be chosen: “name”'],
		[{ options: { callingHours: 'office hours' } }, 'Calling Hours cannot be read: “office hours”'],
		[{ options: { country: 'Colombia' } }, 'Country is not one that can be chosen: “Colombia”'],
		[{ options: { language: 'fr' } }, 'Language is not one that can be chosen: “fr”'],
		[{ limit: 0 }, 'Limit is not a whole number from 1 upwards'],
	])('tell %j before any request', async (parameters, message) => {
		simulator.requests.length = 0;
		const { error } = await analysing({ operation: 'hardToReach', ...parameters });
		expect(error?.message).toContain(message);
		expect(simulator.requests).toHaveLength(0);
	});
});

describe('report', () => {
	let storage: BinaryStorage;
	beforeAll(async () => {
		storage = await openFileStorage();
	});
	afterAll(async () => await storage.close());

	const fileName = 'amd-report-7-2025-03-03-2025-03-09.html';
	const ownRows = (from: string, to: string) =>
		[...simulator.rows({ from, to })].filter(({ campaign_id }) => campaign_id === '7');
	const shareOf = (some: readonly RawRow[]) =>
		`${((100 * countOf('HUMAN', some)) / (countOf('HUMAN', some) + countOf('MACHINE', some))).toFixed(1).replace('.', ',')}%`;

	it('is one page in the named field, with what it counted, and the period before', async () => {
		const { items, error, hints } = await analysing({ operation: 'report', campaign: '7', binaryPropertyName: 'page' });
		expect(error).toBeUndefined();
		const page = await storage.read(items[0].binary!.page);
		const own = ownRows(truthOfWeek.from, truthOfWeek.to);
		expect(items).toEqual([
			{
				json: {
					file_name: fileName,
					records: own.length,
					range_from: '2025-03-03 00:00:00',
					range_to: '2025-03-09 23:59:59',
					campaign: '7',
					size_bytes: page.length,
				},
				binary: { page: expect.objectContaining({ fileName, mimeType: 'text/html' }) },
				pairedItem: { item: 0 },
			},
		]);
		const before = ownRows('2025-02-24 00:00:00', '2025-03-03 00:00:00');
		expect(page.toString()).toContain('Encuesta (7), 3 – 9 Mar 2025');
		expect(page.toString()).toContain(`A person answered ${shareOf(own)} of the calls`);
		expect(page.toString()).toContain(`(24 Feb – 2 Mar 2025: ${shareOf(before)})`);
		expect(page.toString()).toMatch(/Made \d+ \w{3} \d{4} \d\d:\d\d \(America\/Bogota\)/);
		expect(hints.map(({ message }) => message).join('\n')).toContain(
			`Compared with the ${before.length.toLocaleString('en-US')} records`,
		);
	});

	it('reads no other period where that is not wanted, or the range is longer than a month', async () => {
		const requestsOf = async (parameters: INodeParameters) => {
			simulator.requests.length = 0;
			const { items } = await analysing({ operation: 'report', campaign: '7', ...parameters });
			const asked = simulator.requests
				.map(({ query }) => query.date_ini)
				.filter(Boolean)
				.sort();
			return { first: asked[0]?.slice(0, 8), page: (await storage.read(items[0].binary!.data)).toString() };
		};
		expect((await requestsOf({ options: { comparePeriod: 'never' } })).first).toBe('20250302');
		expect((await requestsOf({ options: { comparePeriod: 'always' } })).first).toBe('20250223');
		expect((await requestsOf({ from: '2025-02-03', to: '2025-03-09' })).page).not.toContain('before');
	});

	it('puts the page and a plain text into the item where that is wanted, in Spanish too', async () => {
		const { items } = await analysing({ operation: 'report', language: 'es', options: { htmlAndText: true } });
		const { html, text } = items[0].json;
		expect(html).toBe((await storage.read(items[0].binary!.data)).toString());
		expect(text).toMatch(
			/^Detección de contestadores \(AMD\)\nTodas las campañas, 3 – 9 mar 2025\n\nContestadas por persona: /,
		);
	});

	it('names on the page what is missing from it', async () => {
		const { items } = await losing(
			async () => await analysing({ operation: 'report', options: { onIncomplete: 'returnProven' } }),
		);
		expect((await storage.read(items[0].binary!.data)).toString()).toMatch(
			/Note:[^]*not complete[^]*2025-03-05 10:00:00/,
		);
	});

	it('does without the period before where that cannot be read, and says so on the page and in a warning', async () => {
		const { items, hints } = await losing(
			async () => await analysing({ operation: 'report', from: '2025-03-06', to: '2025-03-07' }),
		);
		expect((await storage.read(items[0].binary!.data)).toString()).toContain('The period before could not be read');
		expect(hints).toContainEqual(
			expect.objectContaining({ type: 'warning', message: expect.stringContaining('nothing is compared') }),
		);
	});
});

test('the field previews of the editor name what comes', async () => {
	const keysOf = async (parameters: INodeParameters) =>
		Object.keys((await analysing({ campaign: '7', ...parameters })).items[0].json);
	expect(await keysOf({ operation: 'summarize', groupBy: ['campaign', 'day', 'hour', 'weekday', 'fileName'] })).toEqual(
		Object.keys(summaryPreview.properties),
	);
	expect(await keysOf({ operation: 'hardToReach', minCalls: 1 })).toEqual(Object.keys(contactPreview.properties));
	expect(await keysOf({ operation: 'report' })).toEqual(Object.keys(reportPreview.properties));
});
