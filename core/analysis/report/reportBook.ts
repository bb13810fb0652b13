import type { Window } from '../../time/window';
import { type Contact, ContactBook, hasCustomer } from '../contacts';
import type { Observation } from '../observation';
import { Summarizer, type Summary } from '../summarize';

/** Attempts from which on a contact counts as hard to reach, and how many of them the page names (OURS). */
export const MIN_CALLS = 3;
const TOP_CONTACTS = 20;

/** What the page is drawn from. */
export interface ReportData {
	readonly total: Summary;
	readonly days: readonly Summary[];
	/** By hour and weekday. */
	readonly hours: readonly Summary[];
	/** Most records first. */
	readonly campaigns: readonly Summary[];
	readonly contacts: ReportContacts;
}

export interface ReportContacts {
	readonly known: number;
	/** Those tried often that no human answered, whatever the list below takes in. */
	readonly hardToReach: number;
	/** Whether some are told apart by telephone, for want of a customer. */
	readonly someByTelephone: boolean;
	readonly list: {
		readonly includesReached: boolean;
		/** How many belong on the list; `top` are the first of them. */
		readonly matching: number;
		readonly top: readonly Contact[];
	};
}

/** What the page says of itself. */
export interface ReportFrame {
	/** What was chosen, as a person would say it. */
	readonly campaign: string;
	readonly range: Window;
	/** When and in which zone the page was made, as text. */
	readonly madeAt: string;
	/** What a reader has to know of the figures, such as the parts of the range that are missing. */
	readonly warnings: readonly string[];
}

/** Everything that the page needs, counted in one pass: memory grows with days, campaigns and contacts. */
export class ReportBook {
	private readonly total = new Summarizer([]);
	private readonly days = new Summarizer(['day']);
	private readonly hours = new Summarizer(['hour', 'weekday']);
	private readonly campaigns: Summarizer;
	private readonly contacts = new ContactBook('any');
	private someByTelephone = false;

	constructor(campaignNames?: ReadonlyMap<string, string>) {
		this.campaigns = new Summarizer(['campaign'], campaignNames);
	}

	take(seen: Observation): void {
		if (!hasCustomer(seen) && seen.record.telephone.trim() !== '') this.someByTelephone = true;
		for (const fold of [this.total, this.days, this.hours, this.campaigns, this.contacts]) fold.take(seen);
	}

	data(includeReached: boolean): ReportData {
		const choice = { minCalls: MIN_CALLS, limit: TOP_CONTACTS };
		const unreached = this.contacts.hardToReach({ ...choice, includeReached: false });
		const listed = includeReached ? this.contacts.hardToReach({ ...choice, includeReached }) : unreached;
		return {
			total: this.total.summaries()[0],
			days: this.days.summaries(),
			hours: this.hours.summaries(),
			campaigns: this.campaigns.summaries().sort((a, b) => b.records - a.records),
			contacts: {
				known: this.contacts.size,
				hardToReach: unreached.matching,
				someByTelephone: this.someByTelephone,
				list: { includesReached: includeReached, matching: listed.matching, top: listed.contacts },
			},
		};
	}
}
