import { apiLimits } from '../../../core/limits';
import { backoffMs, busyWaitMs, hangWaitMs } from '../../../core/api/retryDelays';

const [least, half, most] = [0, 0.5, 1].map((chance) => () => chance);

describe('after a passing fault', () => {
	const delays = (random: () => number): Array<number | null> =>
		[0, 1, 2, 3, 4, 5].map((retries) => backoffMs(random, retries));

	test('five more tries, each delay somewhere below a bound that doubles', () => {
		expect(delays(most)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, null]);
		expect(delays(half)).toEqual([500, 1_000, 2_000, 4_000, 8_000, null]);
		expect(delays(least)).toEqual([0, 0, 0, 0, 0, null]);
	});

	test('never before Retry-After, and not later than needed', () => {
		expect(backoffMs(most, 0, 30_000)).toBe(30_000);
		expect(backoffMs(most, 1, 1_500)).toBe(2_000);
	});

	test('a Retry-After past a quarter of an hour ends patience', () => {
		expect(backoffMs(most, 0, apiLimits.busyPatienceMs)).toBe(apiLimits.busyPatienceMs);
		expect(backoffMs(most, 0, apiLimits.busyPatienceMs + 1)).toBeNull();
	});
});

describe('while the API is busy', () => {
	test('2 to 20 seconds between tries', () => {
		expect([least, half, most].map((random) => busyWaitMs(random))).toEqual([2_000, 11_000, 20_000]);
	});
});

test('a host that hangs is left alone for half a minute to a minute', () => {
	expect([least, half, most].map(hangWaitMs)).toEqual([30_000, 45_000, 60_000]);
});
