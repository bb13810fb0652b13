/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type INodeParameters, sleep } from 'n8n-workflow';

import { type RawRow, type Simulator, digestOf, startSimulator } from '../simulator';
import { runNode } from './harness';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({
		rowsPerDay: 500,
		now: () => '2025-03-12 15:00:00',
		capRecords: 60_000,
		// More in one second, of one campaign, than one answer can hold: nobody can prove it.
		spikes: [{ at: '2025-03-04 10:00:00', rows: 60_500, campaign: '22109' }],
		prettyPrint: false,
	});
});
afterAll(async () => await simulator.close());

const run = async (options: INodeParameters, parameters: INodeParameters = {}) =>
	await runNode({
		parameters: {
			dateRange: 'custom',
			from: '2025-03-04 09:00:00',
			to: '2025-03-04 10:59:59',
			returnAll: true,
			...parameters,
			options,
		},
		credentials: { server: simulator.url, token: simulator.token },
	});

it('stops and names the second that cannot be proven, and how to get unstuck', async () => {
	const { error, items } = await run({});
	expect(error?.name).toBe('NodeOperationError');
	expect(error?.message).toMatch(
		/^Not every record could be had\. Unproven: 2025-03-04 10:00:00 – 2025-03-04 10:00:00 \(.*one second.*\)$/,
	);
	expect(error?.description).toMatch(
		/All Campaigns.*single ones.*set “If Data Is Missing” to “Return What Is Complete, With a Warning”/,
	);
	expect(items).toEqual([]);
});

it('says in every item that nothing is missing, in the same fields, and in none of them where it would stop', async () => {
	const range = { from: '2025-03-04 11:00:00', to: '2025-03-04 11:30:00' };
	const said = await run({ onIncomplete: 'returnProven' }, range);
	expect(said.items.length).toBeGreaterThan(0);
	for (const { json } of said.items) expect(json).toMatchObject({ complete: true, missing: null });
	const { items } = await run({}, range);
	for (const { json } of items) expect(Object.keys(json)).not.toContain('complete');
});

it('stops where not one item came and something is missing', async () => {
	const second = { from: '2025-03-04 10:00:00', to: '2025-03-04 10:00:01' };
	const { items, error } = await run({ onIncomplete: 'returnProven' }, second);
	expect(items).toEqual([]);
	expect(error?.message).toContain('one second');
});

it('returns the rest, exact, with a warning that names the second', async () => {
	const { items, error, hints } = await run({ onIncomplete: 'returnProven' });
	expect(error).toBeUndefined();
	const rest = [
		...simulator.rows({ from: '2025-03-04 09:00:00', to: '2025-03-04 10:00:00' }),
		...simulator.rows({ from: '2025-03-04 10:00:01', to: '2025-03-04 11:00:00' }),
	];
	expect(digestOf(items.map(({ json }) => json as RawRow & typeof json))).toEqual(digestOf(rest));
	for (const { json } of items)
		expect(json).toMatchObject({
			complete: false,
			missing: expect.stringMatching(/^2025-03-04 10:00:00 – 10:00:00: .*one second/),
		});
	expect(hints).toEqual([
		{
			type: 'warning',
			location: 'outputPane',
			message: expect.stringContaining('Unproven: 2025-03-04 10:00:00 – 2025-03-04 10:00:00 ('),
		},
		{ type: 'info', location: 'outputPane', message: expect.stringMatching(/^97 records /) },
	]);
});

it('does not pass over a hole to fill a limit', async () => {
	const { error } = await run({}, { returnAll: false, limit: 200, from: '2025-03-04 10:00:00', to: '2025-03-05' });
	expect(error?.message).toMatch(/^Not every record could be had\. Unproven: 2025-03-04 10:00:00/);
});

it('names what a limit on requests left out', async () => {
	const { error } = await run({ maxRequests: 1 }, { from: '2025-01-01', to: '2025-02-28' });
	expect(error?.message).toMatch(
		/^Not every record could be had\. Unproven: 2025-01-\d\d 00:00:00 – 2025-02-28 23:59:59 \(The run stopped at its limit of 1 request\)$/,
	);
	expect(error?.description).toContain('Raise “Requests to Use at Most”');
});

it.each(['stop', 'returnProven'])(
	'throws what the API refuses where nothing is proven, with %s',
	async (onIncomplete) => {
		const { error } = await runNode({
			parameters: { options: { onIncomplete } },
			credentials: { server: simulator.url, token: 'wrong' },
		});
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '403',
			message: `Wolkvox does not accept this token on ${new URL(simulator.url).host}`,
		});
		expect(error?.context?.itemIndex).toBe(0);
	},
);

it('ends within a second when the execution is cancelled in a wait', async () => {
	simulator.configure({ backup: { from: '00:00:00', to: '23:59:59' } });
	const stop = new AbortController();
	const startedMs = Date.now();
	const running = runNode({
		parameters: {},
		signal: stop.signal,
		credentials: { server: simulator.url, token: simulator.token },
	});
	while (simulator.requests.at(-1)?.outcome !== 'backup') await sleep(10);
	stop.abort();
	await running;
	expect(Date.now() - startedMs).toBeLessThan(1_500);
	const asked = simulator.requests.length;
	await sleep(2_500);
	expect(simulator.requests.length).toBe(asked);
	simulator.configure({ backup: null });
});

it('keeps the token out of every text, should the server echo it', async () => {
	const token = simulator.token;
	simulator.configure({ onRequest: () => ({ name: 'redirect', location: `http://127.0.0.1:9/${token}` }) });
	const { error, messages, run: whole } = await run({});
	simulator.configure({ onRequest: undefined });
	expect(error?.message).toContain('points to another address');
	expect(JSON.stringify([error?.message, error?.description, messages, whole.data.resultData])).not.toContain(token);
});

it('keeps it out where the text is cut in its middle', async () => {
	const echoed = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a';
	for (const cutAt of [1, 4, 48, 51]) {
		const server = createServer((_, response) => {
			response.writeHead(403).end(
				JSON.stringify({
					code: '403',
					error: 'Forbidden',
					msg: `Not for you. ${'x'.repeat(186 - cutAt)} ${echoed.toUpperCase()}`,
				}),
			);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const {
			error,
			messages,
			run: whole,
		} = await runNode({ parameters: {}, credentials: { server: `http://127.0.0.1:${port}`, token: echoed } });
		await new Promise((resolve) => server.close(resolve));
		expect(error?.message).toContain('Not for you. xxx');
		expect(
			JSON.stringify([error?.message, error?.description, messages, whole.data.resultData]).toLowerCase(),
		).not.toContain(echoed.slice(0, 4));
	}
});
