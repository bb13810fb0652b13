import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type SimulatorOptions, startSimulator } from '../simulator';
import { runNode } from './harness';

const NEWEST = { order: 'newestFirst' };
beforeEach(() => {
	const [startMs, started] = [Date.parse('2025-03-12T20:00:00Z'), performance.now()];
	jest.spyOn(Date, 'now').mockImplementation(() => startMs + Math.floor(performance.now() - started));
});
afterEach(() => jest.restoreAllMocks());

/** Gives what one simulator answers to each set of parameters, with the requests that each took. */
async function onSimulator(options: Partial<SimulatorOptions>, ...asked: INodeParameters[]) {
	const simulator = await startSimulator({ rowsPerDay: 3_000, now: () => '2025-03-12 15:00:00', ...options });
	const results = [];
	for (const { options: chosen = {}, ...parameters } of asked) {
		simulator.requests.length = 0;
		const result = await runNode({
			parameters: { resource: 'record', operation: 'getAll', returnAll: true, ...parameters, options: chosen },
			credentials: { server: simulator.url, token: simulator.token },
		});
		const rows: IDataObject[] = result.items.map(({ json }) => json);
		results.push({ ...result, rows, requests: simulator.requests.length });
	}
	await simulator.close();
	return results;
}

const reversed = <T>(rows: T[]): T[] => [...rows].reverse();

it('turns the whole range round, with the same record_ids, equal records included', async () => {
	const range = { dateRange: 'custom', from: '2025-03-06 09:30:00', to: '2025-03-09 12:00:00' };
	const [oldest, newest] = await onSimulator({ duplicateShare: 0.1 }, range, { ...range, ...NEWEST });
	expect(newest.error).toBeUndefined();
	expect(newest.rows.length).toBeGreaterThan(3_000);
	expect(newest.rows).toEqual(reversed(oldest.rows));
	expect(new Set(newest.rows.map((row) => row.record_id)).size).toBe(newest.rows.length);
	expect(newest.hints[0].message).toMatch(/^[\d,]+ records from 2025-03-06 09:30:00 to 2025-03-09 11:59:59\./);
});

it.each([3_000, 14_000])('gives the last 50 of a month of %d a day in at most 6 requests', async (rowsPerDay) => {
	const [last, day] = await onSimulator(
		{ rowsPerDay },
		{ dateRange: 'last30Days', returnAll: false, limit: 50, ...NEWEST },
		{ dateRange: 'yesterday' },
	);
	expect(last.requests).toBeLessThanOrEqual(6);
	expect(last.rows).toEqual(reversed(day.rows).slice(0, 50));
	expect(last.hints[0].message).toMatch(/^The newest 50 of 2025-03-11, back to \d\d:\d\d:\d\d\. There may be more: /);
});

it('goes on to older days until there are enough that fit', async () => {
	const [{ rows }] = await onSimulator({}, { dateRange: 'last7Days' });
	const telephone = String(rows[100].telephone).slice(-10);
	const wanted = rows.filter((row) => String(row.telephone).endsWith(telephone));
	const [newest] = await onSimulator({}, { dateRange: 'last7Days', filters: { telephone }, ...NEWEST });
	expect(newest.rows).toEqual(reversed(wanted));
});

it('spends few requests on a long stretch without records, and finds what lies before it', async () => {
	const [stretch, before] = await onSimulator(
		{ dataTo: '2025-02-25 00:00:00' },
		{ dateRange: 'custom', from: '2025-02-01', to: '2025-03-11', returnAll: false, limit: 20, ...NEWEST },
		{ dateRange: 'custom', from: '2025-02-24', to: '2025-02-24' },
	);
	expect(stretch.rows).toEqual(reversed(before.rows).slice(0, 20));
	expect(stretch.requests).toBeLessThanOrEqual(32);
}, 60_000);

describe('where a second of the range cannot be had', () => {
	const spikes = [{ at: '2025-03-04 10:00:00', rows: 60_500, campaign: '22109' }];
	const range = { dateRange: 'custom', from: '2025-03-03', to: '2025-03-05', ...NEWEST };
	const options = { onIncomplete: 'returnProven' };

	it('names it and stops, unless it is older than what was wanted', async () => {
		const [stopped, newer] = await onSimulator({ rowsPerDay: 500, spikes }, range, {
			...range,
			returnAll: false,
			limit: 50,
		});
		expect(stopped.rows).toEqual([]);
		expect(stopped.error?.message).toMatch(
			/^Not every record could be had\. Unproven: 2025-03-04 10:00:00 – 2025-03-04 10:00:00 \(.*one second.*\)$/,
		);
		expect(newer.error).toBeUndefined();
		expect(newer.rows).toHaveLength(50);
	});

	it('gives all others of every day where that was asked for, and says in each what is missing', async () => {
		const [oldest, newest] = await onSimulator(
			{ rowsPerDay: 500, spikes },
			{ ...range, order: 'oldestFirst', options },
			{ ...range, options },
		);
		expect(newest.rows.length).toBeGreaterThan(500);
		expect(newest.rows).toEqual(reversed(oldest.rows));
		expect(newest.rows[0]).toMatchObject({ complete: false, missing: expect.stringMatching(/^2025-03-04 10:00:00/) });
	});
});

it('names the older days that the requests did not suffice for', async () => {
	const options = { onIncomplete: 'returnProven', maxRequests: 2 };
	const [{ rows }] = await onSimulator({}, { dateRange: 'last7Days', options, ...NEWEST });
	expect(String(rows[0].date)).toMatch(/^2025-03-11 /);
	expect(rows[0]).toMatchObject({
		complete: false,
		missing: expect.stringMatching(/^2025-03-05 00:00:00 – 2025-03-\d\d 23:59:59: /),
	});
});

it('refuses an order that there is not', async () => {
	const [{ error }] = await onSimulator({}, { dateRange: 'yesterday', order: 'random' });
	expect(error?.message).toContain('Order');
});

it('reads several campaigns as one does, and tells the one that is not there', async () => {
	const range = { dateRange: 'custom', from: '2025-03-08', to: '2025-03-09' };
	const campaign = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });
	const [oldest, newest, wrong] = await onSimulator(
		{},
		{ ...range, ...campaign('22109, 22110') },
		{ ...range, ...campaign('22109, 22110'), ...NEWEST },
		{ ...range, ...campaign('22109, 99999'), ...NEWEST },
	);
	expect(newest.rows.length).toBeGreaterThan(0);
	expect(newest.rows).toEqual(reversed(oldest.rows));
	expect(wrong.error?.message).toContain('99999');
});
