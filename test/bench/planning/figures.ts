import type { Shape } from '../../simulator';
import { type Cost, simulate } from './simulate';
import { bisecting, fixedDays, planner, predictAndPeel } from './strategies';
import { Traffic } from './traffic';

export const ways = [
	'planner',
	'plannerTwoAtOnce',
	'plannerToldCount',
	'predictAndPeel',
	'fixedDays',
	'bisection',
] as const;
export type Way = (typeof ways)[number];

/** Geometric means over the seeds, and the worst seed's time. */
export interface Figure extends Cost {
	readonly worstTime: number;
}

export interface Row {
	readonly days: number;
	readonly shape: Shape;
	readonly rowsPerDay: number;
	readonly figures: Readonly<Record<Way, Figure>>;
}

export const SHAPES: readonly Shape[] = ['callCentre', 'bursty', 'flat', 'step'];
export const ROWS_PER_DAY = [3_000, 14_000, 32_000, 100_000, 300_000, 1_000_000];
const FIRST_DAY = Date.UTC(2024, 0, 1) / 1_000;
const DAY = 86_400;
/** With the count told at once an overshoot is cheap, so less room is left below the cap. */
const Z_WHERE_TOLD = 0.5;

const plays: Record<Way, (traffic: Traffic) => Cost> = {
	planner: (traffic) => simulate(traffic, planner(traffic)),
	plannerTwoAtOnce: (traffic) => simulate(traffic, planner(traffic), { takers: 2 }),
	plannerToldCount: (traffic) => simulate(traffic, planner(traffic, Z_WHERE_TOLD), { tellsCount: true }),
	predictAndPeel: (traffic) => simulate(traffic, predictAndPeel(traffic)),
	fixedDays: (traffic) => simulate(traffic, fixedDays(traffic)),
	bisection: (traffic) => simulate(traffic, bisecting(traffic)),
};

/** Plays every way over every shape and density; the first day is another day of the week with each seed. */
export function planningRows(days: number, seeds: number, chosen: readonly Way[] = ways): Row[] {
	return SHAPES.flatMap((shape) =>
		ROWS_PER_DAY.map((rowsPerDay) => {
			const traffics = Array.from({ length: seeds }, (_, seed) => {
				const from = FIRST_DAY + (seed % 7) * DAY;
				return new Traffic({ from, to: from + days * DAY }, rowsPerDay, shape, seed + 1);
			});
			const figures = Object.fromEntries(chosen.map((way) => [way, figureOf(traffics.map(plays[way]))]));
			return { days, shape, rowsPerDay, figures: figures as Record<Way, Figure> };
		}),
	);
}

function figureOf(costs: readonly Cost[]): Figure {
	return {
		time: geometricMean(costs.map(({ time }) => time)),
		requests: geometricMean(costs.map(({ requests }) => requests)),
		worstTime: Math.max(...costs.map(({ time }) => time)),
	};
}

/** One way over all rows. */
export function overall(rows: readonly Row[], way: Way): Cost {
	return {
		time: geometricMean(rows.map(({ figures }) => figures[way].time)),
		requests: geometricMean(rows.map(({ figures }) => figures[way].requests)),
	};
}

const geometricMean = (values: readonly number[]): number =>
	Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
