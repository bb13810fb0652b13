import type { Failure } from '../../../core/failures';
import { type Pace, atEase, fallsBehind, isDue, paceAfter, paceOf, patienceFor } from '../../../core/trigger/pace';
import type { Tick } from '../../../core/trigger/tick';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const nowMs = Date.UTC(2024, 5, 3, 15);
const minMs = 5 * MINUTE;

const place = {
	readTo: 1,
	passMs: nowMs,
	isThrough: true,
	knownFrom: 0,
	lastAt: 1,
	grainSeconds: 1,
	holes: [],
	added: { dated: new Map(), undated: new Map() },
};
const tick = (changes: Partial<Tick>): Tick => ({
	fresh: [],
	step: place,
	stopped: null,
	unproven: [],
	passed: [],
	behindSeconds: 0,
	range: { from: 0, to: 3_600 },
	fullest: { seconds: 3_600, records: 10 },
	notice: null,
	...changes,
});
/** All of a tick's time was its requests'. */
const busy = { budgetMs: 33_000, usedMs: 33_000 };
const easy = { budgetMs: 33_000, usedMs: 2_000 };
const windowAfter = (
	changes: Partial<Tick>,
	windowSeconds: Pace['windowSeconds'] = null,
	spent = busy,
): number | null => paceAfter({ ...atEase, windowSeconds }, tick(changes), spent, nowMs).windowSeconds;
const slow: Failure = { kind: 'bounded', why: 'budget', limit: 0 };
const faulty: Failure = { kind: 'transient', why: 'cut', said: '' };

describe('due', () => {
	const read = { ...atEase, lastReadMs: nowMs };
	test.each([
		['the first tick of a process', atEase, nowMs, false, true],
		['one too early', read, nowMs + 4 * MINUTE, false, false],
		['one half a minute early', read, nowMs + 4.5 * MINUTE, false, true],
		['one too early that has more to read', read, nowMs + MINUTE, true, true],
		['one before a failure allows it', { ...read, notBeforeMs: nowMs + HOUR }, nowMs + 30 * MINUTE, true, false],
		['one on a clock that stepped back', { ...read, notBeforeMs: nowMs + HOUR }, nowMs - 1, false, true],
	])('%s', (_, pace, at, isBehind, due) => {
		expect(isDue(pace, { nowMs: at, minMs, isBehind })).toBe(due);
	});
});

describe('the next tick’s longest window', () => {
	test('is half of what took too long, down to a second', () => {
		expect(windowAfter({ step: null, stopped: slow })).toBe(1_800);
		expect(windowAfter({ step: null, stopped: { kind: 'cancelled' } }, 600)).toBe(300);
		expect(windowAfter({ step: null, stopped: { kind: 'tooMany', why: 'tooSlow' } }, 600)).toBe(300);
		expect(windowAfter({ step: null, stopped: slow }, 1)).toBe(1);
	});

	test('is as it was where the time went by in the queue, or n8n itself stood still', () => {
		const waited = { budgetMs: 33_000, usedMs: 12_000 };
		for (const stopped of [slow, { kind: 'cancelled' }, { kind: 'tooMany', why: 'tooSlow' }] as const) {
			expect(windowAfter({ step: null, stopped }, null, waited)).toBeNull();
			expect(windowAfter({ step: null, stopped }, 600, waited)).toBe(600);
		}
	});

	test('is half of what broke off, down to five minutes, and as it was when nobody answered', () => {
		expect(windowAfter({ step: null, stopped: faulty })).toBe(1_800);
		expect(windowAfter({ step: null, stopped: faulty }, 400)).toBe(400);
		expect(windowAfter({ step: null, stopped: { kind: 'transient', why: 'unreachable', said: '' } })).toBeNull();
	});

	test('holds half of what a tick may take, once there was more than that to catch up', () => {
		expect(windowAfter({ step: { ...place, isThrough: false }, fullest: { seconds: 86_400, records: 60_000 } })).toBe(
			36_000,
		);
		expect(windowAfter({ fullest: { seconds: 86_400, records: 60_000 } })).toBeNull();
	});

	test('doubles with each tick that was read with ease, and ends at the longest that may be asked', () => {
		expect(windowAfter({}, 600, busy)).toBe(600);
		expect(windowAfter({}, 600, easy)).toBe(1_200);
		expect(windowAfter({}, 86_400, easy)).toBe(2 * 86_400);
		expect(windowAfter({}, 16 * 86_400, easy)).toBeNull();
		expect(windowAfter({ step: null, stopped: faulty }, 500, easy)).toBe(500);
	});
});

test('ticks that run out of time are counted until one gets somewhere', () => {
	const once = paceAfter(atEase, tick({ step: null, stopped: slow }), busy, nowMs);
	expect(paceAfter(once, tick({ step: null, stopped: slow }), busy, nowMs).stalls).toBe(2);
	expect(paceAfter(once, tick({}), busy, nowMs).stalls).toBe(0);
	expect(paceAfter(once, tick({ step: null, stopped: faulty }), busy, nowMs).stalls).toBe(0);
});

describe('polls that are too rare for what comes', () => {
	const left = (behindSeconds: number) => tick({ step: { ...place, isThrough: false }, behindSeconds });
	const after = (...ticks: Tick[]) => ticks.reduce((pace, one) => paceAfter(pace, one, busy, nowMs), atEase);

	test('are those that three times in a row did not come nearer to the present', () => {
		expect(fallsBehind(after(left(100), left(200)))).toBe(false);
		expect(fallsBehind(after(left(100), left(200), left(200)))).toBe(true);
		expect(fallsBehind(after(left(100), left(200), left(150), left(160)))).toBe(false);
		expect(fallsBehind(after(left(100), left(200), tick({}), left(300)))).toBe(false);
	});

	test('but not those that failed in between, or only because of a fault', () => {
		const broken = { ...left(500), stopped: faulty };
		expect(fallsBehind(after(left(100), broken, broken, broken, left(90)))).toBe(false);
		expect(fallsBehind(after(left(100), left(200), tick({ step: null, stopped: slow }), left(300)))).toBe(true);
	});
});

describe('what was learned of one server, token and campaign', () => {
	const learned: Pace = {
		...atEase,
		of: 'a',
		lastReadMs: nowMs,
		notBeforeMs: nowMs + HOUR,
		windowSeconds: 60,
		stalls: 3,
	};

	test('holds for them alone: another is asked at once, and at its own pace', () => {
		expect(paceOf(learned, { of: 'a', nowMs, isAsked: false })).toBe(learned);
		expect(paceOf(learned, { of: 'b', nowMs, isAsked: false })).toEqual({ ...atEase, of: 'b', lastReadMs: 0 });
		expect(paceOf(atEase, { of: 'b', nowMs, isAsked: false })).toEqual({ ...atEase, of: 'b' });
	});

	test('keeps nobody from asking who activates the trigger after a refusal', () => {
		const asked = paceOf(learned, { of: 'a', nowMs, isAsked: true });
		expect(isDue(asked, { nowMs, minMs, isBehind: false })).toBe(true);
		const fine = { ...learned, notBeforeMs: 0 };
		expect(paceOf(fine, { of: 'a', nowMs, isAsked: true })).toBe(fine);
	});
});

describe('how long a failure keeps it from asking', () => {
	const zone = 'America/Bogota';
	const quota: Failure = { kind: 'refused', why: 'quotaSpent', status: 403, said: '' };
	test.each<[string, Failure, number]>([
		['busy', { kind: 'busy', said: '' }, MINUTE],
		['busy, as told', { kind: 'busy', said: '', retryAfterMs: 7_000 }, 7_000],
		['closed', { kind: 'closed', said: '' }, 15 * MINUTE],
		['a passing fault', faulty, minMs],
		['a century: somebody looks in a quarter of an hour', { kind: 'busy', said: '', retryAfterMs: 3e12 }, 15 * MINUTE],
		['a fault with Retry-After', { kind: 'transient', why: 'serverStatus', said: '', retryAfterMs: 90_000 }, 90_000],
		['a wrong token', { kind: 'refused', why: 'wrongToken', status: 403, said: '' }, HOUR],
		['out of time', slow, 0],
		['a second too full', { kind: 'tooMany', why: 'capReached' }, 0],
	])('%s', (_, failure, ms) => {
		expect(patienceFor(failure, { nowMs, minMs, zone })).toBe(ms);
	});

	test('a spent quota: until five past the operation’s midnight, with a look every hour, and a quarter of one just after it', () => {
		// 15:00 UTC is 10:00 in Bogotá.
		expect(patienceFor(quota, { nowMs, minMs, zone })).toBe(HOUR);
		expect(patienceFor(quota, { nowMs: nowMs + 13.5 * HOUR, minMs, zone })).toBe(35 * MINUTE);
		expect(patienceFor({ kind: 'bounded', why: 'quota', limit: 3 }, { nowMs, minMs, zone })).toBe(
			14 * HOUR + 5 * MINUTE,
		);
		expect(patienceFor(quota, { nowMs: Date.UTC(2024, 5, 3, 5, 10), minMs, zone })).toBe(15 * MINUTE);
	});
});
