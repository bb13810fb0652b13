import { type ICredentialsDecrypted, type IExecuteFunctions, sleep } from 'n8n-workflow';

import type { BodyEnd, Exchange, Transport } from '../../core/api/ports';
import { readServer } from '../../core/api/server';
import { transportOf } from '../../nodes/shared/connection/transport';
import { type RequestLogEntry, type Simulator, startSimulator } from '../simulator';
import { runNode } from './harness';
import { probeOf } from './probeNode';

const DAY = { api: 'campaign_7', campaign_id: 'all', date_ini: '20250304000000', date_end: '20250304235959' };

/** What a request through n8n's helper must do, whichever line of n8n carries it. */
export function transportCases(): void {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator({ rowsPerDay: 20_000, now: () => '2025-03-12 15:00:00' });
	});
	afterAll(async () => await simulator.close());
	beforeEach(() => simulator.configure({ faults: {}, rowsPerSecond: Infinity, pace: 'head', gzip: true }));

	/** Runs `use` with a transport, inside an execution. */
	async function within<T>(
		use: (transport: Transport, context: IExecuteFunctions) => Promise<T>,
		{ idleTimeoutMs = 30_000, signal }: { idleTimeoutMs?: number; signal?: AbortSignal } = {},
	): Promise<T> {
		const server = readServer(simulator.url);
		if (!server.ok) throw new Error('no server');
		const credentials = { server: simulator.url, token: simulator.token };
		const credential: ICredentialsDecrypted = { id: '1', name: 'Test', type: 'wolkvoxApi', data: credentials };
		let result: T | undefined;
		const { error } = await runNode({
			parameters: {},
			credentials,
			signal,
			nodeType: probeOf(async (context) => {
				result = await use(transportOf(context, server.value, credential, idleTimeoutMs), context);
			}),
		});
		if (!signal) expect(error).toBeUndefined();
		return result as T;
	}

	const ask = (timeoutMs = 10_000, signal = new AbortController().signal) => ({
		path: 'reports_manager.php' as const,
		query: DAY,
		timeoutMs,
		signal,
	});

	async function read(exchange: Exchange, onBytes: (bytes: Uint8Array) => boolean = () => true): Promise<BodyEnd> {
		if (exchange.status === null) throw new Error(`no reply: ${exchange.why} ${exchange.code}`);
		return await exchange.read(onBytes);
	}

	/** The server's own account of the last request, once its connection is closed or its answer is out. */
	async function seenByServer(): Promise<RequestLogEntry> {
		const entry = simulator.requests.at(-1)!;
		for (let waitedMs = 0; entry.endedAt === null && waitedMs < 2_000; waitedMs += 20) await sleep(20);
		return entry;
	}

	it('hands over a whole body as it was sent, inflated, with the token in its header', async () => {
		let bytes = 0;
		const { end, status } = await within(async (transport) => {
			const exchange = await transport(ask());
			return { end: await read(exchange, (chunk) => (bytes += chunk.length) > 0), status: exchange.status };
		});
		expect({ end, status }).toEqual({ end: 'complete', status: 200 });
		const entry = await seenByServer();
		expect(entry.headers).toMatchObject({ 'wolkvox-token': simulator.token, 'accept-encoding': 'gzip' });
		expect(entry.clientClosed).toBe(false);
		expect(bytes).toBeGreaterThan(2 * entry.bytes);
	});

	it('ends a request whose head does not come, and the server sees the connection close', async () => {
		simulator.configure({ faults: { script: ['stallHead'] } });
		const startedMs = Date.now();
		const exchange = await within(async (transport) => await transport(ask(500)));
		expect(exchange).toMatchObject({ status: null, why: 'timedOut' });
		expect(Date.now() - startedMs).toBeLessThan(1_500);
		expect((await seenByServer()).clientClosed).toBe(true);
	});

	it('ends a body that goes silent, and the server sees the connection close', async () => {
		simulator.configure({ faults: { script: ['stallBody'] } });
		const end = await within(async (transport) => await read(await transport(ask())), { idleTimeoutMs: 400 });
		expect(end).toBe('stalled');
		expect((await seenByServer()).clientClosed).toBe(true);
	});

	it('ends a body that comes too slowly at its time limit, silence or not', async () => {
		simulator.configure({ rowsPerSecond: 500, pace: 'body', gzip: false });
		const end = await within(async (transport) => await read(await transport(ask(700))), { idleTimeoutMs: 5_000 });
		expect(end).toBe('timedOut');
		expect((await seenByServer()).clientClosed).toBe(true);
	});

	it('closes the connection when its reader has enough', async () => {
		simulator.configure({ rowsPerSecond: 2_000, pace: 'body', gzip: false });
		const end = await within(async (transport) => await read(await transport(ask()), () => false));
		expect(end).toBe('stopped');
		expect((await seenByServer()).clientClosed).toBe(true);
	});

	it.each([
		['during a head', { faults: { script: ['stallHead' as const] } }],
		['during a body', { faults: { script: ['stallBody' as const] } }],
	])('ends at once when the run is cancelled %s', async (_when, changes) => {
		simulator.configure(changes);
		const run = new AbortController();
		void sleep(300).then(() => run.abort());
		const startedMs = Date.now();
		const end = await within(async (transport) => {
			const exchange = await transport(ask(10_000, run.signal));
			return exchange.status === null ? exchange.why : await read(exchange);
		});
		expect(end).toBe('cancelled');
		expect(Date.now() - startedMs).toBeLessThan(900);
		expect((await seenByServer()).clientClosed).toBe(true);
	});

	it('hears of a cancelled execution from n8n itself', async () => {
		simulator.configure({ faults: { script: ['stallBody'] } });
		const stop = new AbortController();
		void sleep(300).then(() => stop.abort());
		const heard: BodyEnd[] = [];
		await within(
			async (transport, context) =>
				heard.push(await read(await transport(ask(10_000, context.getExecutionCancelSignal())))),
			{ signal: stop.signal },
		);
		expect((await seenByServer()).clientClosed).toBe(true);
		expect(heard).toEqual(['cancelled']);
	});

	it('tells a connection that breaks in mid-body as a value', async () => {
		simulator.configure({ faults: { script: ['reset'] } });
		expect(await within(async (transport) => await read(await transport(ask())))).toBe('cut');
	});

	it('tells a connection that breaks before the head, and one that is refused, apart from a slow one', async () => {
		simulator.configure({ faults: { script: ['refuse'] } });
		expect(await within(async (transport) => await transport(ask()))).toEqual({
			status: null,
			why: 'reset',
			code: 'ECONNRESET',
		});
		const gone = await startSimulator();
		await gone.close();
		const server = readServer(gone.url);
		if (!server.ok) throw new Error('no server');
		const credentials = { server: gone.url, token: 'token' };
		const exchanges: Exchange[] = [];
		const probe = probeOf(async (context) => {
			const transport = transportOf(context, server.value, {
				id: '1',
				name: 'Test',
				type: 'wolkvoxApi',
				data: credentials,
			});
			exchanges.push(await transport(ask()));
		});
		await runNode({ parameters: {}, credentials, nodeType: probe });
		expect(exchanges).toEqual([{ status: null, why: 'connectionRefused', code: 'ECONNREFUSED' }]);
	});

	it('does not follow a redirect, and does not send the token there', async () => {
		const elsewhere = await startSimulator();
		simulator.configure({ faults: { script: [{ name: 'redirect', location: `${elsewhere.url}/stolen` }] } });
		const exchange = await within(async (transport) => {
			const reply = await transport(ask());
			await read(reply);
			return reply;
		});
		await elsewhere.close();
		expect(exchange).toMatchObject({ status: 302, headers: { location: `${elsewhere.url}/stolen` } });
		expect(elsewhere.requests).toEqual([]);
	});
}
