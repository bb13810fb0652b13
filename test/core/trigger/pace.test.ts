import type { Failure } from '../../../core/failures';
import { type Pace, atEase, isDue, paceAfter, patienceFor } from '../../../core/trigger/pace';
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
	...changes,
});
const windowAfter = (changes: Partial<Tick>, window: Pace['window'] = null): number | undefined =>
	paceAfter({ ...atEase, window }, tick(changes), nowMs).window?.seconds;
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
		expect(windowAfter({ step: null, stopped: { kind: 'cancelled' } }, { seconds: 600, sinceMs: 0 })).toBe(300);
		expect(windowAfter({ step: null, stopped: slow }, { seconds: 1, sinceMs: 0 })).toBe(1);
	});

	test('is half of what broke off, down to five minutes, and as it was when nobody answered', () => {
		expect(windowAfter({ step: null, stopped: faulty })).toBe(1_800);
		expect(windowAfter({ step: null, stopped: faulty }, { seconds: 400, sinceMs: 0 })).toBe(400);
		expect(windowAfter({ step: null, stopped: { kind: 'transient', why: 'unreachable', said: '' } })).toBeUndefined();
	});

	test('holds a third of what a tick may take, once there was more than that to catch up', () => {
		expect(windowAfter({ step: { ...place, isThrough: false }, fullest: { seconds: 86_400, records: 40_000 } })).toBe(
			7_200,
		);
		expect(windowAfter({ fullest: { seconds: 86_400, records: 40_000 } })).toBeUndefined();
	});

	test('grows again after an hour, and ends at a day', () => {
		expect(windowAfter({}, { seconds: 600, sinceMs: nowMs - HOUR + 1 })).toBe(600);
		expect(windowAfter({}, { seconds: 600, sinceMs: nowMs - HOUR })).toBe(1_200);
		expect(windowAfter({}, { seconds: 43_200, sinceMs: nowMs - HOUR })).toBeUndefined();
	});
});

test('ticks that run out of time are counted until one gets somewhere', () => {
	const once = paceAfter(atEase, tick({ step: null, stopped: slow }), nowMs);
	expect(paceAfter(once, tick({ step: null, stopped: slow }), nowMs).stalls).toBe(2);
	expect(paceAfter(once, tick({}), nowMs).stalls).toBe(0);
	expect(paceAfter(once, tick({ step: null, stopped: faulty }), nowMs).stalls).toBe(0);
});

describe('how long a failure keeps it from asking', () => {
	const zone = 'America/Bogota';
	const quota: Failure = { kind: 'refused', why: 'quotaSpent', status: 403, said: '' };
	test.each<[string, Failure, number]>([
		['busy', { kind: 'busy', said: '' }, MINUTE],
		['busy, as told', { kind: 'busy', said: '', retryAfterMs: 7_000 }, 7_000],
		['closed', { kind: 'closed', said: '' }, 15 * MINUTE],
		['a passing fault', faulty, minMs],
		['a fault with Retry-After', { kind: 'transient', why: 'serverStatus', said: '', retryAfterMs: 90_000 }, 90_000],
		['a wrong token', { kind: 'refused', why: 'wrongToken', status: 403, said: '' }, HOUR],
		['out of time', slow, 0],
		['a second too full', { kind: 'tooMany', why: 'capReached' }, 0],
	])('%s', (_, failure, ms) => {
		expect(patienceFor(failure, { nowMs, minMs, zone })).toBe(ms);
	});

	test('a spent quota: until five past the operation’s midnight, and a quarter of an hour just after it', () => {
		// 15:00 UTC is 10:00 in Bogotá.
		expect(patienceFor(quota, { nowMs, minMs, zone })).toBe(14 * HOUR + 5 * MINUTE);
		expect(patienceFor({ kind: 'bounded', why: 'quota', limit: 3 }, { nowMs, minMs, zone })).toBe(
			14 * HOUR + 5 * MINUTE,
		);
		expect(patienceFor(quota, { nowMs: Date.UTC(2024, 5, 3, 5, 10), minMs, zone })).toBe(15 * MINUTE);
	});
});
