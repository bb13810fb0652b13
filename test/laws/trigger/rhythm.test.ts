import { AT_SCALE, brokenAtRhythm } from './rhythm';

test.each(AT_SCALE)('100,000 records, %s: each version once, and level again after the trouble', async (_, one) => {
	expect(await brokenAtRhythm(one)).toEqual([]);
});
