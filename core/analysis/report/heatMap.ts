import type { Summary } from '../summarize';
import { WIDTH, figure, legend, number, table, text, withoutFigure } from './figure';
import { WEEKDAYS, formatCount, formatHour, formatRate } from './format';
import { type Markup, markup, tenth } from './markup';

/** Records from which on a cell's rate means something (OURS: ± 18 points at a rate of one half). */
const MIN_RECORDS = 30;
const TITLE = 'Machine rate by hour and weekday';
const STEPS = 5;
const LEFT = 78;
const TOP = 34;
const [CELL_WIDTH, CELL_HEIGHT, GAP] = [(WIDTH - LEFT) / 7, 34, 3];

type Cell = Pick<Summary, 'records' | 'machine' | 'machine_rate'>;

/** A cell of the drawing: its hour, hence its weekday, is known. */
interface Placed extends Summary {
	readonly hour: number;
	readonly weekday: number;
}

interface Scale {
	readonly low: number;
	readonly high: number;
}

/** Machine rate by hour of the day (down) and weekday (across): upright, so that it can be read on a phone. */
export function heatMap(summaries: readonly Summary[]): Markup {
	const placed = summaries.filter(isPlaced);
	const cells = new Map(placed.map((cell) => [`${cell.hour} ${cell.weekday}`, cell]));
	if (placed.length === 0) return withoutFigure(TITLE, 'No record shows its hour.');
	const seen = placed.map(({ hour }) => hour);
	const [first, last] = [Math.min(...seen), Math.max(...seen)];
	const hours = Array.from({ length: last - first + 1 }, (_, i) => first + i);
	const cellAt = (hour: number, weekday: number): Cell | undefined => cells.get(`${hour} ${weekday}`);
	const scale = scaleOf(placed);
	return figure({
		id: 'hours',
		title: TITLE,
		description: describe(placed),
		height: TOP + hours.length * CELL_HEIGHT + 4,
		legend: legend([...steps(scale), ['heat-few', `Fewer than ${MIN_RECORDS} records`]]),
		drawing: [heads(), markup`${hours.map((hour, row) => rowOf(hour, row, cellAt, scale))}`],
		table: table(
			'Machine rate and records by hour and weekday',
			[text('Hour'), ...WEEKDAYS.map(number)],
			hours.map((hour) => [formatHour(hour), ...WEEKDAYS.map((_, i) => cellText(cellAt(hour, i + 1)))]),
		),
		caption:
			'Each cell: machines among all detections of that hour, over the whole range. The lower the rate, the better the hour to call.',
	});
}

const cellText = (cell: Cell | undefined): string =>
	cell ? `${formatRate(cell.machine_rate)} of ${formatCount(cell.records)}` : '–';

const heads = (): Markup =>
	markup`${WEEKDAYS.map((name, i) => markup`<text class="axis" x="${tenth(LEFT + (i + 0.5) * CELL_WIDTH)}" y="${TOP - 12}" text-anchor="middle">${name}</text>`)}`;

function rowOf(
	hour: number,
	row: number,
	cellAt: (hour: number, weekday: number) => Cell | undefined,
	scale: Scale,
): Markup {
	const y = TOP + row * CELL_HEIGHT;
	const cells = WEEKDAYS.map((name, i) => {
		const cell = cellAt(hour, i + 1);
		const style = cell ? styleOf(cell, scale) : 'heat-none';
		const x = tenth(LEFT + i * CELL_WIDTH);
		const box = markup`<rect class="${style}" x="${x}" y="${y}" width="${tenth(CELL_WIDTH - GAP)}" height="${CELL_HEIGHT - GAP}" rx="3"/>`;
		if (!cell) return box;
		return markup`<g><title>${name} ${formatHour(hour)}: ${cellText(cell)}</title>${box}<text class="${style}-ink" x="${tenth(x + (CELL_WIDTH - GAP) / 2)}" y="${y + (CELL_HEIGHT - GAP) / 2}" dy="0.35em">${formatRate(cell.machine_rate, 0)}</text></g>`;
	});
	return markup`<text class="axis" x="${LEFT - 8}" y="${y + (CELL_HEIGHT - GAP) / 2}" dy="0.35em" text-anchor="end">${formatHour(hour)}</text><g text-anchor="middle">${cells}</g>\n`;
}

const isPlaced = (cell: Summary): cell is Placed => typeof cell.hour === 'number' && typeof cell.weekday === 'number';

const isRated = ({ records }: Cell): boolean => records >= MIN_RECORDS;

/** Of a cell that is rated, hence has records. */
const rateOf = ({ machine, records }: Cell): number => machine / records;

/** The colours span the rates that occur, to whole tens: a fixed 0 to 100% would show one colour. */
function scaleOf(cells: readonly Cell[]): Scale {
	const rates = cells.filter(isRated).map(rateOf);
	if (rates.length === 0) return { low: 0, high: 1 };
	const low = Math.min(0.9, Math.floor(Math.min(...rates) * 10) / 10);
	return { low, high: Math.max(low + 0.1, Math.ceil(Math.max(...rates) * 10) / 10) };
}

function styleOf(cell: Cell, { low, high }: Scale): string {
	if (!isRated(cell)) return 'heat-few';
	// By the whole percent that the cell shows, so that equal figures have equal colours.
	const shown = Math.round(rateOf(cell) * 100) / 100;
	return `heat-${Math.max(0, Math.min(STEPS - 1, Math.floor(((shown - low) / (high - low)) * STEPS + 1e-9)))}`;
}

const steps = ({ low, high }: Scale): Array<[string, string]> =>
	Array.from({ length: STEPS }, (_, i) => [
		`heat-${i}`,
		[i, i + 1].map((edge) => formatRate(low + ((high - low) * edge) / STEPS, 0)).join('–'),
	]);

function describe(cells: readonly Placed[]): string {
	const rated = cells.filter(isRated).sort((a, b) => rateOf(a) - rateOf(b));
	if (rated.length === 0) return `No hour of the week has ${MIN_RECORDS} records or more.`;
	const say = (cell: Placed): string =>
		`${WEEKDAYS[cell.weekday - 1]} ${formatHour(cell.hour)} (${formatRate(rateOf(cell))})`;
	return `Fewest machines: ${rated.slice(0, 3).map(say).join(', ')}. Most machines: ${say(rated[rated.length - 1])}.`;
}
