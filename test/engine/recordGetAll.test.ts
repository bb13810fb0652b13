import { type RawRow, type Simulator, digestOf, startSimulator } from '../simulator';
import { runNode } from './harness';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 3_000, now: () => '2025-03-12 15:00:00' });
});
afterAll(async () => await simulator.close());

it('gives every record of a range once, in order of time', async () => {
	const { items, error } = await runNode({
		parameters: { resource: 'record', operation: 'getAll', dateRange: 'custom', from: '2025-03-03', to: '2025-03-09', returnAll: true },
		credentials: { server: simulator.url, token: simulator.token },
	});
	expect(error).toBeUndefined();
	const rows = items.map(({ json }) => json as RawRow & typeof json);
	expect(digestOf(rows)).toEqual(simulator.truth({ from: '2025-03-03 00:00:00', to: '2025-03-10 00:00:00' }));
	const dates = rows.map(({ date }) => date);
	expect(dates).toEqual([...dates].sort());
});
