import { between, runToEnd } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';
import { wireTo } from '../../support/wire';

const week = between('2024-05-06', '2024-05-13');
const SEEDS = 40;

/** 7 days at 3,000 a day; the first request is answered, each later one gets no answer with probability p. */
async function weekWith(p: number, seed: number, script: Array<null> = [null]) {
	const world = new VirtualWorld(seed);
	const startMs = world.now();
	const wire = wireTo(world, {
		seed,
		rowsPerDay: 3_000,
		latencyMs: 500,
		faults: { script, random: { stallHead: p } },
		now: () => '2030-01-01 00:00:00',
	});
	const { report } = await runToEnd(
		{ world, transport: wire.transport, host: `dropped-${p}-${seed}` },
		{ range: week },
	);
	return {
		requests: wire.sent.length,
		minutes: (world.now() - startMs) / 60_000,
		missing: wire.operation.count(week) - report.records,
		failure: report.unproven[0]?.failure,
	};
}

async function week95(p: number, seeds = SEEDS) {
	const runs = await Promise.all(Array.from({ length: seeds }, async (_, seed) => await weekWith(p, seed + 1)));
	const at95 = (values: number[]): number => values.sort((a, b) => a - b)[Math.ceil(0.95 * seeds) - 1];
	return {
		requests: at95(runs.map(({ requests }) => requests)),
		minutes: at95(runs.map(({ minutes }) => minutes)),
		missing: at95(runs.map(({ missing }) => missing)),
		runs,
	};
}

test('connections dropped with p = 0.2 cost a few requests and minutes, no record', async () => {
	const { requests, minutes, missing } = await week95(0.2);
	expect(missing).toBe(0);
	expect(requests).toBeLessThanOrEqual(8);
	expect(minutes).toBeLessThanOrEqual(3);
});

test('with p = 0.5 everything comes within ten minutes', async () => {
	const { requests, minutes, missing } = await week95(0.5);
	expect(missing).toBe(0);
	expect(requests).toBeLessThanOrEqual(25);
	expect(minutes).toBeLessThanOrEqual(10);
});

test('with p = 0.9 it ends within 45 minutes, and what is missing is told by its cause', async () => {
	const { minutes, runs } = await week95(0.9, 20);
	expect(minutes).toBeLessThanOrEqual(45);
	const told = runs.filter(({ missing }) => missing > 0).map(({ failure }) => failure);
	expect(told.length).toBeGreaterThan(0);
	expect(told.filter((failure) => failure?.kind === 'transient').length).toBeGreaterThan(told.length / 2);
});

test('no answer at all is told within two minutes', async () => {
	const { requests, minutes, failure } = await weekWith(1, 1, []);
	expect(failure).toMatchObject({ kind: 'transient', why: 'unreachable' });
	expect(minutes).toBeLessThanOrEqual(2);
	expect(requests).toBe(3);
});
