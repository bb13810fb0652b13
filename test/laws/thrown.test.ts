/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Exchange, Transport } from '../../core/api/ports';
import { type Connection, nothingSpent } from '../../core/api/request';
import { lanesInUse, openLane } from '../../core/api/tokenLane';
import { extract } from '../../core/extraction/extract';
import { between, runToEnd } from '../support/runs';
import { VirtualWorld } from '../support/virtualWorld';
import { wireTo } from '../support/wire';
import { forgetPauses } from './play';

const range = between('2024-05-06', '2024-05-08');
const now = () => '2030-01-01 00:00:00';
const fault = (): never => {
	throw new TypeError('a fault of ours');
};

/** Throws at the nth step of a run: a request, its answer, a piece of body or a wait. */
class ThrowingWorld extends VirtualWorld {
	private steps = 0;
	isCalm = false;

	constructor(
		seed: number,
		private readonly throwsAt: number,
	) {
		super(seed);
	}

	step(): void {
		if (!this.isCalm && this.steps++ === this.throwsAt) fault();
	}

	override async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
		this.step();
		await super.sleep(delayMs, signal);
	}

	watch(transport: Transport): Transport {
		return async (request) => {
			this.step();
			const exchange: Exchange = await transport(request);
			this.step();
			if (exchange.status === null) return exchange;
			return {
				...exchange,
				read: async (onBytes) =>
					await exchange.read((bytes) => {
						this.step();
						return onBytes(bytes);
					}),
			};
		};
	}
}

test('an exception at any step of a run: the next run of the token works, nothing is unhandled or left behind', async () => {
	const unhandled: unknown[] = [];
	const note = (reason: unknown): void => void unhandled.push(reason);
	process.on('unhandledRejection', note);
	let thrown = 0;
	for (let at = 0; at < 60; at++) {
		for (const parallelRequests of [1, 2]) {
			const world = new ThrowingWorld(1, at);
			const wire = wireTo(
				world,
				{ rowsPerDay: 200, now, latencyMs: 100, faults: { script: [null, 'http500', 'busy', 'http503'] } },
				() => 20_000,
			);
			const way = { world, transport: world.watch(wire.transport), host: `thrown-${at}-${parallelRequests}` };
			const first = await runToEnd(way, { range, parallelRequests }).catch((reason: unknown) => reason);
			if (first instanceof TypeError) thrown++;
			world.isCalm = true;
			const next = await runToEnd({ ...way, transport: wire.transport }, { range });
			expect(next.report.unproven).toEqual([]);
			await new Promise((resume) => setImmediate(resume));
			expect(world.sleeping).toBe(0);
		}
	}
	process.off('unhandledRejection', note);
	forgetPauses();
	expect(thrown).toBeGreaterThan(20);
	expect(unhandled).toEqual([]);
	expect(lanesInUse()).toBe(0);
}, 120_000);

/** A run as a node holds it: whoever takes its parts throws at the nth of them, and closes the connection. */
async function takenUntil(
	way: { world: VirtualWorld; transport: Transport; host: string },
	at: number,
	parallel: number,
) {
	const { world, transport, host } = way;
	const stop = new AbortController();
	const lane = openLane(world, host, 'token', { parallel });
	const connection: Connection = { transport, world, lane, spending: nothingSpent(), signal: stop.signal };
	const options = {
		range,
		campaign: 'all',
		maxRequests: 0,
		parallelRequests: parallel,
		wallNow: () => range.to + 86_400,
	};
	const taken: number[] = [];
	try {
		for await (const { window } of extract(connection, options)) if (taken.push(window.to) > at) fault();
	} finally {
		stop.abort();
		lane.close();
	}
}

test('a sink that throws at any part: the next run of the token works, nothing is unhandled or left behind', async () => {
	const unhandled: unknown[] = [];
	const note = (reason: unknown): void => void unhandled.push(reason);
	process.on('unhandledRejection', note);
	let thrown = 0;
	for (const at of [0, 1]) {
		for (const parallelRequests of [1, 2]) {
			const world = new VirtualWorld(1);
			const wire = wireTo(world, { rowsPerDay: 4_000, capRecords: 900, now, latencyMs: 100 }, () => 20_000);
			const way = { world, transport: wire.transport, host: `sink-${at}-${parallelRequests}` };
			await takenUntil(way, at, parallelRequests).catch((reason: unknown) => {
				if (reason instanceof TypeError) thrown++;
			});
			const next = await runToEnd(way, { range, capRecords: 900 });
			expect(next.report.unproven).toEqual([]);
			expect(wire.sent.every(({ endedMs }) => endedMs !== null)).toBe(true);
			await new Promise((resume) => setImmediate(resume));
			expect(world.sleeping).toBe(0);
		}
	}
	process.off('unhandledRejection', note);
	forgetPauses();
	expect(thrown).toBe(4);
	expect(unhandled).toEqual([]);
	expect(lanesInUse()).toBe(0);
});
