import { createHash } from 'crypto';

import { start } from './json/values';
import { parseRowDate } from '../time/wallClock';

/** The six fields of the report, in the vendor's order. */
export const FIELDS = ['customer_id', 'campaign_id', 'file_name', 'telephone', 'result', 'date'] as const;

/** One detection, as the API names it; every value is text, a missing one is `''`. */
export type AmdRecord = Record<(typeof FIELDS)[number], string>;

/** What a machine or a human answered; `other` for what is neither, such as a fax, silence or a word that nobody knows. */
export type Detection = 'human' | 'machine' | 'other';

/**
 * Reads one row of a response: the six texts, extra keys left out.
 * Gives null when a key is missing or holds something that is not a plain value.
 */
export function toRecord(row: unknown): AmdRecord | null {
	if (typeof row !== 'object' || row === null) return null;
	const raw = row as Record<string, unknown>;
	const record = {
		customer_id: toText(raw.customer_id),
		campaign_id: toText(raw.campaign_id),
		file_name: toText(raw.file_name),
		telephone: toText(raw.telephone),
		result: toText(raw.result),
		date: toText(raw.date),
	};
	for (const field of FIELDS) if (record[field] === undefined) return null;
	return record as AmdRecord;
}

/** What keeps a row from being a record, in words. */
export function oddityOf(row: unknown): string {
	if (typeof row !== 'object') return `a ${typeof row === 'string' ? 'text' : typeof row} in place of a row`;
	if (row === null) return 'null in place of a row';
	const raw = row as Record<string, unknown>;
	const missing = FIELDS.find((field) => toText(raw[field]) === undefined);
	// Past 2^53 a number has lost digits, and two customers would be one.
	if (typeof raw[missing!] === 'number') return `${missing} comes as a number whose digits are lost`;
	return raw[missing!] === undefined ? `a row without ${missing}` : `a row whose ${missing} is no text`;
}

/** Fields that name something: as a number they must be written in digits alone. */
const NAMES = ['customer_id', 'campaign_id', 'file_name', 'telephone'] as const;
/** A field with a number that has an exponent or a fraction; inside a text its quotes would be escaped. */
const REWRITTEN = new RegExp(`(?<!\\\\)"(${NAMES.join('|')})"\\s{0,99}:\\s{0,99}-?\\d{1,400}[.eE]`, 'g');

/**
 * A number in the rows that is read as another text than was written: `1e5` and `100000.0` would be the customer 100000. In
 * words, else null. The text is searched only where a field that names something holds a number at all.
 */
export function rewrittenNumber(rows: readonly unknown[], text: string): string | null {
	const numbers = new Set<string>();
	for (const row of rows) {
		if (typeof row !== 'object' || row === null) continue;
		for (const field of NAMES) if (typeof (row as Record<string, unknown>)[field] === 'number') numbers.add(field);
		if (numbers.size === NAMES.length) break;
	}
	if (numbers.size === 0) return null;
	for (const [, field] of text.matchAll(REWRITTEN))
		if (numbers.has(field)) return `${field} comes as a number with an exponent or a fraction`;
	return null;
}

function toText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (value === null) return '';
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	return typeof value === 'boolean' ? String(value) : undefined;
}

/** The six texts as one: equal for two rows exactly when the rows are identical. */
export const identityOf = (record: AmdRecord): string => JSON.stringify(FIELDS.map((field) => record[field]));

/** 64 bits of the whole row's hash, as 16 hex digits: another for each version of a record. */
export const rowHash = (record: AmdRecord): string => sha256(identityOf(record)).slice(0, 16);

/**
 * What a record is called for good, but for its number among equals: 32 hex digits of SHA-256 over [customer_id, the
 * campaign's number, telephone, date], each trimmed. What may still change is not in it: the result, the voice file, a
 * campaign's name, the server's code.
 */
const nameOf = ({ customer_id, campaign_id, telephone, date }: AmdRecord): string =>
	sha256(JSON.stringify([customer_id.trim(), campaignNumberOf(campaign_id), telephone.trim(), date.trim()])).slice(
		0,
		32,
	);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A record with its `record_id`. */
export interface Identified {
	readonly record: AmdRecord;
	readonly recordId: string;
}

/**
 * Makes the `record_id`s of a run: a name by `nameOf`, then `-n` with n = 1, 2, … among equals, in the order of what is
 * left of their rows. Equals share their date, hence their window, so that n does not depend on how a range was cut; rows
 * without a date are counted over the whole run.
 */
export class RecordIds {
	private readonly undatedSeen = new Map<string, number>();

	/** Pairs the records of one window, in their order; the first `undated` of them have no date. */
	*of(records: Iterable<AmdRecord>, undated: number): Generator<Identified> {
		const first: AmdRecord[] = [];
		let moment: AmdRecord[] = [];
		let at: number | null = null;
		for (const record of records) {
			if (first.length < undated) {
				first.push(record);
				if (first.length === undated) yield* numbered(first, this.undatedSeen);
				continue;
			}
			const date = parseRowDate(record.date)?.at ?? null;
			if (date !== at) {
				yield* numbered(moment, new Map());
				moment = [];
			}
			at = date;
			moment.push(record);
		}
		yield* numbered(moment, new Map());
	}
}

function* numbered(records: readonly AmdRecord[], seen: Map<string, number>): Generator<Identified> {
	const names = records.map(nameOf);
	const hasEquals = new Set(names).size < names.length;
	const ids: string[] = [];
	for (const index of hasEquals ? inOrderOfRows(records) : names.keys()) {
		const n = (seen.get(names[index]) ?? 0) + 1;
		seen.set(names[index], n);
		ids[index] = `${names[index]}-${n}`;
	}
	for (const [index, record] of records.entries()) yield { record, recordId: ids[index] };
}

/** Places of the records, by the texts of their rows; identical ones as they came. */
function inOrderOfRows(records: readonly AmdRecord[]): number[] {
	const rows = records.map(identityOf);
	return [...rows.keys()].sort((a, b) => (rows[a] < rows[b] ? -1 : rows[a] > rows[b] ? 1 : a - b));
}

/**
 * Words for a machine and for a human, folded: Wolkvox's own, the Spanish ones, and those of other diallers. No substring
 * is looked for: a fax is no machine that a message could be left on, and silence is nobody.
 */
const WORDS: Record<Exclude<Detection, 'other'>, readonly string[]> = {
	machine: [
		...['machine', 'answermachine', 'answeringmachine', 'answeringmachinedetected', 'machinedetected'],
		...['machinestart', 'machineendbeep', 'machineendsilence', 'machineendother'],
		...['voicemail', 'voicemailbeep', 'voicemailnobeep', 'mailbox'],
		...['maquina', 'maquinacontestadora', 'contestadora', 'contestador', 'contestadorautomatico'],
		...['buzon', 'buzondevoz', 'buzondemensajes', 'correodevoz'],
	],
	human: [
		...['human', 'humananswered', 'humanresidence', 'humanbusiness', 'person', 'live', 'livecall', 'liveperson'],
		...['humano', 'persona', 'voz', 'vozhumana'],
	],
};

const DETECTIONS: ReadonlyMap<string, Detection> = new Map([
	...WORDS.machine.map((word) => [word, 'machine'] as const),
	...WORDS.human.map((word) => [word, 'human'] as const),
]);

/** Case, accents, blanks, hyphens and underscores make no other word. */
const folded = (word: string): string =>
	word
		.normalize('NFD')
		.replace(/[\p{M}\s_\p{Pd}]/gu, '')
		.toLowerCase();

/** Words as they were last read: a run has a handful of them in millions of rows. */
const read = new Map<string, Detection>();
const REMEMBERED_WORDS = 1_000;

/** Machine, human or neither, by the word that a result is. */
export function detectionOf(record: AmdRecord): Detection {
	const result = start(record.result);
	const known = read.get(result);
	if (known !== undefined) return known;
	if (read.size >= REMEMBERED_WORDS) read.clear();
	const detection = DETECTIONS.get(folded(result)) ?? 'other';
	read.set(result, detection);
	return detection;
}

/** The campaign's number alone: some reports write "22109 - NAME". */
export const campaignNumberOf = (campaignId: string): string =>
	/^\s*(\d+)/.exec(start(campaignId))?.[1] ?? campaignId.trim();

/** The name in a `campaign_id` that carries one ("22109 - NAME"), else null. */
export const nameWithin = (campaignId: string): string | null =>
	/^\s*\d+\s*-\s*(\S.*)$/.exec(start(campaignId))?.[1].trimEnd() ?? null;
