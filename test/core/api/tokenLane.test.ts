import type { Held } from '../../../core/api/pacing/pauses';
import { type Lane, lanesInUse, openLane } from '../../../core/api/tokenLane';
import { apiLimits } from '../../../core/limits';
import { VirtualWorld } from '../../support/virtualWorld';

const never = new AbortController().signal;
const busy: Held = { kind: 'busy', said: 'BUSY' };
const DAY_MS = 86_400_000;
let hosts = 0;
/** A token of its own for each test. */
const fresh = (): { world: VirtualWorld; open: (parallel?: number, goesFirst?: boolean) => Lane } => {
	const world = new VirtualWorld();
	const host = `lane-${hosts++}`;
	return { world, open: (parallel = 1, goesFirst = false) => openLane(world, host, 'token', { parallel, goesFirst }) };
};

/** Enters, stays so long, leaves; writes down when it was in. */
async function visit(world: VirtualWorld, lane: Lane, name: string, stayMs: number, log: string[]): Promise<void> {
	await lane.withTurn({ signal: never }, async () => {
		log.push(`${name} in at ${world.now() - START}`);
		await world.sleep(stayMs);
		return log;
	});
}

/** Takes a place and keeps it until it is given back. */
async function stay(lane: Lane): Promise<() => Promise<unknown>> {
	let leave = (): void => {};
	let enter = (): void => {};
	const isIn = new Promise<void>((resolve) => (enter = resolve));
	const visited = lane.withTurn({ signal: never }, async () => {
		enter();
		await new Promise<void>((resolve) => (leave = resolve));
		return {};
	});
	await isIn;
	return async () => {
		leave();
		return await visited;
	};
}

const taken = async (lane: Lane, signal = never): Promise<boolean> =>
	(await lane.withTurn({ signal }, async () => ({}))) !== null;
const START = new VirtualWorld().now();

test('first come, first served, one at a time', async () => {
	const { world, open } = fresh();
	const [a, b, c] = [open(), open(), open()];
	const log: string[] = [];
	await Promise.all([
		visit(world, a, 'a', 100, log),
		visit(world, b, 'b', 100, log),
		visit(world, c, 'c', 100, log),
		visit(world, a, 'a again', 100, log),
	]);
	expect(log).toEqual(['a in at 0', 'b in at 100', 'c in at 200', 'a again in at 300']);
	[a, b, c].forEach((lane) => lane.close());
});

test('the second place opens only while every user allows two', async () => {
	const { world, open } = fresh();
	const [a, b] = [open(2), open(2)];
	const log: string[] = [];
	await Promise.all([visit(world, a, 'a', 100, log), visit(world, b, 'b', 100, log)]);
	const modest = open(1);
	await Promise.all([visit(world, a, 'a', 100, log), visit(world, b, 'b', 100, log)]);
	expect(log).toEqual(['a in at 0', 'b in at 0', 'a in at 100', 'b in at 200']);
	[a, b, modest].forEach((lane) => lane.close());
});

test('when the user who allows one leaves, whoever waits for the second place gets it', async () => {
	const { world, open } = fresh();
	const [a, b, modest] = [open(2), open(2), open(1)];
	const log: string[] = [];
	const visits = [visit(world, a, 'a', 1_000, log), visit(world, b, 'b', 100, log)];
	await world.sleep(300);
	modest.close();
	await Promise.all(visits);
	expect(log).toEqual(['a in at 0', 'b in at 300']);
	[a, b].forEach((lane) => lane.close());
});

test('no user gets more than two places, whatever it asks for', async () => {
	const { world, open } = fresh();
	const lane = open(9);
	const log: string[] = [];
	await Promise.all(['a', 'b', 'c'].map((name) => visit(world, lane, name, 100, log)));
	expect(log).toEqual(['a in at 0', 'b in at 0', 'c in at 100']);
	lane.close();
});

test('a pause holds everybody, in order, and one that is longer is not cut short by another', async () => {
	const { world, open } = fresh();
	const [a, b] = [open(), open()];
	a.pauseUntil(START + 5_000, busy);
	a.pauseUntil(START + 1_000, busy);
	const log: string[] = [];
	await Promise.all([visit(world, b, 'b', 100, log), visit(world, a, 'a', 100, log)]);
	expect(log).toEqual(['b in at 5000', 'a in at 5100']);
	[a, b].forEach((lane) => lane.close());
});

test('whoever is stopped while waiting leaves the queue to the next', async () => {
	const { world, open } = fresh();
	const lane = open();
	const [stop, paused] = [new AbortController(), new AbortController()];
	const log: string[] = [];
	const visits = [visit(world, lane, 'a', 500, log), visit(world, lane, 'c', 100, log)];
	const waiting = taken(lane, stop.signal);
	await world.sleep(50);
	stop.abort();
	expect(await waiting).toBe(false);
	await Promise.all([...visits, visit(world, lane, 'd', 1, log)]);
	expect(log).toEqual(['a in at 0', 'c in at 500', 'd in at 600']);
	lane.pauseUntil(world.now() + 60_000, busy);
	const held = taken(lane, paused.signal);
	await world.sleep(10);
	paused.abort();
	expect(await held).toBe(false);
	expect(await taken(lane, paused.signal)).toBe(false);
	lane.close();
});

describe('a poll', () => {
	test('goes before whoever waits, at most every second time', async () => {
		const { world, open } = fresh();
		const [run, first, second] = [open(), open(1, true), open(1, true)];
		const log: string[] = [];
		await Promise.all([
			...['a', 'b', 'c'].map(async (name) => await visit(world, run, name, 100, log)),
			visit(world, first, 'poll', 100, log),
			visit(world, second, 'poll too', 100, log),
			visit(world, first, 'poll again', 100, log),
		]);
		expect(log.map((line) => line.replace(/ in at \d+/, ''))).toEqual([
			'a',
			'poll',
			'b',
			'poll too',
			'c',
			'poll again',
		]);
		[run, first, second].forEach((lane) => lane.close());
	});

	test('that comes while everybody waits for a pause is served first', async () => {
		const { world, open } = fresh();
		const [run, poll] = [open(), open(1, true)];
		run.pauseUntil(START + 5_000, busy);
		const log: string[] = [];
		const visits = [visit(world, run, 'a', 100, log)];
		await world.sleep(1_000);
		await Promise.all([...visits, visit(world, poll, 'poll', 100, log)]);
		expect(log).toEqual(['poll in at 5000', 'a in at 5100']);
		[run, poll].forEach((lane) => lane.close());
	});
});

test('a place comes back whatever happens to whoever has it', async () => {
	const { world, open } = fresh();
	const lane = open();
	await expect(
		lane.withTurn({ signal: never }, async () => await Promise.reject(new Error('a fault of ours'))),
	).rejects.toThrow('a fault of ours');
	await expect(
		lane.withTurn({ signal: never }, () => {
			throw new Error('before any await');
		}),
	).rejects.toThrow('before any await');
	const log: string[] = [];
	await visit(world, lane, 'next', 1, log);
	expect(log).toEqual(['next in at 0']);
	lane.close();
});

test('another token, or another host, does not wait', async () => {
	const world = new VirtualWorld();
	const lanes = [
		openLane(world, 'h1', 't1', { parallel: 1 }),
		openLane(world, 'h1', 't2', { parallel: 1 }),
		openLane(world, 'h2', 't1', { parallel: 1 }),
	];
	const log: string[] = [];
	await Promise.all(lanes.map((lane, index) => visit(world, lane, String(index), 100, log)));
	expect(log).toEqual(['0 in at 0', '1 in at 0', '2 in at 0']);
	lanes.forEach((lane) => lane.close());
});

test('an idle lane is forgotten, a paused one when its pause is over', async () => {
	const { world, open } = fresh();
	const before = lanesInUse();
	const lane = open();
	expect(lanesInUse()).toBe(before + 1);
	lane.pauseUntil(world.now() + 1_000, busy);
	lane.close();
	expect(lanesInUse()).toBe(before + 1);
	await world.sleep(1_001);
	openLane(world, 'another', 'token', { parallel: 1 }).close();
	expect(lanesInUse()).toBe(before);
});

test('a run that closed its lane with a request in flight does not keep it remembered', async () => {
	const { open } = fresh();
	const before = lanesInUse();
	const lane = open();
	const leave = await stay(lane);
	lane.close();
	await leave();
	expect(lanesInUse()).toBe(before);
});

describe('a pause', () => {
	const late = async (lane: Lane, untilMs: number): Promise<boolean> =>
		(await lane.withTurn({ signal: never, untilMs }, async () => ({}))) !== null;

	test('sends away whoever cannot wait for its end, and says why and for how long', async () => {
		const { world, open } = fresh();
		const [a, b] = [open(), open()];
		a.pauseUntil(START + 600_000, { kind: 'closed', said: 'CLOSED' });
		expect(await late(b, START + 599_999)).toBe(false);
		expect(b.heldBy()).toEqual({ kind: 'closed', said: 'CLOSED', retryAfterMs: 600_000 });
		expect(world.now()).toBe(START);
		expect(await late(b, START + 600_000)).toBe(true);
		expect(world.now()).toBe(START + 600_000);
		expect(b.heldBy()).toBeNull();
		[a, b].forEach((lane) => lane.close());
	});

	test.each([3_600_000, 1_000 * DAY_MS, Infinity])(
		'of %d ms is looked into after a quarter of an hour',
		async (waitMs) => {
			const { world, open } = fresh();
			const lane = open();
			lane.pauseUntil(START + waitMs, busy);
			expect(await taken(lane)).toBe(true);
			expect(world.now()).toBe(START + apiLimits.lookAgainMs);
			lane.close();
		},
	);

	test('is looked into by one request at a time, until somebody is answered', async () => {
		const { world, open } = fresh();
		const lane = open(2);
		lane.pauseUntil(START + DAY_MS, busy);
		const log: string[] = [];
		await Promise.all([visit(world, lane, 'a', 100, log), visit(world, lane, 'b', 100, log)]);
		lane.resume(world.now());
		await Promise.all([visit(world, lane, 'c', 100, log), visit(world, lane, 'd', 100, log)]);
		expect(log).toEqual(['a in at 900000', 'b in at 900100', 'c in at 900200', 'd in at 900200']);
		lane.close();
	});

	test('is not over because of what was asked before it began', async () => {
		const { world, open } = fresh();
		const lane = open(2);
		lane.pauseUntil(START + 5_000, busy);
		lane.resume(START - 1);
		expect(await taken(lane)).toBe(true);
		expect(world.now()).toBe(START + 5_000);
		lane.close();
	});

	test('and another are sat out for as long as whoever waits allows, in all', async () => {
		const { world, open } = fresh();
		const [a, b] = [open(), open()];
		a.pauseUntil(START + 600_000, busy);
		const waiting = b.withTurn({ signal: never, pausesMs: 900_000 }, async ({ pausedMs }) => {
			b.pauseUntil(world.now() + 600_000, busy);
			return { pausedMs };
		});
		expect(await waiting).toEqual({ pausedMs: 600_000 });
		expect(await b.withTurn({ signal: never, pausesMs: 300_000 }, async () => ({}))).toBeNull();
		expect(world.now()).toBe(START + 600_000);
		[a, b].forEach((lane) => lane.close());
	});
});

test('a pace that was found holds for every user of the token, and is remembered while nobody is there', async () => {
	const { world, open } = fresh();
	const [run, poll] = [open(2), open(1, true)];
	[0, 0, 0].forEach((atMs, index) => run.pace.note(START + atMs, index < 2));
	const log: string[] = [];
	await visit(world, poll, 'poll', 100, log);
	expect(Number(/\d+/.exec(log[0])?.[0])).toBeGreaterThan(5_000);
	[run, poll].forEach((lane) => lane.close());
	const again = open();
	expect(again.pace).toBe(run.pace);
	again.close();
	await world.sleep(apiLimits.rememberedMs);
	expect(open().pace).not.toBe(run.pace);
});

describe('a user that is refused its second place', () => {
	test('goes on with one, until it closes', async () => {
		const { world, open } = fresh();
		const [a, b] = [open(2), open(2)];
		const leave = await Promise.all([stay(a), stay(b)]);
		a.takeTurns(world.now());
		await Promise.all(leave.map(async (one) => await one()));
		const log: string[] = [];
		await Promise.all([visit(world, a, 'a', 100, log), visit(world, b, 'b', 100, log)]);
		a.close();
		await Promise.all([visit(world, b, 'b', 100, log), visit(world, b, 'b too', 100, log)]);
		expect(log).toEqual(['a in at 0', 'b in at 100', 'b in at 200', 'b too in at 200']);
		b.close();
	});

	test('likewise where the other request ended before the refusal came, but not where there was none', async () => {
		const { world, open } = fresh();
		const lane = open(2);
		const both = async (): Promise<string[]> => {
			const log: string[] = [];
			const fromMs = world.now();
			await Promise.all(['a', 'b'].map(async (name) => await visit(world, lane, name, 100, log)));
			return log.map((line) => line.replace(/\d+/, (at) => String(Number(at) - (fromMs - START))));
		};
		lane.takeTurns(world.now());
		expect(await both()).toEqual(['a in at 0', 'b in at 0']);
		await world.sleep(1);
		lane.takeTurns(world.now());
		expect(await both()).toEqual(['a in at 0', 'b in at 0']);
		lane.takeTurns(world.now() - 100);
		expect(await both()).toEqual(['a in at 0', 'b in at 100']);
		lane.close();
	});
});
