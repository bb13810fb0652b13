import type { AmdRecord } from '../../../core/api/record';
import { parseRowDate } from '../../../core/time/wallClock';

/** Reckons anew, by looking through all rows again and again, what the folds count in one pass: written from the issue, not from them. */

export const foundIn = ({ result }: AmdRecord): 'machine' | 'human' | 'other' => {
	const word = result.trim().toLowerCase();
	return word === 'machine' || word === 'human' ? word : 'other';
};

export const numberOf = ({ campaign_id }: AmdRecord): string => campaign_id.split(' - ')[0];

export const momentOf = ({ date }: AmdRecord): number | null => parseRowDate(date)?.at ?? null;

export const text = (at: number | null): string | null =>
	at === null ? null : new Date(at * 1_000).toISOString().slice(0, 19).replace('T', ' ');

/** `[weekday, hour]`, Monday 1, of a row that shows its hour. */
export function slotOf({ date }: AmdRecord): readonly [number, number] | null {
	const read = parseRowDate(date);
	if (!read || read.grainSeconds > 3_600) return null;
	const moment = new Date(read.at * 1_000);
	return [moment.getUTCDay() || 7, moment.getUTCHours()];
}

/** The numbers that the tests' rows dial: the last ten digits of a Colombian mobile, behind 57, a route, both or nothing. */
export function telephoneOf({ telephone }: AmdRecord): string {
	return /^(?:9|91)?(?:57)?(300123\d{4})$/.exec(telephone)?.[1] ?? telephone;
}

export interface SlowContact {
	readonly id: string;
	readonly rows: readonly AmdRecord[];
}

/** Who was called: by the id where it can be a person's, else by the telephone. */
export function contactsOf(rows: readonly AmdRecord[], identifyBy: 'customer' | 'telephone'): SlowContact[] {
	const idOf = ({ customer_id }: AmdRecord): string => customer_id.trim();
	const isPerson = (id: string): boolean => {
		if (['', '0', '000', '9999', 'N/A', 'Sin Cédula'].includes(id)) return false;
		const telephones = rows.filter((row) => idOf(row) === id && row.telephone !== '').map(telephoneOf);
		return new Set(telephones).size <= 10;
	};
	const keyOf = (row: AmdRecord): string | null => {
		if (identifyBy === 'customer' && isPerson(idOf(row))) return `id ${idOf(row)}`;
		return row.telephone === '' ? null : `telephone ${telephoneOf(row)}`;
	};
	return [...new Set(rows.map(keyOf))]
		.filter((key) => key !== null)
		.map((key) => {
			const own = rows.filter((row) => keyOf(row) === key);
			return { id: own.map(idOf).filter(isPerson).at(-1) ?? '', rows: own };
		});
}

export const countOf = (rows: readonly AmdRecord[]) => ({
	machine: rows.filter((row) => foundIn(row) === 'machine').length,
	human: rows.filter((row) => foundIn(row) === 'human').length,
	other: rows.filter((row) => foundIn(row) === 'other').length,
});
