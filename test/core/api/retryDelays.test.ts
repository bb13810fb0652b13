import { apiLimits } from '../../../core/limits';
import { backoff, busyWaits, hangWaitMs, retriesAllowed, started } from '../../../core/api/retryDelays';

/** Every delay, each asked for with the Retry-After of its turn. */
const delaysOf = (delays: ReturnType<typeof backoff>, retryAfterMs: Array<number | undefined> = []): number[] => {
	const found: number[] = [];
	for (let turn = 0; turn < 1_000; turn++) {
		const next = delays.next(retryAfterMs[turn]);
		if (next.done) break;
		found.push(next.value);
	}
	return found;
};

describe('after a passing fault', () => {
	test('five more tries, each delay somewhere below a bound that doubles', () => {
		expect(delaysOf(started(backoff(() => 1)))).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
		expect(delaysOf(started(backoff(() => 0.5)))).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
		expect(delaysOf(started(backoff(() => 0)))).toEqual([0, 0, 0, 0, 0]);
	});

	test('never before Retry-After, and not later than needed', () => {
		expect(delaysOf(started(backoff(() => 1)), [30_000, 1_500])).toEqual([30_000, 2_000, 4_000, 8_000, 16_000]);
	});

	test('a Retry-After past a quarter of an hour ends patience', () => {
		expect(delaysOf(started(backoff(() => 1)), [apiLimits.busyPatienceMs + 1])).toEqual([]);
	});
});

describe('while the API is busy', () => {
	test('2 to 20 seconds between tries, a quarter of an hour in all', () => {
		const shortest = delaysOf(started(busyWaits(() => 0)));
		const longest = delaysOf(started(busyWaits(() => 1)));
		expect(new Set(shortest)).toEqual(new Set([2_000]));
		expect(new Set(longest)).toEqual(new Set([20_000]));
		expect(shortest.length * 2_000).toBe(apiLimits.busyPatienceMs);
		expect(longest.length * 20_000).toBe(apiLimits.busyPatienceMs);
	});

	test('Retry-After to the letter, even a short one', () => {
		expect(delaysOf(started(busyWaits(() => 1, 60_000)), [500, 40_000, undefined])).toEqual([500, 40_000]);
	});

	test('a Retry-After of 0 waits as if none were told: without time passing patience would never end', () => {
		expect(delaysOf(started(busyWaits(() => 1, 60_000)), [0, 0, 0, 0, 0, 0])).toEqual([20_000, 20_000, 20_000]);
	});

	test('one that is longer than patience ends it', () => {
		expect(delaysOf(started(busyWaits(() => 0)), [apiLimits.busyPatienceMs + 1])).toEqual([]);
	});
});

test('a host that hangs is left alone for half a minute to a minute', () => {
	expect([0, 0.5, 1].map((chance) => hangWaitMs(() => chance))).toEqual([30_000, 45_000, 60_000]);
});

test('a run may retry a fifth of its requests, and ten more', () => {
	expect([0, 4, 5, 100].map(retriesAllowed)).toEqual([10, 10, 11, 30]);
});
