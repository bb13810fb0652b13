import { formatDay } from '../time/days';
import { CampaignNames } from './campaignNames';
import type { Observation } from './observation';
import { compareEach } from './order';
import { type Tally, count, formatAt, humanRate, machineRate, noTally } from './tally';

/** What records can be grouped by. */
export const DIMENSIONS = ['campaign', 'day', 'hour', 'weekday', 'fileName'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One line of a summary; the keys of dimensions that were not asked are absent. */
export interface Summary {
	campaign_id?: string;
	/** Null where nobody told it. */
	campaign_name?: string | null;
	/** `YYYY-MM-DD`; null for dates that cannot be read, as hour and weekday. */
	day?: string | null;
	hour?: number | null;
	/** 1–7, Monday is 1. */
	weekday?: number | null;
	weekday_name?: string | null;
	file_name?: string;
	records: number;
	human: number;
	machine: number;
	other: number;
	/** Of machines and humans alone. */
	human_rate: number | null;
	machine_rate: number | null;
	first_record: string | null;
	last_record: string | null;
}

type Value = string | number | null;

const VALUE_OF: Record<Dimension, (seen: Observation) => Value> = {
	campaign: ({ campaignId }) => campaignId,
	day: ({ day }) => day,
	hour: ({ hour }) => hour,
	weekday: ({ weekday }) => weekday,
	fileName: ({ record }) => record.file_name,
};

/**
 * Counts records in one pass, by groups: memory grows with the groups, not with the records.
 * Without `groupBy` there is one group, which is there with nothing in it too.
 * @param campaignNames names by number, where known; a name within the rows serves for the others
 */
export class Summarizer {
	private readonly groups = new Map<string, { values: Value[]; tally: Tally }>();
	private readonly names: CampaignNames;

	constructor(
		private readonly groupBy: readonly Dimension[],
		campaignNames?: ReadonlyMap<string, string>,
	) {
		this.names = new CampaignNames(campaignNames);
		if (groupBy.length === 0) this.groups.set('', { values: [], tally: noTally() });
	}

	take(seen: Observation): void {
		this.names.take(seen);
		let key = '';
		for (const dimension of this.groupBy) key += `${VALUE_OF[dimension](seen)}\u0000`;
		let group = this.groups.get(key);
		if (group === undefined) {
			group = { values: this.groupBy.map((dimension) => VALUE_OF[dimension](seen)), tally: noTally() };
			this.groups.set(key, group);
		}
		count(group.tally, seen);
	}

	/**
	 * Sorted by the dimensions in the order of `groupBy`, which the operation Summarize gives as in `DIMENSIONS`,
	 * whatever was chosen first.
	 */
	summaries(): Summary[] {
		return [...this.groups.values()]
			.sort((a, b) => compareEach(a.values, b.values))
			.map(({ values, tally }) => this.summaryOf(values, tally));
	}

	private summaryOf(values: readonly Value[], tally: Tally): Summary {
		const value = (dimension: Dimension): Value => values[this.groupBy.indexOf(dimension)];
		const named: Record<Dimension, () => Partial<Summary>> = {
			campaign: () => ({
				campaign_id: String(value('campaign')),
				campaign_name: this.names.of(String(value('campaign'))),
			}),
			day: () => ({ day: dayText(value('day')) }),
			hour: () => ({ hour: numberOrNull(value('hour')) }),
			weekday: () => {
				const weekday = numberOrNull(value('weekday'));
				return { weekday, weekday_name: weekday === null ? null : WEEKDAYS[weekday - 1] };
			},
			fileName: () => ({ file_name: String(value('fileName')) }),
		};
		const { records, human, machine, other, first, last } = tally;
		return {
			...DIMENSIONS.reduce(
				(all, dimension) => (this.groupBy.includes(dimension) ? { ...all, ...named[dimension]() } : all),
				{},
			),
			records,
			human,
			machine,
			other,
			human_rate: humanRate(tally),
			machine_rate: machineRate(tally),
			first_record: formatAt(first),
			last_record: formatAt(last),
		};
	}
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const numberOrNull = (value: Value): number | null => (typeof value === 'number' ? value : null);
const dayText = (value: Value): string | null => (typeof value === 'number' ? formatDay(value) : null);
