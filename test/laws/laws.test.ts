import { laws } from './laws';
import { pinned } from './pinned';

/** 500 in all; `npm run laws -- --seeds 10000` for the night. */
const SEEDS = 60;

describe('laws', () => {
	test.each(laws)(
		'$name',
		async (law) => {
			expect((await law.hold(SEEDS, 20_240_501)).broken).toBeNull();
		},
		120_000,
	);
});

describe('failures found on the way', () => {
	test.each(pinned)('$sentence', async ({ holds }) => {
		expect(await holds()).toEqual([]);
	});
});
