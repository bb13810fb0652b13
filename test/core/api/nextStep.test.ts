import { type Effort, type Spending, nextStep, noEffort, stillRefused } from '../../../core/api/nextStep';
import type { Answer } from '../../../core/api/response';
import { nothingSpent } from '../../../core/api/request';
import { apiLimits } from '../../../core/limits';

interface Case {
	readonly effort?: Partial<Effort>;
	readonly spending?: Partial<Spending>;
	readonly leftMs?: number;
	readonly heavy?: boolean;
	/** Milliseconds until the pace allows another request. */
	readonly paceMs?: number;
	/** Something was let through in the meantime. */
	readonly passed?: boolean;
	readonly windowTroubles?: readonly string[];
}

/** Chance is a half throughout. */
const circumstances = ({ effort, spending, leftMs = Infinity, heavy, paceMs = 0, passed, windowTroubles }: Case) => ({
	effort: { ...noEffort, ...effort },
	spending: { ...nothingSpent(), requests: 1, answered: true, ...spending },
	startedMs: 7_000,
	leftMs,
	paceMs,
	pace: { passedSince: () => passed === true, windowTroubles: new Set(windowTroubles) },
	tries: () => (heavy ? 2 : apiLimits.maxTries),
	random: () => 0.5,
});
const after = (answer: Answer<number>, given: Case = {}) => nextStep(answer, circumstances(given));

const busy = (retryAfterMs?: number): Answer<number> => ({ kind: 'busy', said: '', retryAfterMs });
const fault = (retryAfterMs?: number): Answer<number> => ({
	kind: 'transient',
	why: 'serverStatus',
	said: '',
	retryAfterMs,
});
const gateway = (retryAfterMs?: number): Answer<number> => ({
	kind: 'transient',
	why: 'webPage',
	status: 503,
	said: '',
	retryAfterMs,
});
const slow: Answer<number> = { kind: 'tooMany', why: 'tooSlow' };
const full: Answer<number> = { kind: 'tooMany', why: 'capReached', count: 60_000 };
const stalled = { kind: 'transient', why: 'stalled', said: 'no answer in time' };
const { busyPatienceMs: patienceMs, pausesPerRunMs, lookAgainMs, hangsInARow } = apiLimits;

test.each<[what: string, answer: Answer<number>, given: Case, step: object]>([
	['rows', { kind: 'whole', value: 7 }, {}, { do: 'accept', answer: { kind: 'whole', value: 7 } }],
	['nothing', { kind: 'empty' }, {}, { do: 'accept' }],
	['a refusal', { kind: 'refused', why: 'wrongToken', status: 403, said: '' }, {}, { do: 'accept' }],
	['a stop', { kind: 'cancelled' }, {}, { do: 'accept' }],

	['busy', busy(), {}, { do: 'wait', delayMs: 11_000, effort: { busyMs: 11_000 } }],
	['busy, with Retry-After', busy(77_000), {}, { do: 'wait', delayMs: 77_000 }],
	['busy, waited for almost long enough', busy(), { effort: { busyMs: patienceMs - 11_000 } }, { do: 'wait' }],
	['busy, waited for long enough', busy(), { effort: { busyMs: patienceMs - 10_999 } }, { do: 'giveUp' }],
	['busy, and a pace', busy(), { paceMs: 5_000 }, { do: 'wait', delayMs: 6_000 }],
	[
		'busy, told to wait for a day: after a quarter of an hour somebody looks',
		busy(86_400_000),
		{},
		{ delayMs: lookAgainMs },
	],
	[
		'busy, told to wait again and again, up to an hour',
		busy(86_400_000),
		{ effort: { busyMs: pausesPerRunMs - lookAgainMs } },
		{ do: 'wait' },
	],
	[
		'busy, told to wait for more than an hour in all',
		busy(86_400_000),
		{ effort: { busyMs: pausesPerRunMs - lookAgainMs + 1 } },
		{ do: 'giveUp', ofAll: true },
	],
	['busy, and no time left for a request after the wait', busy(), { leftMs: 15_999 }, { do: 'giveUp' }],
	['busy, and just time enough', busy(), { leftMs: 16_000 }, { do: 'wait' }],

	['a fault', fault(), {}, { do: 'tryAgain', delayMs: 500, effort: { retries: 1, doubts: 0 } }],
	['the fifth fault', fault(), { effort: { retries: 4 } }, { do: 'tryAgain', delayMs: 8_000 }],
	['the sixth', fault(), { effort: { retries: 5 } }, { do: 'giveUp', answer: fault() }],
	['a fault, with Retry-After', fault(30_000), {}, { do: 'wait', delayMs: 30_000 }],
	['a fault, ten retries in vain before it', fault(), { spending: { fruitless: 10 } }, { do: 'giveUp' }],
	['a fault, nine', fault(), { spending: { fruitless: 9 } }, { do: 'tryAgain' }],
	['a fault, and no time left', fault(), { leftMs: 5_499 }, { do: 'giveUp' }],
	['a fault that a smaller window may heal', fault(), { heavy: true }, { do: 'tryAgain', effort: { doubts: 1 } }],
	['its second', fault(), { heavy: true, effort: { doubts: 1, retries: 1 } }, { do: 'giveUp', answer: fault() }],

	[
		'a page of a gateway: the same again after a pause',
		gateway(),
		{ heavy: true, paceMs: 10_000 },
		{ do: 'wait', delayMs: 11_000, effort: { refusals: 1, refusedAtMs: 7_000, retries: 0 } },
	],
	[
		'refused again, nothing let through in the meantime: is anything?',
		gateway(),
		{ heavy: true, effort: { refusals: 1 } },
		{ do: 'lookAround', delayMs: 3_000 },
	],
	[
		'refused again where something else was let through: it is the window',
		gateway(),
		{ heavy: true, effort: { refusals: 1 }, passed: true },
		{ do: 'giveUp', answer: gateway(), ofWindow: 'webPage 503' },
	],
	[
		'the same trouble about another window',
		gateway(),
		{ heavy: true, windowTroubles: ['webPage 503'] },
		{ do: 'tryAgain', effort: { doubts: 1 } },
	],
	['a gateway that asks for time', gateway(60_000), {}, { do: 'wait', delayMs: 60_000 }],
	['a gateway that asks for a century', gateway(3e12), {}, { do: 'wait', delayMs: lookAgainMs }],
	[
		'nothing let through for a quarter of an hour',
		gateway(),
		{ effort: { refusals: 9, busyMs: patienceMs } },
		{ do: 'giveUp', answer: gateway(), ofAll: true },
	],

	['too many', full, {}, { do: 'askSmaller', answer: full }],
	['no head in time, about a long window', slow, { heavy: true }, { do: 'askSmaller', answer: slow }],
	['no head in time, about a short one', slow, {}, { do: 'tryAgain', delayMs: 500, effort: { timeouts: 1 } }],
	['the same again', slow, { effort: { timeouts: 1 } }, { do: 'askSmaller', answer: slow }],
	[
		'no head in time, five retries in vain before it',
		slow,
		{ spending: { fruitless: 5 } },
		{ do: 'giveUp', answer: slow },
	],
	[
		'no head in time from a host that never answered, at last',
		slow,
		{ spending: { answered: false }, effort: { retries: 5 } },
		{ do: 'giveUp', answer: { ...stalled, why: 'unreachable' } },
	],
	[
		'no head in time from a host that hangs whatever it is asked',
		slow,
		{ heavy: true, spending: { hangs: hangsInARow }, effort: { retries: 5 } },
		{ do: 'tryAgain', delayMs: 45_000, effort: { retries: 5, doubts: 0 } },
	],
])('%s', (_, answer, given, step) => {
	expect(after(answer, given)).toMatchObject(step);
});

test('after the look around: the question itself as soon as anything is let through', () => {
	const given = circumstances({ effort: { refusals: 2, busyMs: 5_000 } });
	expect(stillRefused({ kind: 'whole', value: [] }, given)).toMatchObject({
		do: 'wait',
		delayMs: 0,
		effort: given.effort,
	});
	expect(stillRefused(gateway(), given)).toMatchObject({ do: 'lookAround', delayMs: 3_000, effort: { refusals: 3 } });
});
