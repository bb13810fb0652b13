/* eslint-disable @n8n/community-nodes/no-restricted-imports, no-console */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Access } from './access';
import { withDefaults } from './defaults';
import { FaultSource } from './faults';
import { Gateway } from './gateway';
import { handle, type Desk } from './http';
import { Operation } from './operation';
import type { Range, RawRow, RequestLogEntry, SimulatorOptions } from './options';

export type * from './options';
export type { Fault, FaultName, FaultPlan } from './faults';
export type { GatewayOptions } from './gateway';
export { faultNames } from './faults';
export { digestOf } from './digest';
export { createOperation, type Operation } from './operation';
export { compactSeconds, wallSeconds, wallText, zoneClock } from './wallTime';

export interface Simulator {
	/** `http://127.0.0.1:PORT`: what goes in the credential's `server`. */
	url: string;
	token: string;
	/** As they stand; change them with `configure`. */
	options: Readonly<SimulatorOptions>;
	/** From the next request on. Giving `faults` starts their script anew. */
	configure(changes: Partial<SimulatorOptions>): void;
	/** Every row dated in the range up to the operation's now, those not visible yet included. */
	truth(range: Range): { count: number; digest: string };
	/** The rows of `truth`, in order of time. */
	rows(range: Range): Iterable<RawRow>;
	requests: RequestLogEntry[];
	/** Most requests at once, refused ones included; may be set back to 0. */
	peakInFlight: number;
	/** Sockets open now. */
	connections(): number;
	/** Ends every connection. */
	close(): Promise<void>;
}

/** The API on a loopback address, until `close`. Rejects when the port is taken. */
export async function startSimulator(given: Partial<SimulatorOptions> = {}): Promise<Simulator> {
	const options = withDefaults(given);
	const desk: Desk = {
		options,
		operation: new Operation(options),
		access: new Access(),
		gateway: new Gateway(),
		faults: new FaultSource(),
		requests: [],
		peakInFlight: 0,
	};
	const sockets = new Set<Socket>();
	const server = createServer((request, response) => {
		handle(desk, request, response).catch((reason: Error) => {
			// A client that hangs up ends the wait that was for it; anything else is a bug here.
			if (reason.name !== 'AbortError') console.error(reason);
			response.destroy();
		});
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		token: options.token,
		options,
		configure(changes) {
			Object.assign(options, changes);
			desk.operation = new Operation(options);
			if (changes.faults) desk.faults.restart();
		},
		truth: (range) => desk.operation.truth(range),
		rows: ({ from, to, campaign }) => desk.operation.rowsOf({ from, to }, campaign),
		requests: desk.requests,
		get peakInFlight() {
			return desk.peakInFlight;
		},
		set peakInFlight(value) {
			desk.peakInFlight = value;
		},
		connections: () => sockets.size,
		async close() {
			const closed = [...sockets].map(async (socket) => await once(socket.destroy(), 'close'));
			await new Promise<void>((resolve) => server.close(() => resolve()));
			await Promise.all(closed);
		},
	};
}
