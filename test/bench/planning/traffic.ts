import { hourOfWeek, noHours } from '../../../core/planning/forecast';
import type { Window } from '../../../core/time/window';
import { BLOCK_SECONDS, densityFactor } from '../../simulator/density';
import type { Shape } from '../../simulator';
import { mix, poisson } from '../../simulator/random';

const HOUR = 3_600;

/** Rows of a range as running sums: any window is counted in no time, without a single row. */
export class Traffic {
	private readonly sums: Float64Array;

	/** The simulator's densities, a Poisson draw per five minutes, evenly spread within them. */
	constructor(
		readonly range: Window,
		rowsPerDay: number,
		shape: Shape,
		seed: number,
	) {
		const blocks = Math.ceil((range.to - range.from) / BLOCK_SECONDS);
		this.sums = new Float64Array(blocks + 1);
		for (let block = 0; block < blocks; block++) {
			const start = range.from + block * BLOCK_SECONDS;
			const mean = (rowsPerDay / 86_400) * densityFactor(shape, seed, start) * BLOCK_SECONDS;
			this.sums[block + 1] = this.sums[block] + poisson(mean)(mix(seed, block, 0, 77));
		}
	}

	count({ from, to }: Window): number {
		return this.before(to) - this.before(from);
	}

	get total(): number {
		return this.count(this.range);
	}

	byHour(window: Window): number[] {
		const hours = noHours();
		for (let at = window.from; at < window.to; ) {
			const next = Math.min((Math.floor(at / HOUR) + 1) * HOUR, window.to);
			hours[hourOfWeek(at)] += this.count({ from: at, to: next });
			at = next;
		}
		return hours;
	}

	private before(at: number): number {
		const blocks = (at - this.range.from) / BLOCK_SECONDS;
		const block = Math.floor(blocks);
		const rest = blocks - block;
		return Math.floor(this.sums[block] + (rest > 0 ? rest * (this.sums[block + 1] - this.sums[block]) : 0));
	}
}
