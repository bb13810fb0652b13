import { machineRate } from '../tally';
import type { Bucket, Timeline } from './buckets';
import { WIDTH, figure, legend, number, table, text, withoutFigure } from './figure';
import { formatCount, formatRate, formatShort } from './format';
import { type Markup, markup, tenth } from './markup';

const [LEFT, RIGHT] = [70, WIDTH - 12];
const RATE = { top: 14, bottom: 204 };
const VOLUME = { top: 250, bottom: 360 };
const HEIGHT = 404;
/** Marks of the axis that stay apart on a phone: months and days, days with their year. */
const [MAX_LABELS, MAX_LONG_LABELS, LONG_LABEL] = [5, 4, 9];
/** Half of a letter there. */
const HALF_LETTER = 6.6;
const MAX_DOTS = 62;

/** Machine rate over time as a line; below it, on the same axis, the records it is a rate of. */
export function dayChart({ unit, buckets }: Timeline, overall: number): Markup {
	const title = `Machine rate by ${unit}`;
	if (buckets.every(({ records }) => records === 0)) return withoutFigure(title, 'No record shows its day.');
	const step = (RIGHT - LEFT) / buckets.length;
	const centre = (i: number): number => tenth(LEFT + (i + 0.5) * step);
	const busiest = niceMax(Math.max(...buckets.map(({ records }) => records)));
	return figure({
		id: 'days',
		title,
		description: describe(unit, buckets, overall),
		height: HEIGHT,
		legend: legend([
			['line-key', 'Machine rate'],
			['machine', 'Machine'],
			['human', 'Human'],
			['other', 'Other'],
		]),
		drawing: [
			rateAxis(),
			average(overall),
			line(buckets, centre),
			volumeAxis(busiest),
			columns(buckets, centre, step, busiest),
			dates(buckets, centre),
		],
		table: table(
			`Records by ${unit}`,
			[
				text(unit === 'day' ? 'Day' : unit === 'week' ? 'Week' : 'Month'),
				number('Machine rate'),
				number('Records'),
				number('Machine'),
				number('Human'),
				number('Other'),
			],
			buckets.map((bucket) => [
				bucket.name,
				formatRate(machineRate(bucket)),
				...[bucket.records, bucket.machine, bucket.human, bucket.other].map(formatCount),
			]),
		),
		caption: `Above: machines among all detections, 0 to 100%. Below: detections per ${unit}.`,
	});
}

function describe(unit: string, buckets: readonly Bucket[], overall: number): string {
	const rated = buckets.flatMap((bucket) => {
		const rate = machineRate(bucket);
		return rate === null ? [] : [{ name: bucket.name, rate }];
	});
	rated.sort((a, b) => a.rate - b.rate);
	const [low, high] = [rated[0], rated[rated.length - 1]];
	const say = ({ name, rate }: { name: string; rate: number }): string => `${formatRate(rate)} (${name})`;
	return `Over the whole range ${formatRate(overall)} of the detections were machines. The lowest rate of a ${unit} is ${say(low)}, the highest ${say(high)}.`;
}

const rateY = (rate: number): number => tenth(RATE.bottom - rate * (RATE.bottom - RATE.top));

const gridLine = (y: number, label: string): Markup =>
	markup`<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y}" y2="${y}"/><text class="axis" x="${LEFT - 8}" y="${y}" dy="0.35em" text-anchor="end">${label}</text>`;

const rateAxis = (): Markup => markup`${[0, 0.5, 1].map((rate) => gridLine(rateY(rate), formatRate(rate, 0)))}`;

/** Above its line, and below it where that would be in the legend. */
const average = (rate: number): Markup =>
	markup`<line class="average" x1="${LEFT}" x2="${RIGHT}" y1="${rateY(rate)}" y2="${rateY(rate)}"/><text class="axis strong" x="${RIGHT}" y="${rateY(rate)}" dy="${rate > 0.9 ? '1.3em' : '-0.6em'}" text-anchor="end">average ${formatRate(rate)}</text>`;

/** Days without records interrupt the line. */
function line(buckets: readonly Bucket[], centre: (i: number) => number): Markup {
	let path = '';
	const dots: Markup[] = [];
	buckets.forEach((bucket, i) => {
		const rate = machineRate(bucket);
		if (rate === null) return;
		const isStart = i === 0 || buckets[i - 1].records === 0;
		const isAlone = isStart && (i === buckets.length - 1 || buckets[i + 1].records === 0);
		path += `${isStart ? 'M' : 'L'}${centre(i)} ${rateY(rate)}`;
		if (buckets.length <= MAX_DOTS || isAlone)
			dots.push(
				markup`<circle class="dot" cx="${centre(i)}" cy="${rateY(rate)}" r="4"><title>${bucket.name}: ${formatRate(rate)}</title></circle>`,
			);
	});
	return markup`<path class="line" d="${path}"/>${dots}`;
}

const volumeAxis = (busiest: number): Markup =>
	markup`${[0, busiest].map((count) => gridLine(volumeY(count, busiest), formatShort(count)))}`;

const volumeY = (count: number, busiest: number): number =>
	tenth(VOLUME.bottom - (count / busiest) * (VOLUME.bottom - VOLUME.top));

function columns(buckets: readonly Bucket[], centre: (i: number) => number, step: number, busiest: number): Markup {
	const width = tenth(Math.min(60, Math.max(1, step * 0.72)));
	return markup`${buckets.map((bucket, i) => {
		let below = 0;
		const pieces = (['machine', 'human', 'other'] as const).map((part) => {
			const [bottom, top] = [volumeY(below, busiest), volumeY((below += bucket[part]), busiest)];
			return bucket[part] === 0
				? ''
				: markup`<rect class="${part}" x="${tenth(centre(i) - width / 2)}" y="${top}" width="${width}" height="${tenth(bottom - top)}"/>`;
		});
		return bucket.records === 0
			? ''
			: markup`<g><title>${bucket.name}: ${formatCount(bucket.records)} records</title>${pieces}</g>`;
	})}`;
}

function dates(buckets: readonly Bucket[], centre: (i: number) => number): Markup {
	const longest = Math.max(...buckets.map(({ label }) => label.length));
	const every = Math.ceil(buckets.length / (longest < LONG_LABEL ? MAX_LABELS : MAX_LONG_LABELS));
	const room = longest * HALF_LETTER;
	const x = (i: number): number => tenth(Math.min(Math.max(centre(i), room), WIDTH - room));
	return markup`${buckets.map((bucket, i) => (i % every === 0 ? markup`<text class="axis" x="${x(i)}" y="${VOLUME.bottom + 38}" text-anchor="middle">${bucket.label}</text>` : ''))}`;
}

/** The next of 1, 2, 5 times a power of ten. */
function niceMax(count: number): number {
	const power = 10 ** Math.floor(Math.log10(Math.max(1, count)));
	return [1, 2, 5, 10].map((factor) => factor * power).find((limit) => limit >= count)!;
}
