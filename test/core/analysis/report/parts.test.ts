import fc from 'fast-check';
import { timelineOf } from '../../../../core/analysis/report/buckets';
import { formatCount, formatHours, formatRate, formatShort } from '../../../../core/analysis/report/format';
import { heatMap } from '../../../../core/analysis/report/heatMap';
import { STYLE } from '../../../../core/analysis/report/style';
import { Summarizer } from '../../../../core/analysis/summarize';
import { observer } from '../../../../core/analysis/observation';
import { formatWall } from '../../../../core/time/wallClock';
import { at, recordOf } from '../rows';

const DAY = 86_400;

test('columns over time are days, then weeks, then months; each record is in one, and none is left out', () => {
	const start = at('2024-01-31 00:00:00');
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 1_500 }), fc.array(fc.nat(), { maxLength: 50 }), (days, seconds) => {
			const summarizer = new Summarizer(['day']);
			const observe = observer();
			for (const second of seconds)
				summarizer.take(observe(recordOf({ date: formatWall(start + (second % (days * DAY))) })));
			const { unit, buckets } = timelineOf(summarizer.summaries(), { from: start, to: start + days * DAY });
			expect(unit).toBe(days <= 120 ? 'day' : days <= 840 ? 'week' : 'month');
			expect(buckets.reduce((sum, { records }) => sum + records, 0)).toBe(seconds.length);
			const length = { day: days, week: days / 7, month: days / 30.4 }[unit];
			expect(Math.abs(buckets.length - length)).toBeLessThan(2.5);
			expect(new Set(buckets.map(({ name }) => name)).size).toBe(buckets.length);
		}),
	);
});

test('a week begins on Monday and is named by it', () => {
	const range = { from: at('2024-05-01 00:00:00'), to: at('2024-10-01 00:00:00') };
	expect(
		timelineOf([], range)
			.buckets.slice(0, 2)
			.map(({ name }) => name),
	).toEqual(['Week of 29 Apr 2024', 'Week of 6 May 2024']);
});

test.each([
	['2024-05-01', '2024-05-31', ['1 May', '2 May']],
	['2024-12-31', '2025-01-31', ['31 Dec 2024', '1 Jan 2025']],
	['2024-01-02', '2024-12-31', ['1 Jan', '8 Jan']],
	['2024-01-02', '2025-04-29', ['1 Jan 2024', '8 Jan 2024']],
	['2025-01-01', '2025-12-31', ['30 Dec 2024', '6 Jan 2025']],
	['2024-01-02', '2027-01-02', ['Jan 2024', 'Feb 2024']],
])('marks of the axis from %s to %s show their year where there are two', (from, to, labels) => {
	const range = { from: at(`${from} 00:00:00`), to: at(`${to} 23:59:59`) + 1 };
	expect(
		timelineOf([], range)
			.buckets.slice(0, 2)
			.map(({ label }) => label),
	).toEqual(labels);
});

test.each([
	[[], '–'],
	[[9], '09'],
	[[9, 10], '09, 10'],
	[[7, 8, 9, 12, 20, 21, 22], '07–09, 12, 20–22'],
	[[23, 0], '00, 23'],
])('hours %j read %s', (hours, text) => expect(formatHours(hours)).toBe(text));

test('figures read as people write them', () => {
	expect([0, 999, 1_000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
	expect([0, 500, 2_000, 12_500, 5_000_000].map(formatShort)).toEqual(['0', '500', '2k', '12.5k', '5M']);
	expect([null, 0, 0.6125, 1].map((rate) => formatRate(rate))).toEqual(['–', '0.0%', '61.3%', '100.0%']);
});

/** Relative luminance and contrast as WCAG 2 defines them. */
function contrast(a: string, b: string): number {
	const luminance = (colour: string) =>
		[1, 3, 5]
			.map((from) => parseInt(colour.slice(from, from + 2), 16) / 255)
			.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
			.reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
	const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'])('in %s', (theme) => {
	const [light, dark] = STYLE.split('@media screen and (prefers-color-scheme:dark){');
	const rules = theme === 'light' ? light.slice(light.indexOf('body{background:')) : dark;
	const colourOf = (selector: string, property = 'fill') => {
		const rule = rules
			.split('\n')
			.find((line) => line.split('{')[0].split(',').includes(selector) && line.includes(`{${property}:`));
		return /#[0-9a-f]{6}/.exec(rule ?? '')![0];
	};
	const page = colourOf('body', 'background');

	test.each([0, 1, 2, 3, 4, 'few'])('the figure in a cell of step %s can be read', (step) => {
		expect(contrast(colourOf(`.heat-${step}`), colourOf(`.heat-${step}-ink`))).toBeGreaterThanOrEqual(4.5);
	});

	test('text can be read, and bars and lines stand out', () => {
		expect(contrast(page, colourOf('body', 'color'))).toBeGreaterThanOrEqual(7);
		expect(contrast(page, colourOf('.note', 'color'))).toBeGreaterThanOrEqual(4.5);
		expect(contrast(page, colourOf('.axis'))).toBeGreaterThanOrEqual(4.5);
		expect(contrast(page, colourOf('.line', 'stroke'))).toBeGreaterThanOrEqual(3);
		for (const part of ['.machine', '.human']) expect(contrast(page, colourOf(part))).toBeGreaterThanOrEqual(3);
	});
});

test('cells of few records have no colour, equal figures have equal colours, and the scale spans what occurs', () => {
	const summarizer = new Summarizer(['hour', 'weekday']);
	const observe = observer();
	const put = (date: string, machines: number, humans: number) => {
		for (let i = 0; i < machines + humans; i++)
			summarizer.take(observe(recordOf({ date, result: i < machines ? 'MACHINE' : 'HUMAN' })));
	};
	put('2024-05-13 09:00:00', 1, 28);
	put('2024-05-14 09:00:00', 596, 404);
	put('2024-05-15 09:00:00', 600, 400);
	put('2024-05-16 09:00:00', 451, 549);
	const { text } = heatMap(summarizer.summaries());
	const styles = [...text.matchAll(/<g><title>(\w+) 09:00[^<]*<\/title><rect class="([^"]+)"/g)].map(
		([, day, style]) => [day, style],
	);
	expect(styles).toEqual([
		['Mon', 'heat-few'],
		['Tue', 'heat-4'],
		['Wed', 'heat-4'],
		['Thu', 'heat-1'],
	]);
	expect(text).toContain('40%–44%');
	expect(text).toContain('Fewest machines: Thu 09:00 (45.1%)');
});
