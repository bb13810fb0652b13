import { createHash } from 'crypto';

/** The six fields of the report, in the vendor's order. */
export const FIELDS = ['customer_id', 'campaign_id', 'file_name', 'telephone', 'result', 'date'] as const;

/** One detection, as the API names it; every value is text, a missing one is `''`. */
export type AmdRecord = Record<(typeof FIELDS)[number], string>;

/** What a machine or a human answered; `other` for a word that the contract does not know. */
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

function toText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (value === null) return '';
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The six texts as one: equal for two rows exactly when the rows are identical. */
export const identityOf = (record: AmdRecord): string => JSON.stringify(FIELDS.map((field) => record[field]));

/**
 * Makes the records' keys: 32 hex digits of SHA-256 over [server code, the six texts], then `-n` with n = 1, 2, …
 * among identical rows. These share their date, hence their window, so that n does not depend on how a range was cut;
 * rows without a date are counted over the whole run.
 */
export class KeyMaker {
	private readonly undatedSeen = new Map<string, number>();

	constructor(private readonly serverCode: string) {}

	/** For the records of one window, called in their order; the first `undated` of them have no date. */
	forWindow(undated: number): (record: AmdRecord) => string {
		const datedSeen = new Map<string, number>();
		let left = undated;
		return (record) => {
			const seen = left-- > 0 ? this.undatedSeen : datedSeen;
			const text = JSON.stringify([this.serverCode, ...FIELDS.map((field) => record[field])]);
			const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
			const n = (seen.get(hash) ?? 0) + 1;
			seen.set(hash, n);
			return `${hash}-${n}`;
		};
	}
}

/** Machine, human or other, whatever the case. */
export function detectionOf(record: AmdRecord): Detection {
	const result = record.result.trim().toLowerCase();
	return result === 'machine' || result === 'human' ? result : 'other';
}

/** The campaign's number alone: some reports write "22109 - NAME". */
export const campaignNumberOf = (campaignId: string): string => /^\s*(\d+)/.exec(campaignId)?.[1] ?? campaignId.trim();

/** The name in a `campaign_id` that carries one ("22109 - NAME"), else null. */
export const nameWithin = (campaignId: string): string | null =>
	/^\s*\d+\s*-\s*(\S.*?)\s*$/.exec(campaignId)?.[1] ?? null;
