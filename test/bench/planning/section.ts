import type { Cost } from './simulate';
import { type Row, type Way, overall, planningRows } from './figures';

const SEEDS = 10;
/** CI plays fewer, against figures of their own. */
export const GATE_SEEDS = 3;
const GOALS: Record<number, string> = { 31: 'goal: 1.12 / 2.6', 365: 'goal: 1.06 / 1.9' };
const columns: ReadonlyArray<readonly [Way, string]> = [
	['planner', 'this planner (worst seed)'],
	['plannerTwoAtOnce', 'two at once'],
	['plannerToldCount', 'count told in `msg`'],
	['predictAndPeel', 'predict and peel'],
	['fixedDays', 'a window a day'],
	['bisection', 'bisection'],
];

/** The committed figures that CI holds new ones against. */
export type Committed = Readonly<Record<string, Readonly<Record<Way, Cost>>>>;

/** Planning by simulation: the section of docs/benchmarks.md, and the figures to commit beside it. */
export function planningSection(): { text: string; figures: Committed } {
	const spans = [31, 365].map((days) => ({ days, rows: planningRows(days, SEEDS) }));
	const byWay = (rows: readonly Row[]) =>
		Object.fromEntries(columns.map(([way]) => [way, rounded(overall(rows, way))])) as Record<Way, Cost>;
	const figures = Object.fromEntries(spans.map(({ days, rows }) => [days, byWay(rows)]));
	const gate = byWay(planningRows(31, GATE_SEEDS));
	return { text: [heading, ...spans.map(table)].join('\n\n'), figures: { ...figures, gate } };
}

const heading = [
	'## Planning, by simulation',
	'',
	`Time and requests, as multiples of the least that any plan could need: geometric means over ${SEEDS} ` +
		'seeds. A request costs 0.5 s and a row 1/3,000 s; an answer at the cap costs the full 20 s and gives ' +
		'nothing, however it is cut (the oldest, the newest, any rows, whole campaigns, or an error), since no ' +
		'row of it is used. "Count told" is the case that `msg` comes first and tells the true count, so that such a body need not be read.',
].join('\n');

function table({ days, rows }: { days: number; rows: readonly Row[] }): string {
	const lines = rows.map(
		({ shape, rowsPerDay, figures }) =>
			`| ${names[shape]} ${rowsPerDay.toLocaleString('en')} a day | ` +
			`${columns.map(([way]) => cell(figures[way], way === 'planner' ? figures[way].worstTime : undefined)).join(' | ')} |`,
	);
	const means = `| **all, geometric mean** (${GOALS[days]}) | ${columns.map(([way]) => `**${cell(overall(rows, way))}**`).join(' | ')} |`;
	return [
		`| ${days} days | ${columns.map(([, title]) => title).join(' | ')} |`,
		`|---|${columns.map(() => '---').join('|')}|`,
		...lines,
		means,
	].join('\n');
}

const names: Record<Row['shape'], string> = {
	callCentre: 'call centre',
	bursty: 'bursty',
	flat: 'flat',
	step: 'step',
	sparse: 'sparse',
};
const cell = ({ time, requests }: Cost, worst?: number): string =>
	`${time.toFixed(2)} / ${requests.toFixed(1)}${worst === undefined ? '' : ` (${worst.toFixed(2)})`}`;
const rounded = ({ time, requests }: Cost): Cost => ({
	time: Number(time.toFixed(3)),
	requests: Number(requests.toFixed(2)),
});
