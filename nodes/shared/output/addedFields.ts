import {
	type AmdRecord,
	type Identified,
	RecordIds,
	campaignNumberOf,
	detectionOf,
	nameWithin,
} from '../../../core/api/record';
import type { Country } from '../../../core/country/countries';
import { readTelephone } from '../../../core/country/telephones';
import { parseRowDate, wallToIso } from '../../../core/time/wallClock';

/** Fields that can be added to a record, in the order in which they follow its own. */
export const ADDED_FIELDS = [
	'campaign_name',
	'dial_route',
	'is_machine',
	'record_id',
	'telephone_national',
	'timestamp',
] as const;
export type AddedField = (typeof ADDED_FIELDS)[number];
type AddedValues = Partial<Record<AddedField, string | boolean | null>>;

/** What is added unless something else was chosen. */
export const USUAL_FIELDS: readonly AddedField[] = ['record_id', 'timestamp'];

export interface AddedContext {
	readonly zone: string;
	/** Whose telephones they are. */
	readonly country: Country;
	/** Names of campaigns by their number; empty where the list could not be had. */
	readonly names: ReadonlyMap<string, string>;
}

/** The values of what is added to a record. */
export function adder(
	fields: readonly AddedField[],
	{ zone, country, names }: AddedContext,
): (identified: Identified) => AddedValues {
	const timestampOf = timestamper(zone);
	const makers: Record<AddedField, (identified: Identified) => string | boolean | null> = {
		campaign_name: ({ record: { campaign_id: id } }) => names.get(campaignNumberOf(id)) || nameWithin(id),
		dial_route: ({ record }) => readTelephone(record.telephone, country)?.route ?? null,
		is_machine: ({ record }) => IS_MACHINE[detectionOf(record)],
		record_id: ({ recordId }) => recordId,
		telephone_national: ({ record }) => readTelephone(record.telephone, country)?.national ?? null,
		timestamp: ({ record }) => timestampOf(record.date),
	};
	return (identified) => {
		const values: AddedValues = {};
		for (const field of fields) values[field] = makers[field](identified);
		return values;
	};
}

/** The records of a window and how many of them, the first, have no date. */
interface WindowRecords {
	readonly records: Iterable<AmdRecord>;
	readonly undated: number;
}

/** A record with what is added to it. */
export interface WithAdded {
	readonly record: AmdRecord;
	readonly values: AddedValues;
}

/** Pairs the records of a run with what is added to them; called window by window, in order of time. */
export function adding(
	fields: readonly AddedField[],
	context: AddedContext,
): (part: WindowRecords) => Generator<WithAdded> {
	const ids = new RecordIds();
	const add = adder(fields, context);
	const needsIds = fields.includes('record_id');
	return function* ({ records, undated }) {
		const identified = needsIds ? ids.of(records, undated) : withoutIds(records);
		for (const one of identified) yield { record: one.record, values: add(one) };
	};
}

function* withoutIds(records: Iterable<AmdRecord>): Generator<Identified> {
	for (const record of records) yield { record, recordId: '' };
}

const IS_MACHINE = { machine: true, human: false, other: null };

/** ISO 8601 with offset, null for no readable date; records of one second come together, so the last one is kept. */
function timestamper(zone: string): (date: string) => string | null {
	let [last, iso]: [string | null, string | null] = [null, null];
	return (date) => {
		if (date !== last) {
			const read = parseRowDate(date);
			[last, iso] = [date, read && wallToIso(read.at, zone)];
		}
		return iso;
	};
}
