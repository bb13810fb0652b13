import { apiLimits } from '../../../core/limits';
import type { ExtractOptions } from '../../../core/extraction/options';
import { type SimulatorOptions, digestOf } from '../../simulator';
import { between, runToEnd } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';
import { wireTo } from '../../support/wire';

let hosts = 0;

async function read(
	api: Partial<SimulatorOptions>,
	range: ExtractOptions['range'],
	capRecords: number = apiLimits.capRecords,
) {
	const world = new VirtualWorld();
	const wire = wireTo(world, { shape: 'callCentre', now: () => '2024-06-30 00:00:00', ...api });
	const host = `emptiness-${hosts++}`;
	const run = await runToEnd({ world, transport: wire.transport, host }, { range, capRecords });
	expect(run.report.unproven).toEqual([]);
	expect(digestOf(run.records).digest).toBe(wire.operation.truth(range).digest);
	return run;
}

test.each([
	['an hour', between('2024-05-06 10:00:00', '2024-05-06 11:00:00'), 2],
	['a Sunday', between('2024-05-05', '2024-05-06'), 4],
	['a month', between('2024-05-01', '2024-06-01'), 8],
])('where it is true that there is nothing in %s, that takes few requests', async (_what, range, atMost) => {
	const { report } = await read({ dataTo: '2020-01-01' }, range);
	expect(report.requests).toBeLessThanOrEqual(atMost);
	expect(report.empty).toEqual([range]);
});

test('eleven years of nothing before the first record take less than a third of what a licence may ask in a day', async () => {
	const { report } = await read(
		{ dataFrom: '2024-05-01', rowsPerDay: 300 },
		between('2013-01-01 00:00:00', '2024-06-01'),
	);
	expect(report.records).toBeGreaterThan(5_000);
	expect(report.requests).toBeLessThanOrEqual(320);
});
