const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Monday first; weekday 1 is the first of them. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `1,234,567`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `12.5k`, `3M`: for the marks of an axis. */
export function formatShort(count: number): string {
	const [unit, sign] = count >= 1_000_000 ? [1_000_000, 'M'] : count >= 1_000 ? [1_000, 'k'] : [1, ''];
	return `${Number((count / unit).toFixed(1))}${sign}`;
}

/** `61.2%`, or a dash where there is nothing to divide by. */
export const formatRate = (rate: number | null, digits = 1): string =>
	rate === null ? '–' : `${(rate * 100).toFixed(digits)}%`;

/** `08:00`. */
export const formatHour = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Hours of the day as runs: `08–11, 15`; a dash for none. */
export function formatHours(hours: readonly number[]): string {
	const two = (hour: number): string => String(hour).padStart(2, '0');
	const runs: Array<[number, number]> = [];
	for (const hour of [...hours].sort((a, b) => a - b)) {
		const last = runs.at(-1);
		if (last && hour === last[1] + 1) last[1] = hour;
		else runs.push([hour, hour]);
	}
	return (
		runs
			.map(([from, to]) =>
				from === to ? two(from) : to === from + 1 ? `${two(from)}, ${two(to)}` : `${two(from)}–${two(to)}`,
			)
			.join(', ') || '–'
	);
}

const dateOf = (day: number): Date => new Date(day * 86_400_000);

/** `14 May`. */
export const formatDayShort = (day: number): string =>
	`${dateOf(day).getUTCDate()} ${MONTHS[dateOf(day).getUTCMonth()]}`;

/** `14 May 2024`. */
export const formatDayLong = (day: number): string => `${formatDayShort(day)} ${dateOf(day).getUTCFullYear()}`;

/** `May 2024`. */
export const formatMonth = (day: number): string =>
	`${MONTHS[dateOf(day).getUTCMonth()]} ${dateOf(day).getUTCFullYear()}`;
