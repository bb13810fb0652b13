import { nameWithin } from '../api/record';
import type { Observation } from './observation';

/** Names of campaigns by number: those handed in, and those that the rows themselves carry. */
export class CampaignNames {
	private readonly byId: Map<string, string>;
	private readonly seen = new Set<string>();

	constructor(known: ReadonlyMap<string, string> = new Map()) {
		this.byId = new Map(known);
	}

	take({ campaignId, record }: Observation): void {
		if (this.seen.has(record.campaign_id)) return;
		this.seen.add(record.campaign_id);
		const name = nameWithin(record.campaign_id);
		if (name !== null && !this.byId.has(campaignId)) this.byId.set(campaignId, name);
	}

	of(campaignId: string): string | null {
		return this.byId.get(campaignId) || null;
	}
}
