import { type AmdRecord, type Detection, campaignNumberOf, detectionOf } from '../api/record';
import { dayOf, weekdayOf } from '../time/days';
import { parseRowDate } from '../time/wallClock';
import type { WallSeconds } from '../time/window';

/** What one record tells an analysis. A date that cannot be read, or not as finely, leaves its parts null. */
export interface Observation {
	readonly record: AmdRecord;
	/** The campaign's number alone. */
	readonly campaignId: string;
	readonly detection: Detection;
	readonly at: WallSeconds | null;
	/** Days since 1970-01-01. */
	readonly day: number | null;
	/** 0–23. */
	readonly hour: number | null;
	/** 1–7, Monday is 1. */
	readonly weekday: number | null;
}

const HOUR = 3_600;

/** Reads records for the folds of this folder; campaigns repeat, so each is read once. */
export function observer(): (record: AmdRecord) => Observation {
	const campaigns = new Map<string, string>();
	return (record) => {
		let campaignId = campaigns.get(record.campaign_id);
		if (campaignId === undefined)
			campaigns.set(record.campaign_id, (campaignId = campaignNumberOf(record.campaign_id)));
		const date = parseRowDate(record.date);
		const at = date?.at ?? null;
		const day = at === null ? null : dayOf(at);
		return {
			record,
			campaignId,
			detection: detectionOf(record),
			at,
			day,
			hour: date && date.grainSeconds <= HOUR ? modulo(Math.floor(date.at / HOUR), 24) : null,
			weekday: day === null ? null : weekdayOf(day),
		};
	};
}

const modulo = (value: number, base: number): number => ((value % base) + base) % base;
