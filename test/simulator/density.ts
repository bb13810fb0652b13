import type { Shape } from './options';
import { uniform } from './random';

const { floor, log } = Math;

/** Seconds over which the rate does not change. */
export const BLOCK_SECONDS = 300;

/** Rows per hour of a working day, relative: dialling from 7 to 21, a lunch dip, an evening peak. */
const dayCurve = [0, 0, 0, 0, 0, 0, 0, 3, 8, 10, 11, 9, 5, 5, 8, 9, 10, 12, 9, 6, 2, 0, 0, 0];
const dayTotal = dayCurve.reduce((sum, part) => sum + part, 0);
/** From Sunday on. */
const weekdayFactor = [0.02, 1, 1, 1, 1, 1, 0.5];

/** Bursts of ten minutes: one in eight, six times the rate, the rest as much less as keeps the total. */
const BURST_SHARE = 0.125;
const BURST_FACTOR = 6;
const LULL_FACTOR = (1 - BURST_SHARE * BURST_FACTOR) / (1 - BURST_SHARE);

/** Steps between a tenth of the rate and four times it, evenly on a logarithmic scale. */
const STEP_DAYS = 3;
const STEP_LOWEST = 0.1;
const STEP_RATIO = 40;
const STEP_MEAN = (STEP_LOWEST * (STEP_RATIO - 1)) / log(STEP_RATIO);

/** One hour of so many has rows. */
const SPARSE_HOURS = 50;

const SALT = { burst: 101, step: 102, sparse: 103, wobble: 104 };

/** Relative to an even spread of the day's rows: 1 on average over a working day. */
export function densityFactor(shape: Shape, seed: number, blockStart: number): number {
	const day = floor(blockStart / 86400);
	const hour = floor(blockStart / 3600);
	switch (shape) {
		case 'flat':
			return 1;
		case 'callCentre':
			return callCentre(day, hour) * (0.8 + 0.4 * uniform(seed, blockStart / BLOCK_SECONDS, 0, SALT.wobble));
		case 'bursty': {
			const burst = uniform(seed, floor(blockStart / 600), 0, SALT.burst) < BURST_SHARE;
			return callCentre(day, hour) * (burst ? BURST_FACTOR : LULL_FACTOR);
		}
		case 'step': {
			const level = uniform(seed, floor(day / STEP_DAYS), 0, SALT.step);
			return (STEP_LOWEST * STEP_RATIO ** level) / STEP_MEAN;
		}
		case 'sparse':
			return uniform(seed, hour, 0, SALT.sparse) < 1 / SPARSE_HOURS ? SPARSE_HOURS : 0;
	}
}

/** 1970-01-01 was a Thursday. */
function callCentre(day: number, hour: number): number {
	const weekday = (((day + 4) % 7) + 7) % 7;
	const hourOfDay = hour - day * 24;
	return (weekdayFactor[weekday] * dayCurve[hourOfDay] * 24) / dayTotal;
}
