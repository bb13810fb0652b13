import { KeyMaker, campaignNumberOf, detectionOf, nameWithin, type AmdRecord } from '../../../core/api/record';
import { parseRowDate, wallToIso } from '../../../core/time/wallClock';

/** Fields that can be added to a record, in the order in which they follow its own. */
export const ADDED_FIELDS = ['campaignName', 'isMachine', 'key', 'timestamp'] as const;
export type AddedField = (typeof ADDED_FIELDS)[number];
export type AddedValues = Partial<Record<AddedField, string | boolean | null>>;

export interface AddedContext {
	readonly serverCode: string;
	readonly zone: string;
	/** Names of campaigns by their number; empty where the list could not be had. */
	readonly names: ReadonlyMap<string, string>;
}

/** What is added to the records of a run: called with a window's number of undated records, then record by record. */
export type Adder = (undated: number) => (record: AmdRecord) => AddedValues;

export function adder(fields: readonly AddedField[], { serverCode, zone, names }: AddedContext): Adder {
	const keys = new KeyMaker(serverCode);
	const timestampOf = timestamper(zone);
	return (undated) => {
		const makers: Record<AddedField, (record: AmdRecord) => string | boolean | null> = {
			campaignName: ({ campaign_id: id }) => names.get(campaignNumberOf(id)) || nameWithin(id),
			isMachine: (record) => IS_MACHINE[detectionOf(record)],
			key: keys.forWindow(undated),
			timestamp: ({ date }) => timestampOf(date),
		};
		return (record) => {
			const values: AddedValues = {};
			for (const field of fields) values[field] = makers[field](record);
			return values;
		};
	};
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
