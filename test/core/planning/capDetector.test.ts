import { CapDetector } from '../../../core/planning/capDetector';

const whole = { from: 0, to: 100 };
const [first, second] = [
	{ from: 0, to: 50 },
	{ from: 50, to: 100 },
];

test('a round count that no trusted answer has passed is suspicious', () => {
	const watch = new CapDetector();
	expect([500, 1_000, 501, 0].map((served) => watch.isSuspicious(served))).toEqual([true, true, false, false]);
	watch.trust(whole, 1_001, 1_001);
	expect([500, 1_000, 1_500].map((served) => watch.isSuspicious(served))).toEqual([false, false, true]);
});

test('an answer of exactly that many proves nothing of it', () => {
	const watch = new CapDetector();
	watch.trust(whole, 1_000, 1_000);
	expect(watch.isSuspicious(1_000)).toBe(true);
});

test('parts that hold as many clear it', () => {
	const watch = new CapDetector();
	watch.suspect(whole, 1_000, 998);
	expect(watch.trust(first, 400, 398)).toBeNull();
	expect(watch.trust(second, 602, 600)).toBeNull();
	expect(watch.isSuspicious(1_500)).toBe(true);
});

test('parts that hold more convict it, the second time for good', () => {
	const watch = new CapDetector();
	const hides = (from: number): number | null => {
		watch.suspect({ from, to: from + 100 }, 1_000, 1_000);
		watch.trust({ from, to: from + 50 }, 700, 700);
		return watch.trust({ from: from + 50, to: from + 100 }, 700, 700);
	};
	expect(hides(0)).toBeNull();
	expect(hides(100)).toBe(1_000);
});

test('two different round counts are no cap', () => {
	const watch = new CapDetector();
	for (const served of [1_000, 1_500]) {
		watch.suspect(whole, served, served);
		watch.trust(first, 900, 900);
		expect(watch.trust(second, 900, 900)).toBeNull();
	}
});

test('nor does what was empty before the suspect count for it', () => {
	const watch = new CapDetector();
	for (const from of [1_000, 2_000]) {
		watch.suspect({ from, to: from + 100 }, 500, 500);
		watch.trust({ from: from - 500, to: from + 40 }, 0, 0);
		expect(watch.trust({ from: from + 40, to: from + 90 }, 501, 501)).toBeNull();
		expect(watch.trust({ from: from + 90, to: from + 100 }, 1, 1)).toBe(from === 1_000 ? null : 500);
	}
});

test('a part that was empty counts, also where it reaches beyond the suspect', () => {
	const watch = new CapDetector();
	for (const from of [0, 1_000]) {
		watch.suspect({ from, to: from + 100 }, 500, 500);
		watch.trust({ from, to: from + 50 }, 501, 501);
		expect(watch.trust({ from: from + 50, to: from + 500 }, 0, 0)).toBe(from === 0 ? null : 500);
	}
});
