import type { Observation } from './observation';

/**
 * Calls at which an hour's own answer rate weighs as much as its campaigns' overall rate (OURS): one answer of one call
 * is no better an hour than 40 of 100.
 */
const EVIDENCE_CALLS = 20;

/** At which hours of the day the humans of a set of campaigns answer. Memory: 24 counts a campaign. */
export class AnsweringHours {
	private readonly byCampaign = new Map<string, { calls: number[]; humans: number[] }>();
	private readonly ranked = new Map<string, number[]>();

	take({ campaignId, hour, detection }: Observation): void {
		if (hour === null) return;
		let counts = this.byCampaign.get(campaignId);
		if (counts === undefined)
			this.byCampaign.set(
				campaignId,
				(counts = { calls: new Array<number>(24).fill(0), humans: new Array<number>(24).fill(0) }),
			);
		counts.calls[hour]++;
		if (detection === 'human') counts.humans[hour]++;
	}

	/** Hours at which any human of these campaigns answered, the likeliest first. To be asked once all records were taken. */
	ranking(campaignIds: readonly string[]): readonly number[] {
		const key = campaignIds.join('\u0000');
		let ranking = this.ranked.get(key);
		if (ranking === undefined) this.ranked.set(key, (ranking = this.rank(campaignIds)));
		return ranking;
	}

	private rank(campaignIds: readonly string[]): number[] {
		const counts = campaignIds.flatMap((id) => this.byCampaign.get(id) ?? []);
		const sum = (of: 'calls' | 'humans', hour: number): number =>
			counts.reduce((total, one) => total + one[of][hour], 0);
		const hours = Array.from({ length: 24 }, (_, hour) => ({
			hour,
			calls: sum('calls', hour),
			humans: sum('humans', hour),
		}));
		const calls = hours.reduce((total, one) => total + one.calls, 0);
		const overall = hours.reduce((total, one) => total + one.humans, 0) / calls;
		const rate = (one: { calls: number; humans: number }): number =>
			(one.humans + overall * EVIDENCE_CALLS) / (one.calls + EVIDENCE_CALLS);
		return hours
			.filter(({ humans }) => humans > 0)
			.sort((a, b) => rate(b) - rate(a) || a.hour - b.hour)
			.map(({ hour }) => hour);
	}
}
