import { Courtesy, GAP_MS } from '../../../core/api/pacing/courtesy';

/** Uses a turn without a pause, ten seconds at a time; gives the milliseconds of all gaps. */
function useFor(courtesy: Courtesy, fromMs: number, ms: number): number {
	let gaps = 0;
	for (let nowMs = fromMs; nowMs < fromMs + ms; ) {
		courtesy.used((nowMs += 10_000), 10_000);
		if (courtesy.endMs > nowMs) {
			gaps += courtesy.endMs - nowMs;
			nowMs = courtesy.endMs;
		}
	}
	return gaps;
}

const HOUR = 3_600_000;

test('whoever is alone leaves gaps of less than one per cent, none in the first minutes', () => {
	const gaps = useFor(new Courtesy(), 0, HOUR);
	expect(gaps).toBeGreaterThan(5 * GAP_MS);
	expect(gaps).toBeLessThanOrEqual(HOUR / 100);
	expect(useFor(new Courtesy(), 0, 400_000)).toBe(0);
});

test('after others were seen the gaps are frequent for ten minutes', () => {
	const courtesy = new Courtesy();
	courtesy.sawOthers(0);
	expect(useFor(courtesy, 0, 600_000)).toBeGreaterThan(40_000);
	expect(useFor(courtesy, 700_000, HOUR)).toBeLessThanOrEqual(HOUR / 100);
});
