import { type Effort, type Spending, nextStep, noEffort } from '../../../core/api/nextStep';
import type { Answer } from '../../../core/api/response';
import { nothingSpent } from '../../../core/api/request';
import { apiLimits } from '../../../core/limits';

interface Case {
	readonly effort?: Partial<Effort>;
	readonly spending?: Partial<Spending>;
	readonly leftMs?: number;
	readonly heavy?: boolean;
}

/** Chance is a half throughout. */
const after = (answer: Answer<number>, { effort, spending, leftMs = Infinity, heavy = false }: Case = {}) =>
	nextStep(answer, {
		effort: { ...noEffort, ...effort },
		spending: { ...nothingSpent(), requests: 1, answered: true, ...spending },
		leftMs,
		tries: () => (heavy ? 2 : apiLimits.maxTries),
		random: () => 0.5,
	});

const busy = (retryAfterMs?: number): Answer<number> => ({ kind: 'busy', said: '', retryAfterMs });
const fault = (retryAfterMs?: number): Answer<number> => ({
	kind: 'transient',
	why: 'serverStatus',
	said: '',
	retryAfterMs,
});
const slow: Answer<number> = { kind: 'tooMany', why: 'tooSlow' };
const full: Answer<number> = { kind: 'tooMany', why: 'capReached', count: 60_000 };
const stalled = { kind: 'transient', why: 'stalled', said: 'no answer in time' };
const { busyPatienceMs: patienceMs, hangsInARow } = apiLimits;

test.each<[what: string, answer: Answer<number>, given: Case, step: object]>([
	['rows', { kind: 'whole', value: 7 }, {}, { do: 'accept', answer: { kind: 'whole', value: 7 } }],
	['nothing', { kind: 'empty' }, {}, { do: 'accept' }],
	['a refusal', { kind: 'refused', why: 'wrongToken', status: 403, said: '' }, {}, { do: 'accept' }],
	['a stop', { kind: 'cancelled' }, {}, { do: 'accept' }],

	['busy', busy(), {}, { do: 'wait', delayMs: 11_000, effort: { busyMs: 11_000 } }],
	['busy, with Retry-After', busy(77_000), {}, { do: 'wait', delayMs: 77_000 }],
	['busy, waited for almost long enough', busy(), { effort: { busyMs: patienceMs - 11_000 } }, { do: 'wait' }],
	['busy, waited for long enough', busy(), { effort: { busyMs: patienceMs - 10_999 } }, { do: 'giveUp' }],
	['busy, and no time left for a request after the wait', busy(), { leftMs: 15_999 }, { do: 'giveUp' }],
	['busy, and just time enough', busy(), { leftMs: 16_000 }, { do: 'wait' }],

	['a fault', fault(), {}, { do: 'tryAgain', delayMs: 500, effort: { retries: 1, doubts: 0 } }],
	['the fifth fault', fault(), { effort: { retries: 4 } }, { do: 'tryAgain', delayMs: 8_000 }],
	['the sixth', fault(), { effort: { retries: 5 } }, { do: 'giveUp', answer: fault() }],
	['a fault, with Retry-After', fault(30_000), {}, { do: 'tryAgain', delayMs: 30_000 }],
	['a fault, with one past patience', fault(patienceMs + 1), {}, { do: 'giveUp' }],
	['a fault, ten retries in vain before it', fault(), { spending: { fruitless: 10 } }, { do: 'giveUp' }],
	['a fault, nine', fault(), { spending: { fruitless: 9 } }, { do: 'tryAgain' }],
	['a fault, and no time left', fault(), { leftMs: 5_499 }, { do: 'giveUp' }],
	['a fault that a smaller window may heal', fault(), { heavy: true }, { do: 'tryAgain', effort: { doubts: 1 } }],
	['its second', fault(), { heavy: true, effort: { doubts: 1, retries: 1 } }, { do: 'giveUp', answer: fault() }],

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
