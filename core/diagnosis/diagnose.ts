import { askUsage } from '../api/information';
import type { Connection } from '../api/request';
import type { Failure } from '../failures';
import { diagnosisLimits, extractionLimits } from '../limits';
import type { WallSeconds } from '../time/window';
import { type Bounds, type Sounding, sound } from './sound';
import {
	type Diagnosis,
	codeType,
	minutesAgo,
	orderOf,
	precisionOf,
	resultWords,
	sixOf,
	twoAtOnce,
	wordsOf,
} from './verdicts';

export type { Diagnosis } from './verdicts';

const DAY = 86_400;
const HOUR = 3_600;

/**
 * Asks a live operation what the vendor's pages leave open, in at most twelve requests. The token's turn is held meanwhile.
 * @param now the operation's wall clock
 */
export async function diagnose(connection: Connection, now: () => WallSeconds): Promise<Diagnosis | Failure> {
	const { spending } = connection;
	const before = await askUsage(connection);
	if (before.kind !== 'whole') {
		return before.kind === 'empty' ? { kind: 'transient', why: 'notWhole', said: 'no token information' } : before;
	}
	const held = await connection.lane.withTurn(
		{ signal: connection.signal },
		async () => await soundAll(connection, now),
	);
	if (held === null) return { kind: 'cancelled' };
	const after = spending.requests < diagnosisLimits.maxRequests ? await askUsage(connection) : null;
	const left = after?.kind === 'whole' ? after.value : before.value;
	const spent =
		after?.kind === 'whole' && after.value.used_today !== null && before.value.used_today !== null
			? after.value.used_today - before.value.used_today
			: null;
	return {
		...held.found,
		requests: spending.requests,
		requests_left: left.available,
		refused_requests_count: countsRefused(spent, held),
	};
}

interface Soundings {
	readonly found: Omit<Diagnosis, 'requests' | 'requests_left' | 'refused_requests_count'>;
	readonly answered: number;
	readonly refused: number;
}

/** What the counter grew by is what was answered, this look at it included, or that and what was refused. */
function countsRefused(spent: number | null, { answered, refused }: Soundings): boolean | null {
	if (spent === null || refused === 0) return null;
	if (spent === answered + 1) return false;
	return spent === answered + refused + 1 ? true : null;
}

async function soundAll(connection: Connection, now: () => WallSeconds): Promise<Soundings> {
	const all: Sounding[] = [];
	const ask = async (bounds: Bounds, api?: 'campaign_6'): Promise<Sounding> => {
		const one = await sound(connection, bounds, api);
		all.push(one);
		return one;
	};
	const to = now();
	const range = await rangeWithRows(ask, to);
	const whole = range?.sounding ?? null;
	const atOnce = whole && (await threeAtOnce(ask, momentOf(whole)));
	const addUp = range && (await partsAddUp(ask, range));
	const empty = await emptyMinute(ask, all, range);
	const six = range && (await ask(range.bounds, 'campaign_6'));
	return {
		found: {
			code_type: whole && codeType(whole.head),
			empty_answer: empty && wordsOf(empty),
			order: whole && orderOf(whole),
			bounds: atOnce && (await boundsOf(ask, momentOf(whole), atOnce)),
			date_precision: whole && precisionOf(whole),
			newest_record_minutes_ago: whole && minutesAgo(whole, to),
			records_per_second: whole && whole.seconds > 0 ? Math.round(whole.rows.length / whole.seconds) : null,
			two_at_once: atOnce && twoAtOnce(atOnce),
			records: whole?.rows.length ?? 0,
			result_words: whole ? resultWords(whole) : '',
			campaign_6: whole && six && sixOf(six, whole),
			parts_add_up: addUp,
		},
		answered: all.filter(({ kind }) => kind !== 'busy').length,
		refused: all.filter(({ kind }) => kind === 'busy').length,
	};
}

type Ask = (bounds: Bounds, api?: 'campaign_6') => Promise<Sounding>;

/** The last day; where it has no records the week before it, where it has too many its last hour but one. */
async function rangeWithRows(ask: Ask, to: WallSeconds): Promise<{ bounds: Bounds; sounding: Sounding } | null> {
	const day = { first: to - DAY, last: to };
	const first = await ask(day);
	if (first.kind === 'whole') return { bounds: day, sounding: first };
	const other =
		first.kind === 'empty' ? { first: to - 7 * DAY, last: to - DAY } : { first: to - 2 * HOUR, last: to - HOUR };
	const second = await ask(other);
	return second.kind === 'whole' ? { bounds: other, sounding: second } : null;
}

/** A second that has rows, away from the edges of what was asked. */
const momentOf = ({ dates }: Sounding): WallSeconds =>
	[...dates].sort((a, b) => a.at - b.at)[Math.floor(dates.length / 2)]?.at ?? 0;

/** The three questions on bounds at once: how many of them are answered tells how many may be. */
async function threeAtOnce(ask: Ask, at: WallSeconds): Promise<Sounding[]> {
	return await Promise.all(boundsAround(at).map(async (bounds) => await ask(bounds)));
}

/** The second alone; with the one behind it; with the one before it. */
const boundsAround = (at: WallSeconds): Bounds[] => [
	{ first: at, last: at },
	{ first: at, last: at + 1 },
	{ first: at - 1, last: at },
];

/** A bound is inclusive where the second's own rows come; what was refused is asked again, one by one. */
async function boundsOf(ask: Ask, at: WallSeconds, atOnce: readonly Sounding[]): Promise<Diagnosis['bounds']> {
	const shown: boolean[] = [];
	for (const [index, bounds] of boundsAround(at).entries()) {
		const answer = atOnce[index].kind === 'busy' ? await ask(bounds) : atOnce[index];
		if (answer.kind !== 'whole' && answer.kind !== 'empty') return null;
		shown.push(answer.dates.some((date) => date.at === at));
		if (index === 0 && shown[0]) return 'both inclusive';
	}
	const [, first, last] = shown;
	return first && last ? null : first ? 'first only' : last ? 'last only' : 'neither';
}

/** Whether two halves of what was asked hold its records together; those that are young may still be joined by others. */
async function partsAddUp(
	ask: Ask,
	{ bounds, sounding }: { bounds: Bounds; sounding: Sounding },
): Promise<boolean | null> {
	const last = bounds.last - extractionLimits.settledAfterSeconds;
	const middle = Math.floor((bounds.first + last) / 2);
	const within = ({ dates }: Sounding, from: WallSeconds, to: WallSeconds): number =>
		dates.filter(({ at }) => from <= at && at <= to).length;
	let records = 0;
	for (const [from, to] of [
		[bounds.first + 1, middle],
		[middle + 1, last],
	]) {
		// A second more at each end: right under every reading of the bounds.
		const answer = await ask({ first: from - 1, last: to + 1 });
		if (answer.kind !== 'whole' && answer.kind !== 'empty') return null;
		records += within(answer, from, to);
	}
	return records === within(sounding, bounds.first + 1, last);
}

/** An answer without rows: one that came already, else that of a minute of the range in which there were none. */
async function emptyMinute(
	ask: Ask,
	all: readonly Sounding[],
	range: { bounds: Bounds; sounding: Sounding } | null,
): Promise<Sounding | null> {
	const there = all.find(({ kind }) => kind === 'empty');
	if (there || range === null) return there ?? null;
	const busy = new Set(range.sounding.dates.map(({ at }) => Math.floor(at / 60)));
	const last = Math.floor(range.bounds.last / 60) - 60;
	for (let minute = Math.ceil(range.bounds.first / 60) + 1; minute < last; minute++) {
		if ([-1, 0, 1].some((beside) => busy.has(minute + beside))) continue;
		const answer = await ask({ first: minute * 60, last: minute * 60 + 59 });
		return answer.kind === 'empty' ? answer : null;
	}
	return null;
}
