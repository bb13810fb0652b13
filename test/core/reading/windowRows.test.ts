import { windowRowsCollector } from '../../../core/reading/windowRows';
import { formatWall } from '../../../core/time/wallClock';
import { row } from '../../support/exchanges';

const MONDAY = Date.UTC(2024, 3, 1) / 1_000;
const window = { from: MONDAY + 100, to: MONDAY + 200 };
const asked = { first: window.from - 1, last: window.to };

/** What is made of rows with these dates; numbers are seconds after Monday's start. */
function harvest(dates: ReadonlyArray<string | number>, grainSeconds = 1, over = { window, asked }) {
	const one = windowRowsCollector(over.window, over.asked, grainSeconds);
	one.take(
		dates.map((date, index) => ({
			...row,
			customer_id: String(index),
			date: typeof date === 'number' ? formatWall(MONDAY + date) : date,
		})),
	);
	return one.done();
}
const kept = (dates: ReadonlyArray<string | number>, grainSeconds = 1): string[] =>
	[...harvest(dates, grainSeconds).records].map(({ customer_id: id }) => id);

test('keeps from its first second to before its last, in order of time, equals as they came', () => {
	expect(kept([200, 150, 100, 99, 199, 150, 100])).toEqual(['2', '6', '1', '5', '4']);
});

test('counts rows by hour of the week, and those beside the window by moment', () => {
	const { hours, beside } = harvest([99, 100, 150, 200, 200]);
	expect(hours[0]).toBe(2);
	expect([...beside].map(([at, prints]) => [at, prints.length])).toEqual([
		[MONDAY + 99, 1],
		[MONDAY + 200, 2],
	]);
	expect(new Set([...beside.values()].flat()).size).toBe(3);
});

test('tells how far dates lie outside what was asked', () => {
	expect(harvest([99, 200])).toMatchObject({ outsideSeconds: 0, strays: new Set() });
	expect(harvest([90, 230])).toMatchObject({ outsideSeconds: 30, strays: new Set([MONDAY + 90, MONDAY + 230]) });
	expect(harvest([80])).toMatchObject({ outsideSeconds: 19 });
});

test('tells whether both bounds were seen', () => {
	expect(harvest([99, 200])).toMatchObject({ sawFirst: true, sawLast: true });
	expect(harvest([100, 199])).toMatchObject({ sawFirst: false, sawLast: false });
});

test('rows whose date cannot be read are kept apart', () => {
	const { undated, records } = harvest(['', 150, '0000-00-00 00:00:00', 'x', 'x']);
	expect(undated.map(({ customer_id: id }) => id)).toEqual(['0', '2', '3', '4']);
	expect(records).toHaveLength(1);
});

test('dates that are all coarser than assumed: the finest of them', () => {
	expect(harvest(['2024-04-01 00:02', '2024-04-01 00'])).toMatchObject({ coarserSeconds: 60 });
	expect(harvest(['2024-04-01'])).toMatchObject({ coarserSeconds: 86_400 });
});

test('a few coarser ones among others are as good as undated', () => {
	const { coarserSeconds, undated } = harvest([150, '2024-04-01 00:02']);
	expect(coarserSeconds).toBeNull();
	expect(undated).toHaveLength(1);
});

test('coarse dates: a start off the grain is the server’s to keep, and a grain that reaches in is not outside', () => {
	const { records, outsideSeconds } = harvest(['2024-04-01 00:01', '2024-04-01 00:03', '2024-04-01 00:00'], 60);
	expect(records).toHaveLength(2);
	expect(outsideSeconds).toBe(40);
});

test('names the campaigns seen, by number', () => {
	const one = windowRowsCollector(window, asked, 1);
	one.take([{ ...row, campaign_id: '7 - X' }, { ...row, campaign_id: '7' }, row]);
	expect(one.done().campaigns).toEqual(new Set(['7', '22109']));
});
