import { type Forecast, hourOfWeek, ratesOf } from './forecast';
import { type WallSeconds, type Window, secondsOf, tile } from '../time/window';

const DAY = 86_400;
const HOUR = 3_600;
/** How likely call centres are at work, by hour of the day, and by day of the week from Monday on. */
const LIKELY_HOURS = [1, 1, 1, 1, 1, 1, 2, 5, 8, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 8, 5, 2, 1, 1].map(
	(tenths) => tenths / 10,
);
const LIKELY_DAYS = [1, 1, 1, 1, 1, 0.6, 0.3];
/** What a habit that was never looked at counts beside one that was. */
const UNSEEN = 0.5;
/** Leads from one piece among equals to a distant one. */
const STRIDE = 17;

/**
 * The piece of so many seconds in a window's last week where rows are most to be expected: by what is known of its hours,
 * else by when people are called. Among equals another one for each `turn`.
 */
export function mostTelling(window: Window, seconds: number, forecast: Forecast, turn: number): Window {
	const scored = scoredPieces(window, seconds, forecast);
	const most = Math.max(...scored.map(({ score }) => score));
	const equals = scored.filter(({ score }) => score >= most * 0.999);
	return equals[(turn * STRIDE) % equals.length].piece;
}

/** Several pieces where rows are likely, as far apart as may be; fewer where the window has no room for them. */
export function tellingPieces(window: Window, seconds: number, count: number, forecast: Forecast): Window[] {
	const scored = scoredPieces(window, seconds, forecast);
	const most = Math.max(...scored.map(({ score }) => score));
	const likely = scored.filter(({ score }) => score >= most / 2).map(({ piece }) => piece);
	const pieces = likely.slice(-1);
	while (pieces.length < count) {
		const distance = ({ from }: Window): number => Math.min(...pieces.map((one) => Math.abs(one.from - from)));
		const farthest = likely.reduce((best, one) => (distance(one) > distance(best) ? one : best));
		if (distance(farthest) <= 2 * seconds) break;
		pieces.push(farthest);
	}
	return pieces;
}

function scoredPieces(
	window: Window,
	seconds: number,
	forecast: Forecast,
): Array<{ readonly piece: Window; readonly score: number }> {
	if (secondsOf(window) <= seconds) return [{ piece: window, score: 1 }];
	const scoreAt = scoring(forecast);
	return startsIn(window, seconds).map((from) => {
		const piece = { from, to: from + seconds };
		const hours = tile(piece, HOUR);
		return { piece, score: hours.reduce((sum, { from: at, to }) => sum + scoreAt(at) * (to - at), 0) };
	});
}

/** A second after each whole hour: what is asked beside the piece stays within it. */
function startsIn({ from: start, to }: Window, seconds: number): WallSeconds[] {
	const from = Math.max(start, to - 7 * DAY);
	const step = Math.min(seconds + 2, HOUR);
	const starts: WallSeconds[] = [];
	for (let at = Math.floor(from / step) * step + 1; at + seconds <= to; at += step) if (at >= from) starts.push(at);
	return starts.length > 0 ? starts : [from];
}

/** How much rows are to be expected at a moment, 1 at most. */
function scoring(forecast: Forecast): (at: WallSeconds) => number {
	const rates = ratesOf(forecast);
	const busiest = rates === null ? 0 : Math.max(...rates);
	const { seconds } = forecast;
	const isRead = LIKELY_HOURS.map((_, hour) => seconds.some((spent, at) => spent > 0 && at % 24 === hour));
	return (at) => {
		const hour = hourOfWeek(at);
		const [likely, ofDay] = [LIKELY_HOURS[hour % 24], LIKELY_DAYS[Math.floor(hour / 24)]];
		if (rates === null || busiest === 0 || !isRead[hour % 24]) return likely * ofDay;
		const known = rates[hour] / busiest;
		return seconds[hour] > 0 ? known : Math.max(known, UNSEEN * likely) * ofDay;
	};
}
