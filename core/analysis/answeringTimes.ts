import { type CallingHours, isCallingHour } from '../country/callingHours';
import { analysisLimits } from './limits';
import type { Observation } from './observation';

const HOURS_OF_A_WEEK = 7 * 24;

/** An hour of the week, 0–167, Monday's first; null where a date does not show it. */
export const cellOf = (weekday: number | null, hour: number | null): number | null =>
	weekday === null || hour === null ? null : (weekday - 1) * 24 + hour;

export const weekdayOfCell = (cell: number): number => Math.floor(cell / 24) + 1;
export const hourOfCell = (cell: number): number => cell % 24;

interface Counts {
	readonly answered: number[];
	readonly human: number[];
}

/** In which hours of the week the humans of a set of campaigns answer. Memory: 336 counts a campaign. */
export class AnsweringTimes {
	private readonly byCampaign = new Map<string, Counts>();
	private readonly ranked = new Map<string, readonly number[]>();

	constructor(private readonly hours: CallingHours) {}

	take({ campaignId, weekday, hour, detection }: Observation): void {
		const cell = cellOf(weekday, hour);
		if (cell === null || detection === 'other') return;
		let counts = this.byCampaign.get(campaignId);
		if (counts === undefined) this.byCampaign.set(campaignId, (counts = { answered: zeros(), human: zeros() }));
		counts.answered[cell]++;
		if (detection === 'human') counts.human[cell]++;
	}

	/**
	 * Hours of the week within the calling hours that have enough answered calls of these campaigns, the likeliest first:
	 * their share of humans, shrunk to that of the same hour on all days. To be asked once all records were taken.
	 */
	ranking(campaigns: readonly string[]): readonly number[] {
		const key = campaigns.join('\u0000');
		let ranking = this.ranked.get(key);
		if (ranking === undefined) this.ranked.set(key, (ranking = this.rank(campaigns)));
		return ranking;
	}

	private rank(campaigns: readonly string[]): number[] {
		const counts = campaigns.flatMap((id) => this.byCampaign.get(id) ?? []);
		const sum = (of: keyof Counts): number[] =>
			zeros().map((_, cell) => counts.reduce((total, one) => total + one[of][cell], 0));
		const [answered, human] = [sum('answered'), sum('human')];
		const ofHour = (values: readonly number[], cell: number): number =>
			values.reduce((total, value, other) => (hourOfCell(other) === hourOfCell(cell) ? total + value : total), 0);
		const score = (cell: number): number => {
			const hourShare = ofHour(human, cell) / ofHour(answered, cell);
			const { evidenceCalls } = analysisLimits;
			return (human[cell] + hourShare * evidenceCalls) / (answered[cell] + evidenceCalls);
		};
		return answered
			.flatMap((calls, cell) => (calls >= analysisLimits.callsOfACell ? [{ cell, score: score(cell) }] : []))
			.filter((one) => one.score > 0 && isCallingHour(this.hours, weekdayOfCell(one.cell), hourOfCell(one.cell)))
			.sort((a, b) => b.score - a.score || a.cell - b.cell)
			.map(({ cell }) => cell);
	}
}

const zeros = (): number[] => new Array<number>(HOURS_OF_A_WEEK).fill(0);
