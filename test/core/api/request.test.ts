import type { Exchange, Transport } from '../../../core/api/ports';
import { type Lane, openLane } from '../../../core/api/tokenLane';
import { apiLimits } from '../../../core/limits';
import { type Connection, ask, nothingSpent } from '../../../core/api/request';
import { type Answer, readDocument } from '../../../core/api/response';
import { answer, envelope, refusal } from '../../support/exchanges';
import { VirtualWorld } from '../../support/virtualWorld';

const fine = (): Exchange => answer(200, envelope({ data: [{ a: 1 }] }));
const busy = (headers = {}): Exchange =>
	answer(403, refusal('403', 'EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS'), { headers });
const broken = (headers = {}): Exchange => answer(500, '', { headers });
const gone: Exchange = { status: null, why: 'reset', code: 'ECONNRESET' };
const timedOut: Exchange = { status: null, why: 'timedOut', code: 'ETIMEDOUT' };

interface Asked {
	readonly answer: Answer<unknown>;
	/** Seconds after the start at which each request went out. */
	readonly sentAt: number[];
	readonly connection: Connection;
	/** Joins the same lane again. */
	join(): Lane;
}

let tokens = 0;

/** Asks one question of a host that answers as told, the last way for ever. */
async function asking(
	answers: Array<() => Exchange>,
	changes: Partial<Connection> & { heavy?: boolean; budgetMs?: number } = {},
): Promise<Asked> {
	const world = new VirtualWorld();
	const startMs = world.now();
	const sentAt: number[] = [];
	const transport: Transport = async () => {
		sentAt.push((world.now() - startMs) / 1_000);
		return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? gone;
	};
	const token = String(tokens++);
	const join = (): Lane => openLane(world, 'request', token, { parallel: 1 });
	const lane = join();
	const { heavy, budgetMs, ...rest } = changes;
	const deadlineMs = budgetMs === undefined ? undefined : startMs + budgetMs;
	const connection: Connection = {
		transport,
		world,
		lane,
		spending: nothingSpent(),
		signal: new AbortController().signal,
		deadlineMs,
		...rest,
	};
	const heard = await ask(connection, {
		path: 'information.php',
		query: {},
		read: readDocument,
		tries: heavy ? () => 2 : undefined,
	});
	lane.close();
	return { answer: heard, sentAt, connection, join };
}

test('one request where one is enough', async () => {
	const { answer: heard, sentAt, connection } = await asking([fine]);
	expect(heard.kind).toBe('whole');
	expect(sentAt).toEqual([0]);
	expect(connection.spending).toEqual({ ...nothingSpent(), requests: 1, answered: true });
});

test('a passing fault is tried again, six times in all, with growing waits', async () => {
	const { answer: heard, sentAt, connection } = await asking([() => gone]);
	expect(heard).toMatchObject({ kind: 'transient', why: 'reset' });
	expect(sentAt).toHaveLength(6);
	sentAt.slice(1).forEach((at, index) => expect(at - sentAt[index]).toBeLessThanOrEqual(2 ** index));
	expect(connection.spending).toMatchObject({ requests: 6, retries: 5, answered: false });
	expect(connection.spending.waitedMs / 1_000).toBeCloseTo(sentAt[5], 3);
});

test('and is forgotten once it passed', async () => {
	expect((await asking([() => gone, () => broken(), fine])).answer.kind).toBe('whole');
});

test.each([
	['a wrong token', 403, 'PLEASE VALIDATE TOKEN'],
	['a spent quota', 403, 'TOKEN LIMIT EXCEEDED'],
	['a campaign that does not exist', 404, 'Campaign_id 1 does not exist in your operation.'],
	['no token', 401, 'PLEASE ENTER THE WOLKVOX-TOKEN'],
	['a request not understood', 400, 'SOME PARAMETERS ARE REQUIRED'],
])('what cannot change is not tried again: %s', async (_, status, msg) => {
	const { answer: heard, sentAt } = await asking([() => answer(status, refusal(String(status), msg))]);
	expect(heard).toMatchObject({ kind: 'refused', said: msg });
	expect(sentAt).toEqual([0]);
});

describe('busy', () => {
	test('with other users of the token is waited for an hour, 2 to 4 seconds at a time at first, and costs no retry', async () => {
		const { answer: heard, sentAt, connection } = await asking([() => busy()]);
		expect(heard.kind).toBe('busy');
		const waits = sentAt.slice(1).map((at, index) => at - sentAt[index]);
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(2);
		expect(Math.max(...waits.slice(0, 70))).toBeLessThanOrEqual(4);
		expect(Math.min(...waits.slice(-30))).toBeGreaterThanOrEqual(60);
		expect(Math.max(...waits)).toBeLessThanOrEqual(90);
		expect(sentAt.at(-1)).toBeLessThanOrEqual(apiLimits.pausesPerRunMs / 1_000);
		expect(sentAt.at(-1)).toBeGreaterThan(apiLimits.pausesPerRunMs / 1_000 - 90);
		expect(sentAt.length).toBeLessThan(160);
		expect(connection.spending.retries).toBe(0);
	});

	test('by any other word is waited for a quarter of an hour, 2 to 22 seconds at a time', async () => {
		const { answer: heard, sentAt } = await asking([() => answer(429, refusal('429', 'TOO MANY REQUESTS'))]);
		expect(heard.kind).toBe('busy');
		const waits = sentAt.slice(1).map((at, index) => at - sentAt[index]);
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(2);
		expect(sentAt.at(-1)).toBeLessThanOrEqual(apiLimits.busyPatienceMs / 1_000);
	});

	test('Retry-After is kept to the letter', async () => {
		const { answer: heard, sentAt } = await asking([
			() => busy({ 'retry-after': '77' }),
			() => busy({ 'retry-after': '1' }),
			fine,
		]);
		expect(heard.kind).toBe('whole');
		expect(sentAt).toEqual([0, 77, 78]);
	});

	test('of a day, or a century: it is asked once in a quarter of an hour, for an hour, and the answer says what was told', async () => {
		for (const seconds of [86_400, 3_155_760_000]) {
			const { answer: heard, sentAt } = await asking([() => busy({ 'retry-after': String(seconds) })]);
			expect(heard).toMatchObject({ kind: 'busy', retryAfterMs: seconds * 1_000 });
			expect(sentAt).toEqual([0, 900, 1_800, 2_700, 3_600]);
		}
	});

	test('of a century, told once: the next request after a quarter of an hour is answered, and everything goes on', async () => {
		const { answer: heard, sentAt, join } = await asking([() => busy({ 'retry-after': '3155760000' }), fine]);
		expect(heard.kind).toBe('whole');
		expect(sentAt).toEqual([0, 900]);
		expect(join().heldBy()).toBeNull();
	});

	test.each([
		['0 seconds', { 'retry-after': '0' }],
		[
			'the server’s own moment',
			{ 'retry-after': 'Sat, 01 Jun 2024 17:00:00 GMT', date: 'Sat, 01 Jun 2024 17:00:00 GMT' },
		],
	])('a Retry-After of %s ends like any other', async (_, headers) => {
		const { answer: heard, sentAt } = await asking([() => busy(headers)]);
		expect(heard.kind).toBe('busy');
		expect(sentAt.length).toBeLessThan(160);
		expect(Math.min(...sentAt.slice(1).map((at, index) => at - sentAt[index]))).toBeGreaterThanOrEqual(2);
	});

	test('a closed API is waited for likewise', async () => {
		const { answer: heard, sentAt } = await asking([
			() => answer(403, refusal('403', 'API consumption is temporarily disabled')),
			fine,
		]);
		expect(heard.kind).toBe('whole');
		expect(sentAt).toHaveLength(2);
	});
});

test('a fault with Retry-After is not tried before it', async () => {
	const { sentAt } = await asking([() => broken({ 'retry-after': '30' }), fine]);
	expect(sentAt).toEqual([0, 30]);
});

test('and the lane stays paused even where the question is given up', async () => {
	const {
		answer: heard,
		connection,
		join,
	} = await asking([() => broken({ 'retry-after': '30' })], { budgetMs: 10_000 });
	expect(heard).toMatchObject({ kind: 'transient', why: 'serverStatus' });
	const next = join();
	await next.withTurn({ signal: connection.signal }, async () => ({}));
	expect(connection.world.now() - new VirtualWorld().now()).toBe(30_000);
	next.close();
});

describe.each([
	['busy', () => busy({ 'retry-after': '3600' }), { kind: 'busy' }],
	[
		'closed',
		() =>
			answer(403, refusal('403', 'API consumption is temporarily disabled'), { headers: { 'retry-after': '3600' } }),
		{ kind: 'closed' },
	],
	['a fault', () => broken({ 'retry-after': '3600' }), { kind: 'transient', why: 'serverStatus' }],
] as const)('a Retry-After of an hour, %s', (_, reply, failure) => {
	const question = { path: 'information.php', query: {}, read: readDocument } as const;

	test('sends a poll on the same token away at once, in the same words, nothing sent', async () => {
		const { sentAt, connection, join } = await asking([reply, fine], { budgetMs: 33_000 });
		const lane = join();
		const next = { ...connection, lane, spending: nothingSpent() };
		expect(await ask(next, question)).toMatchObject({ ...failure, retryAfterMs: apiLimits.lookAgainMs });
		expect(next.spending.requests).toBe(0);
		await connection.world.sleep(apiLimits.lookAgainMs);
		const later = { ...next, deadlineMs: connection.world.now() + 33_000 };
		expect((await ask(later, question)).kind).toBe('whole');
		expect(sentAt).toEqual([0, 900]);
		lane.close();
	});

	test('sends a stopped run away as stopped', async () => {
		const { connection, join } = await asking([reply], { budgetMs: 33_000 });
		const lane = join();
		expect(await ask({ ...connection, lane, signal: AbortSignal.abort() }, question)).toEqual({ kind: 'cancelled' });
		lane.close();
	});
});

test('the second fault that may be the question’s own is given back', async () => {
	const { answer: heard, sentAt } = await asking([() => broken()], { heavy: true });
	expect(heard).toMatchObject({ kind: 'transient', why: 'serverStatus' });
	expect(sentAt).toHaveLength(2);
});

test('a host that never answered is out of reach; one that did is slow', async () => {
	expect((await asking([() => timedOut])).answer).toMatchObject({ kind: 'transient', why: 'unreachable' });
	expect((await asking([() => broken(), () => timedOut])).answer).toEqual({ kind: 'tooMany', why: 'tooSlow' });
});

describe('a request that runs out of time', () => {
	test('about a short window is tried again before the window is cut', async () => {
		const once = await asking([() => broken(), () => timedOut, fine]);
		expect(once.answer.kind).toBe('whole');
		const twice = await asking([() => broken(), () => timedOut]);
		expect(twice.answer).toEqual({ kind: 'tooMany', why: 'tooSlow' });
		expect(twice.sentAt).toHaveLength(4);
		expect(twice.connection.spending.retries).toBe(3);
	});

	test('about a long one once', async () => {
		const { answer: heard, sentAt } = await asking([() => timedOut], {
			heavy: true,
			spending: { ...nothingSpent(), answered: true },
		});
		expect(heard).toEqual({ kind: 'tooMany', why: 'tooSlow' });
		expect(sentAt).toHaveLength(2);
	});

	test('leaves half of the retries to what fails', async () => {
		const { answer: heard, sentAt } = await asking([() => timedOut], {
			spending: { ...nothingSpent(), answered: true, fruitless: 5 },
		});
		expect(heard).toEqual({ kind: 'tooMany', why: 'tooSlow' });
		expect(sentAt).toHaveLength(1);
	});

	test('after many such in a row is the host’s fault: it is left alone for half a minute and more each time', async () => {
		const {
			answer: heard,
			sentAt,
			connection,
		} = await asking([() => timedOut], {
			heavy: true,
			spending: { ...nothingSpent(), answered: true, hangs: apiLimits.hangsInARow - 1 },
		});
		expect(heard).toMatchObject({ kind: 'transient', why: 'stalled' });
		const waits = sentAt.slice(1).map((at, index) => at - sentAt[index]);
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(30);
		expect(Math.max(...waits)).toBeLessThanOrEqual(60);
		expect(connection.spending.retries).toBe(sentAt.length - 1);
		expect(connection.spending.retries).toBeGreaterThanOrEqual(10);
	});

	test('and is forgotten with the first answer of any kind', async () => {
		const { connection } = await asking([() => timedOut, fine], {
			spending: { ...nothingSpent(), answered: true, hangs: apiLimits.hangsInARow },
		});
		expect(connection.spending).toMatchObject({ hangs: 0, retries: 1 });
	});

	test('as often as that is asked no more, however many retries are left', async () => {
		const spending = { ...nothingSpent(), answered: true, requests: 10_000, hangs: apiLimits.hangsInARow };
		const { answer: heard, sentAt, connection } = await asking([() => timedOut], { spending });
		expect(heard).toMatchObject({ kind: 'transient', why: 'stalled' });
		expect(sentAt).toHaveLength(apiLimits.hangsAtMost - apiLimits.hangsInARow);
		expect(connection.spending.hangs).toBe(apiLimits.hangsAtMost);
	});
});

test('ten retries in a row in vain are enough for a run, whatever it is asking', async () => {
	const { answer: heard, connection } = await asking([() => gone], {
		spending: { ...nothingSpent(), requests: 10, retries: 11, answered: true, fruitless: 9 },
	});
	expect(heard).toMatchObject({ kind: 'transient', why: 'reset' });
	expect(connection.spending).toMatchObject({ requests: 12, retries: 12 });
});

describe('with a budget', () => {
	const timeouts = async (budgetMs?: number): Promise<number> => {
		let asked = NaN;
		await asking([fine], { budgetMs, transport: async ({ timeoutMs }) => ((asked = timeoutMs), fine()) });
		return asked;
	};

	test('a request may take what is left of it, at most 60 seconds', async () => {
		expect(await timeouts()).toBe(apiLimits.requestTimeoutMs);
		expect(await timeouts(300_000)).toBe(apiLimits.requestTimeoutMs);
		expect(await timeouts(20_000)).toBe(20_000);
	});

	test('none starts that has no chance, and no wait reaches past it', async () => {
		expect(await asking([fine], { budgetMs: 4_000 })).toMatchObject({
			answer: { kind: 'bounded', why: 'budget' },
			sentAt: [],
		});
		expect(await asking([() => busy({ 'retry-after': '30' }), fine], { budgetMs: 34_000 })).toMatchObject({
			answer: { kind: 'busy' },
			sentAt: [0],
		});
		expect(await asking([() => broken({ 'retry-after': '30' }), fine], { budgetMs: 34_000 })).toMatchObject({
			answer: { kind: 'transient' },
			sentAt: [0],
		});
		expect(await asking([() => busy({ 'retry-after': '30' }), fine], { budgetMs: 35_000 })).toMatchObject({
			answer: { kind: 'whole' },
			sentAt: [0, 30],
		});
	});
});

test('a bound of the run is told before the request that would break it', async () => {
	const bound = { kind: 'bounded', why: 'maxRequests', limit: 3 } as const;
	expect(await asking([fine], { requestsLeft: () => bound })).toMatchObject({ answer: bound, sentAt: [] });
});

test('a stopped run asks nothing', async () => {
	const stop = new AbortController();
	stop.abort();
	expect(await asking([fine], { signal: stop.signal })).toMatchObject({ answer: { kind: 'cancelled' }, sentAt: [] });
});
