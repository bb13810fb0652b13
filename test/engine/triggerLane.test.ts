/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { type Simulator, startSimulator } from '../simulator';
import { movableClock } from './clock';
import { isPolling, presenceOf } from '../../nodes/WolkvoxAmdTrigger/processState';
import { runNode } from './harness';
import { Poller } from './poller';

const clock = movableClock();
let simulator: Simulator;
afterEach(() => simulator.close());

const week = {
	resource: 'record',
	operation: 'getAll',
	campaign: { __rl: true, mode: 'list', value: 'all' },
	dateRange: 'last7Days',
	returnAll: true,
	options: { parallelRequests: 1 },
};

test('beside a node that runs with the same token, a poll takes its turn: never two requests at once', async () => {
	simulator = await startSimulator({ rowsPerDay: 5_000, latencyMs: 150 });
	const credentials = { server: simulator.url, token: simulator.token };
	const poller = new Poller({ credentials, workflowId: 'lane' });
	await poller.activate();
	simulator.peakInFlight = 0;
	const running = runNode({ parameters: week, credentials });
	for (let read = 0; read < 3; read++) {
		clock.moveOn(300_000);
		await poller.tick();
	}
	expect((await running).error).toBeUndefined();
	expect(poller.errors).toEqual([]);
	expect(simulator.peakInFlight).toBe(1);
});

test('the wait for a turn ends with the tick, and changes nothing', async () => {
	simulator = await startSimulator({ rowsPerDay: 5_000, latencyMs: 100 });
	const credentials = { server: simulator.url, token: simulator.token };
	const poller = new Poller({ credentials, workflowId: 'waiting', budgetMs: 8_000 });
	await poller.activate();
	const before = JSON.stringify(poller.saved);
	simulator.configure({ latencyMs: 9_000 });
	const stop = new AbortController();
	const running = runNode({ parameters: week, credentials, signal: stop.signal });
	while (simulator.connections() === 0) await new Promise((resolve) => setImmediate(resolve));
	clock.moveOn(300_000);
	const startedMs = performance.now();
	await poller.tick();
	expect(performance.now() - startedMs).toBeLessThan(7_500);
	expect(simulator.peakInFlight).toBe(1);
	expect(poller.errors).toEqual([]);
	expect(JSON.stringify(poller.saved)).toBe(before);
	stop.abort();
	await running;
}, 30_000);

test('a poll that hangs in n8n itself stops the next ones for a quarter of an hour, not for ever', () => {
	const presence = presenceOf('hung', 'node');
	presence.pollingSinceMs = 0;
	expect([1_000, 14 * 60_000, 16 * 60_000].map((nowMs) => isPolling(presence, nowMs))).toEqual([true, true, false]);
});

test('a trigger is known as long as its process lives, and the one that polled longest ago is forgotten past 5,000', () => {
	const presence = presenceOf('quarterly', 'node');
	const unused = presenceOf('deleted long ago', 'node');
	for (let n = 0; n < 4_998; n++) presenceOf(`another ${n}`, 'node');
	expect(presenceOf('quarterly', 'node')).toBe(presence);
	presenceOf('one more', 'node');
	expect(presenceOf('quarterly', 'node')).toBe(presence);
	expect(presenceOf('deleted long ago', 'node')).not.toBe(unused);
});
