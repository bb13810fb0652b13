import {
	expected,
	hourOfWeek,
	learn,
	noHours,
	overshot,
	ratesOf,
	secondsFor,
	unknown,
} from '../../../core/planning/forecast';

const DAY = 86_400;
const WEEK = 7 * DAY;
const MONDAY = Date.UTC(2024, 3, 1) / 1_000;

/** So many rows in each hour of the week that `isBusy` says. */
const hoursWhere = (rows: number, isBusy: (hour: number) => boolean): number[] =>
	noHours().map((_, hour) => (isBusy(hour) ? rows : 0));

test('hours of the week count from Monday, also before 1970', () => {
	expect(hourOfWeek(MONDAY)).toBe(0);
	expect(hourOfWeek(MONDAY + 3_599)).toBe(0);
	expect(hourOfWeek(MONDAY - 1)).toBe(167);
	expect(hourOfWeek(MONDAY - 100 * WEEK)).toBe(0);
});

test('knows nothing at first', () => {
	expect(ratesOf(unknown)).toBeNull();
});

test('an hour of the week leans on its hour of the day, an hour never seen counts as the busiest seen', () => {
	const monday = { from: MONDAY, to: MONDAY + 12 * 3_600 };
	const rates = ratesOf(
		learn(
			unknown,
			monday,
			hoursWhere(3_600, (hour) => hour === 9),
		),
	);
	expect(rates?.[9]).toBeCloseTo(1, 6);
	expect(rates?.[24 + 9]).toBeCloseTo(1, 6);
	expect(rates?.[3]).toBeCloseTo(0, 6);
	expect(rates?.[20]).toBeCloseTo(1, 6);
});

test('an hour with evidence of its own moves away from its hour of the day', () => {
	let forecast = learn(
		unknown,
		{ from: MONDAY, to: MONDAY + DAY },
		hoursWhere(3_600, (hour) => hour === 9),
	);
	for (let week = 1; week < 10; week++) {
		const sunday = { from: MONDAY + 6 * DAY + week * WEEK, to: MONDAY + 7 * DAY + week * WEEK };
		forecast = learn(forecast, sunday, noHours());
	}
	const rates = ratesOf(forecast) ?? [];
	expect(rates[6 * 24 + 9]).toBeLessThan(rates[9] / 4);
});

test('the level follows quickly upward and slowly downward', () => {
	const day = { from: MONDAY, to: MONDAY + DAY };
	const learned = learn(
		unknown,
		day,
		hoursWhere(100, (hour) => hour < 24),
	);
	const busier = learn(
		learned,
		{ from: day.from + DAY, to: day.to + DAY },
		hoursWhere(200, (hour) => hour >= 24 && hour < 48),
	);
	const calmer = learn(
		learned,
		{ from: day.from + DAY, to: day.to + DAY },
		hoursWhere(50, (hour) => hour >= 24 && hour < 48),
	);
	expect(Math.log(busier.level)).toBeGreaterThan(-5 * Math.log(calmer.level));
	expect(calmer.level).toBeLessThan(1);
});

test('an empty Sunday, where hardly any rows were expected, does not lower the level', () => {
	const learned = learn(
		unknown,
		{ from: MONDAY, to: MONDAY + DAY },
		hoursWhere(1, (hour) => hour < 24),
	);
	expect(learn(learned, { from: MONDAY + 6 * DAY, to: MONDAY + 7 * DAY }, noHours()).level).toBe(1);
});

test('only errors upward make it careful', () => {
	const learned = learn(
		unknown,
		{ from: MONDAY, to: MONDAY + DAY },
		hoursWhere(100, (hour) => hour < 24),
	);
	const tuesday = { from: MONDAY + DAY, to: MONDAY + 2 * DAY };
	const more = learn(
		learned,
		tuesday,
		hoursWhere(1_000, (hour) => hour >= 24 && hour < 48),
	);
	const less = learn(
		learned,
		tuesday,
		hoursWhere(10, (hour) => hour >= 24 && hour < 48),
	);
	expect(more.variance).toBeGreaterThan(learned.variance);
	expect(less.variance).toBeLessThan(learned.variance);
	expect(overshot(learned).variance).toBeCloseTo(learned.variance + 0.15, 9);
	expect(overshot(overshot(overshot(overshot(overshot(overshot(learned)))))).variance).toBe(1);
});

test('rows and seconds are two sides of one forecast, over hours and whole weeks', () => {
	const rates = noHours().map((_, hour) => (hour % 24) / 1_000);
	for (const from of [MONDAY, MONDAY + 12_345]) {
		for (const seconds of [10, 3_600, 50_000, WEEK, 3 * WEEK + 777]) {
			const rows = expected(rates, { from, to: from + seconds });
			const back = secondsFor(rates, from, rows, 10 * WEEK);
			expect(expected(rates, { from, to: from + back })).toBeCloseTo(rows, 1);
		}
	}
	expect(secondsFor(noHours(), MONDAY, 5, 1_000)).toBe(1_000);
	expect(expected(rates, { from: MONDAY, to: MONDAY + WEEK })).toBeCloseTo((7 * 276 * 3_600) / 1_000, 6);
});
