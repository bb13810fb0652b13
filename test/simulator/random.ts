/* Randomness without state: every draw is a function of what it is about, so nothing needs storing. */

// Held by name: in a test runner's sandbox each look at a global is a hundred times dearer.
const { imul, round, sqrt, max, exp } = Math;

/** 32 well-mixed bits of four numbers (murmur3's steps). */
export function mix(seed: number, a: number, b = 0, salt = 0): number {
	let h = seed | 0;
	h = imul(h ^ imul(a | 0, 0xcc9e2d51), 0x1b873593);
	h = imul((h << 13) | (h >>> 19), 5) + 0xe6546b64;
	h ^= imul(b | 0, 0x85ebca6b);
	h = imul((h << 15) | (h >>> 17), 5) + imul(salt | 0, 0x9e3779b1);
	h = imul(h ^ (h >>> 16), 0x85ebca6b);
	h = imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

/** In [0, 1). */
export function uniform(seed: number, a: number, b = 0, salt = 0): number {
	return mix(seed, a, b, salt) / 4294967296;
}

/** Above this mean the bell curve is near enough, and exp(-mean) far too small. */
const BELL_MEAN = 500;

/** A sampler of Poisson counts with one mean: 32 random bits in, a count out. */
export function poisson(mean: number): (bits: number) => number {
	if (mean <= 0) return () => 0;
	if (mean > BELL_MEAN) {
		return (bits) => {
			let sum = -6;
			for (let i = 0; i < 12; i++) sum += uniform(bits, i);
			return max(0, round(mean + sqrt(mean) * sum));
		};
	}
	const thresholds: number[] = [];
	let term = exp(-mean);
	for (let sum = term, k = 1; sum < 1 - 1e-10 && k < 2000; k++) {
		thresholds.push(sum * 4294967296);
		term *= mean / k;
		sum += term;
	}
	const none = thresholds[0] ?? 4294967296;
	return (bits) => {
		if (bits < none) return 0;
		let low = 1;
		let high = thresholds.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (bits < thresholds[middle]) high = middle;
			else low = middle + 1;
		}
		return low;
	};
}
