import * as fc from 'fast-check';

import { lanesInUse } from '../../core/api/tokenLane';
import { digestOf, wallSeconds } from '../simulator';
import { runToEnd } from '../support/runs';
import { VirtualWorld } from '../support/virtualWorld';
import { wireTo } from '../support/wire';
import { askedTooEarly } from './judge';
import { forgetPauses } from './play';
import { misfortune, refusals, retryAfters } from './scenario';

/** Several runs in one process, on one token. */
export const crowds = fc.record({
	seed: fc.nat(1_000_000),
	runs: fc.array(
		fc.record({
			day: fc.integer({ min: 1, max: 20 }),
			days: fc.integer({ min: 1, max: 5 }),
			parallel: fc.constantFrom(1, 2),
			startsAfterMs: fc.integer({ min: 0, max: 20_000 }),
		}),
		{ minLength: 2, maxLength: 10 },
	),
	faults: fc.oneof(misfortune, { weight: 2, arbitrary: refusals }),
	retryAfter: fc.oneof(fc.constant(null), { weight: 3, arbitrary: retryAfters }),
	latencyMs: fc.constantFrom(0, 300, 4_000),
});

type Crowd = typeof crowds extends fc.Arbitrary<infer T> ? T : never;

export async function takesTurns({ seed, runs, faults: plan, retryAfter, latencyMs }: Crowd): Promise<string[]> {
	const world = new VirtualWorld(seed);
	const wire = wireTo(world, {
		seed,
		faults: plan,
		rowsPerDay: 300,
		capRecords: 601,
		latencyMs,
		retryAfter,
		now: () => wallSeconds('2030-01-01'),
	});
	const first = wallSeconds('2024-05-01');
	const allowed: number[] = [];
	const outcomes = await Promise.all(
		runs.map(async ({ day, days, parallel, startsAfterMs }) => {
			await world.sleep(startsAfterMs);
			allowed.push(parallel);
			const range = { from: first + day * 86_400, to: first + (day + days) * 86_400 };
			return {
				range,
				...(await runToEnd(
					{ world, transport: wire.transport, host: `crowd-${seed}` },
					{ range, parallelRequests: parallel, capRecords: 601 },
				)),
			};
		}),
	);
	const faults: string[] = [];
	// A few such waits, one after the other, are more than a question's patience.
	const outlasts = retryAfter !== null && retryAfter.seconds >= 60;
	if (wire.peakInFlight() > Math.max(...allowed)) faults.push(`${wire.peakInFlight()} requests at once`);
	for (const { range, records, report } of outcomes) {
		const truth = wire.operation.truth(range);
		const { digest } = digestOf(records);
		if (report.unproven.length === 0 && digest !== truth.digest)
			faults.push(`${records.length} records instead of ${truth.count}`);
		const isExcused = (kind: string): boolean => kind === 'transient' || (kind === 'busy' && outlasts);
		if (report.unproven.some(({ failure }) => !isExcused(failure.kind)))
			faults.push(`unproven: ${JSON.stringify(report.unproven[0].failure)}`);
	}
	faults.push(...askedTooEarly(wire));
	forgetPauses();
	if (lanesInUse() > 0) faults.push(`${lanesInUse()} lanes are still remembered`);
	return faults;
}

/** Runs in processes of their own, which know nothing of each other, on one token: each has a lane of its own. */
export const processes = fc.record({
	seed: fc.nat(1_000_000),
	runs: fc.array(
		fc.record({
			days: fc.integer({ min: 1, max: 20 }),
			parallel: fc.constantFrom(1, 2),
			startsAfterMs: fc.integer({ min: 0, max: 60_000 }),
		}),
		{ minLength: 2, maxLength: 6 },
	),
	latencyMs: fc.integer({ min: 2_000, max: 6_000 }),
	rowsPerSecond: fc.constantFrom(33, 33, 200),
});

type Processes = typeof processes extends fc.Arbitrary<infer T> ? T : never;

/** Each comes whole, however the others use the token. */
export async function shareAToken({ seed, runs, latencyMs, rowsPerSecond }: Processes): Promise<string[]> {
	const world = new VirtualWorld(seed);
	const now = () => wallSeconds('2030-01-01');
	const wire = wireTo(world, { seed, rowsPerDay: 1_500, capRecords: 601, latencyMs, rowsPerSecond, now });
	const from = wallSeconds('2024-05-01');
	const outcomes = await Promise.all(
		runs.map(async ({ days, parallel, startsAfterMs }, n) => {
			await world.sleep(startsAfterMs);
			const range = { from, to: from + days * 86_400 };
			const client = { world, transport: wire.transport, host: `process-${seed}-${n}` };
			return { range, ...(await runToEnd(client, { range, parallelRequests: parallel, capRecords: 601 })) };
		}),
	);
	const faults = outcomes.flatMap(({ range, records, report }) => [
		...report.unproven.map(({ failure }) => `unproven: ${JSON.stringify(failure)}`),
		...(digestOf(records).digest === wire.operation.truth(range).digest ? [] : [`${records.length} records`]),
	]);
	forgetPauses();
	return faults;
}
