import type { Exchange, Transport } from '../../core/api/ports';
import { VirtualWorld } from '../support/virtualWorld';
import { account, exactness, manners, order } from './judge';
import { play } from './play';
import type { Scenario } from './scenario';

/** A world that stops a run at its nth wait, request or piece of body. */
class StoppingWorld extends VirtualWorld {
	readonly stop = new AbortController();
	private waits = 0;
	stoppedAtMs: number | null = null;

	constructor(
		seed: number,
		private readonly awaits: number,
	) {
		super(seed);
	}

	count(): void {
		if (this.waits++ !== this.awaits) return;
		this.stoppedAtMs = this.now();
		this.stop.abort();
	}

	override async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
		this.count();
		await super.sleep(delayMs, signal);
		this.count();
	}

	/** Counts each answer and each piece of it. */
	watch(transport: Transport): Transport {
		return async (request) => {
			this.count();
			const exchange: Exchange = await transport(request);
			this.count();
			if (exchange.status === null) return exchange;
			return {
				...exchange,
				read: (onBytes) =>
					exchange.read((bytes) => {
						this.count();
						return onBytes(bytes);
					}),
			};
		};
	}
}

/** Stops a run somewhere: what was proven is exact, the rest is named, and nothing goes on. */
export async function stoppedAnywhere({ scenario, awaits }: { scenario: Scenario; awaits: number }): Promise<string[]> {
	const world = new StoppingWorld(scenario.seed, awaits);
	const played = await play(
		{ ...scenario, pieceBytes: Math.max(1_000, scenario.pieceBytes) },
		world.stop.signal,
		world,
		(transport) => world.watch(transport),
	);
	const faults = [
		...account(scenario, played),
		...order(scenario, played),
		...exactness(scenario, played),
		...manners(scenario, played),
	];
	const { stoppedAtMs } = world;
	if (stoppedAtMs !== null) {
		const late = played.wire.sent.filter(({ atMs }) => atMs > stoppedAtMs);
		if (late.length > 0) faults.push(`${late.length} requests after the stop`);
		if (world.now() > stoppedAtMs) faults.push(`it took ${world.now() - stoppedAtMs} ms to stop`);
	}
	if (world.sleeping > 0) faults.push(`${world.sleeping} waits were left behind`);
	return faults;
}
