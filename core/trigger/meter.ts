import type { Transport } from '../api/ports';
import type { Connection } from '../api/request';

/** What a tick's requests took of their own: no wait for a turn or a pause is in it, nor n8n's stalls. */
interface Meter {
	readonly connection: Connection;
	usedMs(): number;
}

/** @param stalledMs how long this process was held up so far, in milliseconds; it only grows */
export function metered(connection: Connection, stalledMs: () => number): Meter {
	const { world } = connection;
	let used = 0;
	let running: number | null = null;
	const own = (): number => world.now() - stalledMs();
	const ended = (): void => {
		if (running !== null) used += own() - running;
		running = null;
	};
	const transport: Transport = async (request) => {
		running = own();
		const exchange = await connection.transport(request);
		if (exchange.status === null) {
			ended();
			return exchange;
		}
		return { ...exchange, read: (onBytes) => exchange.read(onBytes).finally(ended) };
	};
	return {
		connection: { ...connection, transport },
		usedMs: () => used + (running === null ? 0 : own() - running),
	};
}
