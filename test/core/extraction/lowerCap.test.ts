import { apiLimits } from '../../../core/limits';
import type { Transport } from '../../../core/api/ports';
import type { ExtractOptions } from '../../../core/extraction/options';
import { type SimulatorOptions, digestOf, wallSeconds } from '../../simulator';
import { between, runToEnd } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';
import { contains, secondsOf } from '../../../core/time/window';
import { type Wire, wireTo } from '../../support/wire';

const days = between('2024-05-06', '2024-05-08');
let hosts = 0;

interface Played {
	readonly range?: ExtractOptions['range'];
	readonly over?: (wire: Wire) => Transport;
}

async function read(api: Partial<SimulatorOptions>, { range = days, over = (wire) => wire.transport }: Played = {}) {
	const world = new VirtualWorld();
	const wire = wireTo(world, {
		shape: 'callCentre',
		now: () => '2024-06-30 00:00:00',
		duplicateShare: 0,
		...api,
	});
	const host = `lower-cap-${hosts++}`;
	const run = await runToEnd({ world, transport: over(wire), host }, { range, capRecords: apiLimits.capRecords });
	return { ...run, isExact: digestOf(run.records).digest === wire.operation.truth(range).digest, wire };
}

describe.each(['cutOldest'] as const)('an answer that is cut (%s) just below 60,000', (overCap) => {
	test.each([59_000, 59_999])('at %d loses nothing', async (capRecords) => {
		const run = await read({ capRecords, overCap, rowsPerDay: 70_000 });
		expect(run.report.unproven).toEqual([]);
		expect(run.isExact).toBe(true);
	});
});

test.each([4_999, 5_000])('a cap of %d, of which nothing is known, loses nothing', async (capRecords) => {
	const run = await read({ capRecords, rowsPerDay: 20_000 });
	expect(run.report.unproven).toEqual([]);
	expect(run.isExact).toBe(true);
});

test.each([4_321, 5_000])('a cap that falls to %d in mid-run loses nothing in silence', async (lower) => {
	const run = await read(
		{ rowsPerDay: 12_000 },
		{
			range: between('2024-05-06', '2024-05-12'),
			over: (wire) => (request) => {
				if (wire.sent.length === 2) wire.options.capRecords = lower;
				return wire.transport(request);
			},
		},
	);
	expect(run.report.windows).toBeGreaterThan(4);
	const unproven = run.report.unproven.map(({ window }) => window);
	const missing = unproven.reduce((sum, window) => sum + run.wire.operation.count(window), 0);
	expect(missing).toBeLessThan(24_000);
	if (missing === 0) expect(run.isExact).toBe(true);
	else expect(run.report.unproven.every(({ failure }) => failure.kind === 'tooMany')).toBe(true);
});

describe('a second with a round number of records', () => {
	const at = '2024-05-06 10:00:00';
	const second = { from: wallSeconds(at), to: wallSeconds(at) + 1 };

	test.each([500, 15_000])('of %d comes whole where an answer held more', async (rows) => {
		const spikes = [
			{ at: '2024-05-05 10:00:00', rows: rows + 1 },
			{ at, rows },
		];
		const range = between('2024-05-05', '2024-05-07');
		const run = await read({ rowsPerDay: 0, spikes }, { range });
		expect(run.report.unproven).toEqual([]);
		expect(run.records).toHaveLength(2 * rows + 1);
	});

	test.each([500, 15_000])('of %d, all that there is, comes whole where its campaigns add up to it', async (rows) => {
		for (const range of [second, between('2024-05-06', '2024-05-07')]) {
			const run = await read({ rowsPerDay: 0, spikes: [{ at, rows }] }, { range });
			expect(run.report.unproven).toEqual([]);
			expect(run.isExact).toBe(true);
		}
	});

	test.each([500, 15_000])('of %d of one campaign, all that there is, is named: it may be a part', async (rows) => {
		for (const range of [second, between('2024-05-06', '2024-05-07')]) {
			const run = await read({ rowsPerDay: 0, spikes: [{ at, rows, campaign: '7' }] }, { range });
			expect(run.report.unproven).toEqual([{ window: second, failure: expect.objectContaining({ kind: 'tooMany' }) }]);
			expect(run.report.requests).toBeLessThanOrEqual(130);
		}
	});

	test('that was cut is unproven, with the seconds beside it, and all else is there', async () => {
		const run = await read({ rowsPerDay: 3_000, capRecords: 500, spikes: [{ at, rows: 700, campaign: '7' }] });
		const named = run.report.unproven.map(({ window }) => window);
		expect(named.reduce((sum, window) => sum + secondsOf(window), 0)).toBeLessThan(200);
		expect(named.some((window) => contains(window, second.from))).toBe(true);
		const elsewhere = run.records.filter(({ date }) => !named.some((window) => contains(window, wallSeconds(date))));
		const missing = named.reduce((sum, window) => sum + run.wire.operation.count(window), 0);
		expect(elsewhere).toHaveLength(run.wire.operation.count(days) - missing);
	});
});
