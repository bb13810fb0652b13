import { AT_SCALE, SCALE_RECORDS, brokenAtRhythm } from './rhythm';

test.each(AT_SCALE)(
	`${SCALE_RECORDS} records, %s: each version once, and level again after the trouble`,
	async (_, one) => {
		expect(await brokenAtRhythm(one)).toEqual([]);
	},
	600_000,
);
