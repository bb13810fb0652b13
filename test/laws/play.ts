import { latestWall } from '../../core/time/wallClock';
import type { Transport } from '../../core/api/ports';
import type { Progress } from '../../core/extraction/extract';
import { openLane } from '../../core/api/tokenLane';
import { type Outcome, runToEnd } from '../support/runs';
import { VirtualWorld } from '../support/virtualWorld';
import { type Wire, wireTo } from '../support/wire';
import type { Scenario } from './scenario';

export interface Played extends Outcome {
	readonly wire: Wire;
	readonly progress: readonly Progress[];
	readonly world: VirtualWorld;
}

export const ZONE = 'America/Bogota';

/** Plays a scenario to its end. */
export async function play(
	scenario: Scenario,
	signal?: AbortSignal,
	world = new VirtualWorld(scenario.seed),
	over: (transport: Transport) => Transport = (transport) => transport,
): Promise<Played> {
	const { from, to, api, seed, capRecords, believedCap, parallel, campaign, pieceBytes } = scenario;
	const wallNow = (): number => latestWall(world.now(), ZONE);
	const wire = wireTo(world, { seed, capRecords, now: wallNow, ...api }, () => pieceBytes);
	const progress: Progress[] = [];
	const outcome = await runToEnd(
		{ world, transport: over(wire.transport), signal, host: `seed-${seed}` },
		{
			range: { from, to },
			campaign,
			parallelRequests: parallel,
			capRecords: believedCap,
			wallNow,
			onProgress: (step) => progress.push(step),
		},
	);
	forgetPauses();
	return { ...outcome, wire, progress, world };
}

/** Each case has a clock of its own; a lane that is paused by one must not hold the next. */
export function forgetPauses(): void {
	openLane(new VirtualWorld(1, Date.UTC(2100, 0, 1)), 'later', 'token', { parallel: 1 }).close();
}
