import { type WallSeconds, type Window, secondsOf } from '../time/window';

const HOUR = 3_600;
const HOURS_OF_WEEK = 168;
/** Evidence, in seconds, at which an hour of the week counts as much as its hour of the day. */
const KAPPA_SECONDS = 3_600;
/** Rows below which a window says nothing about the level: a Sunday must not lower Monday. */
const LEVEL_MIN_ROWS = 50;
const LEVEL_UP = 0.3;
const LEVEL_DOWN = 0.03;
const VARIANCE_START = 0.25;
const VARIANCE_FLOOR = 0.01;
const VARIANCE_WEIGHT = 0.05;
const VARIANCE_SATURATED = 0.15;

/** Rows found in each hour of the week; hour 0 is Monday 00:00. */
export type HourCounts = readonly number[];

/** How many rows a window will hold: hours of the week times a level, and how far that is off upward. */
export interface Forecast {
	readonly rows: HourCounts;
	readonly seconds: readonly number[];
	readonly level: number;
	/** Mean square of the upward log errors. */
	readonly variance: number;
}

export const noHours = (): number[] => new Array<number>(HOURS_OF_WEEK).fill(0);

/** 1970-01-01 was a Thursday. */
export const hourOfWeek = (at: WallSeconds): number =>
	(((Math.floor(at / HOUR) + 72) % HOURS_OF_WEEK) + HOURS_OF_WEEK) % HOURS_OF_WEEK;

export const unknown: Forecast = { rows: noHours(), seconds: noHours(), level: 1, variance: VARIANCE_START };

/** Rows per second of each hour of the week, or null while nothing is known. */
export function ratesOf({ rows, seconds, level }: Forecast): number[] | null {
	const ofDay = Array.from({ length: 24 }, (_, hour) => {
		let [found, spent] = [0, 0];
		for (let at = hour; at < HOURS_OF_WEEK; at += 24) {
			found += rows[at];
			spent += seconds[at];
		}
		return spent > 0 ? found / spent : null;
	});
	const seen = ofDay.filter((rate) => rate !== null);
	if (seen.length === 0) return null;
	const busiest = Math.max(...seen);
	return rows.map(
		(found, hour) =>
			(level * (found + KAPPA_SECONDS * (ofDay[hour % 24] ?? busiest))) / (seconds[hour] + KAPPA_SECONDS),
	);
}

/** Rows expected in a window. */
export function expected(rates: readonly number[], window: Window): number {
	let sum = 0;
	eachHour(window, (hour, seconds) => {
		sum += rates[hour] * seconds;
	});
	return sum;
}

/** How many seconds from a moment on are expected to hold no more than `target` rows, at most `maxSeconds`. */
export function secondsFor(rates: readonly number[], from: WallSeconds, target: number, maxSeconds: number): number {
	let left = target;
	for (let at = from; at < from + maxSeconds; ) {
		const hourEnd = (Math.floor(at / HOUR) + 1) * HOUR;
		const rate = rates[hourOfWeek(at)];
		const seconds = Math.min(hourEnd, from + maxSeconds) - at;
		if (rate * seconds > left) return Math.floor(at - from + left / rate);
		left -= rate * seconds;
		at += seconds;
	}
	return maxSeconds;
}

/** Learns from a window that came whole. */
export function learn(forecast: Forecast, window: Window, found: HourCounts): Forecast {
	const total = found.reduce((sum, rows) => sum + rows, 0);
	const rates = ratesOf(forecast);
	const seconds = [...forecast.seconds];
	eachHour(window, (hour, spent) => {
		seconds[hour] += spent;
	});
	const learned = { ...forecast, rows: forecast.rows.map((rows, hour) => rows + found[hour]), seconds };
	if (rates === null) return learned;
	const wanted = expected(rates, window);
	const error = Math.log((total + 1) / (wanted + 1));
	const variance = forecast.variance + VARIANCE_WEIGHT * (Math.max(0, error) ** 2 - forecast.variance);
	const telling = Math.max(total, wanted) >= LEVEL_MIN_ROWS;
	return {
		...learned,
		level: telling ? forecast.level * Math.exp((error > 0 ? LEVEL_UP : LEVEL_DOWN) * error) : forecast.level,
		variance: Math.max(VARIANCE_FLOOR, variance),
	};
}

/** Learns that a window held more than it may. */
export const overshot = (forecast: Forecast): Forecast => ({
	...forecast,
	variance: Math.min(1, forecast.variance + VARIANCE_SATURATED),
});

function eachHour(window: Window, visit: (hour: number, seconds: number) => void): void {
	const weeks = Math.floor(secondsOf(window) / (HOUR * HOURS_OF_WEEK));
	if (weeks > 0) for (let hour = 0; hour < HOURS_OF_WEEK; hour++) visit(hour, weeks * HOUR);
	for (let at = window.from + weeks * HOUR * HOURS_OF_WEEK; at < window.to; ) {
		const next = Math.min((Math.floor(at / HOUR) + 1) * HOUR, window.to);
		visit(hourOfWeek(at), next - at);
		at = next;
	}
}
