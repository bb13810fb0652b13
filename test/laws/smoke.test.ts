import { digestOf, startSimulator } from '../simulator';
import { httpTransport, realWorld } from '../support/httpTransport';
import { between, runToEnd } from '../support/runs';
import { VirtualWorld } from '../support/virtualWorld';
import { wireTo } from '../support/wire';

const ranges = [
	['2024-05-06 09:00:00', '2024-05-06 09:10:00'],
	['2024-05-06', '2024-05-07'],
	['2024-05-01', '2024-05-09'],
	['2024-05-05 00:00:01', '2024-05-05 23:59:58'],
	['2024-03-01', '2024-05-01'],
] as const;

describe('over real HTTP', () => {
	test.each(ranges)('%s to %s equals the truth', async (from, to) => {
		const simulator = await startSimulator({ rowsPerDay: 3_000 });
		const { records, report } = await runToEnd(
			{ world: realWorld, transport: httpTransport(simulator.url, simulator.token) },
			{ range: between(from, to) },
		);
		const truth = simulator.truth({ from, to });
		await simulator.close();
		expect(digestOf(records)).toEqual(truth);
		expect(report.unproven).toEqual([]);
	});
});

describe('over the wire without sockets', () => {
	test.each(ranges)('%s to %s equals the truth', async (from, to) => {
		const world = new VirtualWorld();
		const wire = wireTo(world, { rowsPerDay: 3_000 });
		const { records, report } = await runToEnd({ world, transport: wire.transport }, { range: between(from, to) });
		expect(digestOf(records)).toEqual(wire.operation.truth({ from, to }));
		expect(report.unproven).toEqual([]);
	});
});
