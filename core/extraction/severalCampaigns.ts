import { type AmdRecord, campaignNumberOf } from '../api/record';
import type { Records } from '../reading/packedRecords';
import type { Part } from './orderedParts';
import type { RunReport } from './runReport';

/** The numbers where several campaigns are wanted ("22109,22110"), else null. */
export const severalIn = (campaign: string): ReadonlySet<string> | null =>
	campaign.includes(',') ? new Set(campaign.split(',')) : null;

/**
 * The records of the campaigns that are wanted. Several are asked for as all and chosen here: one answer holds them all, in
 * order of time, while one after another would ask for each window as often as there are campaigns.
 */
export class WantedCampaigns {
	/** What is asked for. */
	readonly asked: string;
	private readonly several: ReadonlySet<string> | null;
	private readonly seen = new Set<string>();
	private readonly byText = new Map<string, boolean>();
	private records = 0;
	private undated = 0;

	constructor(campaign: string) {
		this.several = severalIn(campaign);
		this.asked = this.several === null ? campaign : 'all';
	}

	/** Each part with what is wanted of it; those of which nothing is are left out. */
	*of(parts: Iterable<Part>): Generator<Part> {
		if (this.several === null) return yield* parts;
		for (const part of parts) {
			const chosen = this.chosenOf(part);
			if (chosen.records.length > 0) yield chosen;
		}
	}

	/** The account of a run, by what was wanted of it. */
	account(report: RunReport): RunReport {
		if (this.several === null) return report;
		const { records, undated, seen } = this;
		return { ...report, records, undated, silent: [...this.several].filter((number) => !seen.has(number)) };
	}

	private chosenOf({ window, records, undated: undatedOfAll }: Part): Part {
		const wants = ({ campaign_id: id }: AmdRecord): boolean => this.wants(id);
		let [at, length, undated] = [0, 0, 0];
		for (const record of records) {
			const isUndated = at++ < undatedOfAll;
			if (!wants(record)) continue;
			length++;
			if (isUndated) undated++;
		}
		this.records += length;
		this.undated += undated;
		return { window, records: new ChosenRecords(records, length, wants), undated };
	}

	private wants(campaignId: string): boolean {
		let isWanted = this.byText.get(campaignId);
		if (isWanted === undefined) {
			const number = campaignNumberOf(campaignId);
			isWanted = this.several!.has(number);
			if (isWanted) this.seen.add(number);
			this.byText.set(campaignId, isWanted);
		}
		return isWanted;
	}
}

/** Some of the records of an answer, as they are asked for. */
class ChosenRecords implements Records {
	constructor(
		private readonly all: Records,
		readonly length: number,
		private readonly wants: (record: AmdRecord) => boolean,
	) {}

	*[Symbol.iterator](): Generator<AmdRecord> {
		for (const record of this.all) if (this.wants(record)) yield record;
	}

	*datedAt(at: number): Generator<AmdRecord> {
		for (const record of this.all.datedAt(at)) if (this.wants(record)) yield record;
	}

	release(): void {
		this.all.release();
	}
}
