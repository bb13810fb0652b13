import { type Beside, fingerprintOf } from './crossCheck';
import { type HourCounts, hourOfWeek, noHours } from '../planning/forecast';
import { PackedRecords, type SlabPool } from './packedRecords';
import { type AmdRecord, campaignNumberOf } from '../api/record';
import { type RowDate, parseRowDate } from '../time/wallClock';
import type { WallSeconds, Window } from '../time/window';

/** What is asked so that a window can be proven: inclusive bounds, as they are sent. */
export interface Bounds {
	readonly first: WallSeconds;
	readonly last: WallSeconds;
}

/** The rows of one answer, held against the window that it shall prove. */
export interface WindowRows {
	/** Dated inside the window, in order of time; rows of one second as they came. */
	readonly records: PackedRecords;
	/** Rows whose date cannot be read, or not as precisely as the others', wherever they belong. */
	readonly undated: AmdRecord[];
	readonly hours: HourCounts;
	/** Set when every date of the answer is coarser than was assumed: the finest of them. */
	readonly coarserSeconds: number | null;
	/** How far the farthest date lies outside what was asked. */
	readonly outsideSeconds: number;
	/** Rows dated beside the window. */
	readonly beside: Beside;
	/** Moments outside what was asked. */
	readonly strays: ReadonlySet<WallSeconds>;
	/** Rows dated at the first and at the last second asked came: those bounds are inclusive. */
	readonly sawFirst: boolean;
	readonly sawLast: boolean;
	/** Numbers of the campaigns seen. */
	readonly campaigns: ReadonlySet<string>;
}

interface WindowRowsCollector {
	take(records: Iterable<AmdRecord>): void;
	done(): WindowRows;
}

/** @param grainSeconds precision of the dates as assumed so far: a window's start off the grain is the server's to keep */
export function windowRowsCollector(
	window: Window,
	asked: Bounds,
	grainSeconds: number,
	pool?: SlabPool,
): WindowRowsCollector {
	const kept = new PackedRecords(pool);
	const undated: AmdRecord[] = [];
	const coarse: AmdRecord[] = [];
	const hours = noHours();
	const strays = new Set<WallSeconds>();
	const beside = new Map<WallSeconds, number[]>();
	const campaignIds = new Set<string>();
	const from = Math.floor(window.from / grainSeconds) * grainSeconds;
	let finestCoarse = Infinity;
	let assumed = false;
	let outsideSeconds = 0;
	let [sawFirst, sawLast] = [false, false];

	const place = (record: AmdRecord, date: RowDate): void => {
		if (date.grainSeconds > grainSeconds) {
			coarse.push(record);
			finestCoarse = Math.min(finestCoarse, date.grainSeconds);
			return;
		}
		assumed = true;
		const outside = Math.max(asked.first - (date.at + date.grainSeconds - 1), date.at - asked.last);
		if (outside > 0) {
			outsideSeconds = Math.max(outsideSeconds, outside);
			strays.add(date.at);
		}
		sawFirst ||= date.at === asked.first;
		sawLast ||= date.at === asked.last;
		if (from <= date.at && date.at < window.to) {
			kept.add(record, date.at);
			hours[hourOfWeek(date.at)]++;
		} else {
			const there = beside.get(date.at);
			if (there) there.push(fingerprintOf(record));
			else beside.set(date.at, [fingerprintOf(record)]);
		}
	};
	return {
		take(records) {
			for (const record of records) {
				campaignIds.add(record.campaign_id);
				const date = parseRowDate(record.date);
				if (date) place(record, date);
				else undated.push(record);
			}
		},
		done() {
			const records = kept.close();
			const campaigns = new Set([...campaignIds].map(campaignNumberOf));
			const coarserSeconds = !assumed && coarse.length > 0 ? finestCoarse : null;
			return {
				records,
				undated: [...undated, ...coarse],
				hours,
				coarserSeconds,
				outsideSeconds,
				beside,
				strays,
				sawFirst,
				sawLast,
				campaigns,
			};
		},
	};
}
