import type { DateForm, Moment } from './options';

const { floor } = Math;

/* Wall-clock text and seconds: the wall's own digits read as if they were UTC, so that no zone can touch them. */

const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** `YYYY-MM-DD[ HH:MM:SS]` → seconds; a number passes through. Throws on anything else. */
export function wallSeconds(moment: Moment): number {
	if (typeof moment === 'number') return moment;
	const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d))?$/.exec(moment);
	const seconds = parts && fromParts(parts.slice(1).map((part) => Number(part ?? 0)));
	if (seconds === null) throw new Error(`Not a wall-clock moment: ${moment}`);
	return seconds;
}

/** `YYYYmmddHHiiss` → seconds, or null when it is no real moment. */
export function compactSeconds(text: string): number | null {
	const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
	return parts && fromParts(parts.slice(1).map(Number));
}

function fromParts([year, month, day, hour, minute, second]: number[]): number | null {
	const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
	const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
	return real ? date.getTime() / 1000 : null;
}

let dayNumber = NaN;
let dayParts: [year: string, month: string, day: string] = ['', '', ''];

/** The digits of a moment in one of the forms a PHP API might give. */
export function wallText(seconds: number, form: DateForm = 'YYYY-MM-DD HH:MM:SS'): string {
	const day = floor(seconds / 86400);
	if (day !== dayNumber) {
		const [year, month, date] = new Date(day * 86400_000).toISOString().slice(0, 10).split('-');
		dayParts = [year, month, date];
		dayNumber = day;
	}
	const rest = floor(seconds - day * 86400);
	return render(form, dayParts, twoDigits[floor(rest / 3600)], twoDigits[floor(rest / 60) % 60], twoDigits[rest % 60]);
}

function render(form: DateForm, [y, m, d]: [string, string, string], hh: string, mm: string, ss: string): string {
	switch (form) {
		case 'YYYY-MM-DD HH:MM:SS':
			return `${y}-${m}-${d} ${hh}:${mm}:${ss}`;
		case 'YYYY-MM-DD HH:MM':
			return `${y}-${m}-${d} ${hh}:${mm}`;
		case 'YYYY-MM-DD HH:MM:00':
			return `${y}-${m}-${d} ${hh}:${mm}:00`;
		case 'YYYY-MM-DD HH':
			return `${y}-${m}-${d} ${hh}`;
		case 'YYYY-MM-DD-HH':
			return `${y}-${m}-${d}-${hh}`;
		case 'YYYY-MM-DD HH:00:00':
			return `${y}-${m}-${d} ${hh}:00:00`;
		case 'YYYY-MM-DDTHH:MM:SS':
			return `${y}-${m}-${d}T${hh}:${mm}:${ss}`;
		case 'YYYY/MM/DD HH:MM:SS':
			return `${y}/${m}/${d} ${hh}:${mm}:${ss}`;
		case 'DD/MM/YYYY HH:MM:SS':
			return `${d}/${m}/${y} ${hh}:${mm}:${ss}`;
		case 'DD-MM-YYYY HH:MM:SS':
			return `${d}-${m}-${y} ${hh}:${mm}:${ss}`;
		case 'YYYYMMDDHHMMSS':
			return `${y}${m}${d}${hh}${mm}${ss}`;
	}
}

/** The real clock as a wall in that zone shows it, with fractions. */
export function zoneClock(timezone: string): () => number {
	const format = new Intl.DateTimeFormat('en-CA', {
		timeZone: timezone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	});
	return () => {
		const at = Date.now();
		const [date, time] = format.format(at).split(', ');
		return wallSeconds(`${date} ${time}`) + (at % 1000) / 1000;
	};
}
