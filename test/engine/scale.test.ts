/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { type OverCap, type RawRow, type Simulator, digestOf, startSimulator } from '../simulator';
import { runNode } from './harness';

// A million records take as long as the machine lets them: nothing is timed here.
jest.setTimeout(300_000);

const now = '2025-06-10 08:00:00';
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ now: () => now, gzip: false, prettyPrint: false });
});
afterAll(async () => await simulator.close());

/** What comes out of the node for whole days, as the order-free digest that the simulator's truth has too. */
async function read(from: string, to: string) {
	const { items, error } = await runNode({
		parameters: { resource: 'record', operation: 'getAll', dateRange: 'custom', from, to, returnAll: true },
		credentials: { server: simulator.url, token: simulator.token },
		mode: 'trigger',
	});
	expect(error).toBeUndefined();
	return digestOf(items.map(({ json }) => json as RawRow & typeof json));
}

it('92 days at 14,000 a day: every record once', async () => {
	simulator.configure({ rowsPerDay: 14_000 });
	expect(await read('2025-03-01', '2025-05-31')).toEqual(
		simulator.truth({ from: '2025-03-01 00:00:00', to: '2025-06-01 00:00:00' }),
	);
});

// One mode belongs to every run of the tests; SCALE=all adds the others, which cost ten seconds each.
const modes: OverCap[] =
	process.env.SCALE === 'all'
		? ['cutNewest', 'cutOldest', 'cutRandom', 'grouped', 'error400', 'error500', 'notFound']
		: ['grouped'];

it.each(modes)(
	'10 days at 100,000 a day, what is over the cap answered with %s: every record once',
	async (overCap) => {
		simulator.configure({ rowsPerDay: 100_000, overCap });
		const found = await read('2025-03-03', '2025-03-12');
		expect(simulator.requests.some(({ matched }) => (matched ?? 0) > 60_000)).toBe(true);
		expect(found).toEqual(simulator.truth({ from: '2025-03-03 00:00:00', to: '2025-03-13 00:00:00' }));
	},
);
