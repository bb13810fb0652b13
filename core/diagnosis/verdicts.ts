import { type Detection, detectionOf } from '../api/record';
import type { WallSeconds } from '../time/window';
import type { Sounding } from './sound';

/** What was found of the questions that nobody answers: null where it could not be told. Free of personal data. */
export interface Diagnosis {
	readonly requests: number;
	/** How `code` stands in an answer with rows. */
	readonly code_type: 'text' | 'number' | 'absent' | null;
	/** Status and words of an answer without rows. */
	readonly empty_answer: string | null;
	readonly order: 'oldest first' | 'newest first' | 'mixed' | null;
	readonly bounds: 'both inclusive' | 'first only' | 'last only' | 'neither' | null;
	readonly date_precision: 'second' | 'minute' | 'hour' | 'day' | null;
	/** Minutes by which the newest record lies behind the clock of the time zone; below 0 it lies ahead. */
	readonly newest_record_minutes_ago: number | null;
	readonly records_per_second: number | null;
	readonly two_at_once: 'taken' | 'refused' | null;
	readonly refused_requests_count: boolean | null;
	readonly requests_left: number | null;
	/** Records that the words below were counted in. */
	readonly records: number;
	readonly result_words: string;
	readonly campaign_6: 'counts all records' | 'counts machines' | 'counts something else' | 'not to be had' | null;
	readonly parts_add_up: boolean | null;
}

const DAY = 86_400;
const HOUR = 3_600;

/** Of three requests at once one is refused where two may run. */
export const twoAtOnce = (answers: readonly Sounding[]): Diagnosis['two_at_once'] => {
	const refused = answers.filter(({ kind }) => kind === 'busy').length;
	return refused === 0 ? null : refused === 1 ? 'taken' : 'refused';
};

const valueOf = (head: string, key: string): string | null =>
	new RegExp(`"${key}"\\s{0,9}:\\s{0,9}("[^"\\\\]{0,200}"|[^,\\s}]{1,40})`).exec(head)?.[1] ?? null;

export function codeType(head: string): Diagnosis['code_type'] {
	const code = valueOf(head, 'code');
	return code === null ? 'absent' : code.startsWith('"') ? 'text' : 'number';
}

/** Status, words, and how `data` stands in an answer without rows. */
export function wordsOf({ status, head }: Sounding): string {
	const said = valueOf(head, 'msg')?.replaceAll('"', '') ?? '';
	const data = /"data"\s{0,9}:\s{0,9}(\[|\{|null)/.exec(head)?.[1];
	const form = { '[': 'a list', '{': 'an object', null: 'null' }[data ?? ''] ?? 'absent';
	return `HTTP ${status}, msg “${said}”, data ${form}`;
}

export function orderOf({ dates }: Sounding): Diagnosis['order'] {
	if (new Set(dates.map(({ at }) => at)).size < 2) return null;
	const rises = dates.every(({ at }, i) => i === 0 || dates[i - 1].at <= at);
	const falls = dates.every(({ at }, i) => i === 0 || dates[i - 1].at >= at);
	return rises ? 'oldest first' : falls ? 'newest first' : 'mixed';
}

const PRECISIONS = [
	[DAY, 'day'],
	[HOUR, 'hour'],
	[60, 'minute'],
] as const;

/** What the dates show, and what all of them share: a second that is always 00 is none. */
export function precisionOf({ dates }: Sounding): Diagnosis['date_precision'] {
	if (dates.length === 0) return null;
	const coarse = PRECISIONS.find(([seconds]) => dates.every(({ at }) => at % seconds === 0));
	return coarse && dates.length > 20 ? coarse[1] : 'second';
}

export function minutesAgo({ dates }: Sounding, now: WallSeconds): number | null {
	const newest = dates.reduce((latest, { at }) => Math.max(latest, at), -Infinity);
	return Number.isFinite(newest) ? Math.round((now - newest) / 60) : null;
}

/** The words of `result` with their share, most first; what does not look like a word is not shown. */
export function resultWords({ rows }: Sounding): string {
	const counts = new Map<string, number>();
	for (const { result } of rows) {
		const word = /^[\p{L} _-]{0,30}$/u.test(result) ? result.trim() || '(blank)' : '(something else)';
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	return [...counts]
		.sort(([, a], [, b]) => b - a)
		.slice(0, 8)
		.map(([word, count]) => `${word} ${((100 * count) / rows.length).toFixed(1)} %`)
		.join(', ');
}

/** The sum that report 6 tells, held against the records and the machines of report 7. */
export function sixOf({ status, head }: Sounding, { rows }: Sounding): Diagnosis['campaign_6'] {
	const totals = [...head.matchAll(/"total_amd"\s{0,9}:\s{0,9}"?(\d{1,9})/g)].map(([, digits]) => Number(digits));
	if (status !== 200 || totals.length === 0) return 'not to be had';
	const total = totals.reduce((sum, one) => sum + one, 0);
	const machines = rows.filter((row) => detectionOf(row) === ('machine' satisfies Detection)).length;
	if (total === rows.length) return 'counts all records';
	return total === machines ? 'counts machines' : 'counts something else';
}
