import type { WallSeconds } from '../time/window';
import { AnsweringHours } from './answeringHours';
import type { Observation } from './observation';
import { compare } from './order';
import { type Tally, count, formatAt, noTally } from './tally';

/** What tells one contact from another; `any` is the customer, or the telephone of a record without one. */
export type Identity = 'customer' | 'telephone' | 'any';

/** Whether a record says whose telephone it dialled. */
export const hasCustomer = ({ record }: Observation): boolean => record.customer_id.trim() !== '';

const NAME_OF: Record<Identity, (seen: Observation) => string> = {
	customer: ({ record }) => record.customer_id,
	telephone: ({ record }) => record.telephone,
	any: (seen) => (hasCustomer(seen) ? seen.record.customer_id : seen.record.telephone),
};

/** Hours suggested for the next calls to a contact (OURS: what fits a shift plan). */
const HOURS_TO_TRY = 3;

/** How a contact was tried and what came of it. Dates are `YYYY-MM-DD HH:MM:SS`, null where none could be read. */
export interface Contact {
	readonly id: string;
	/** Numbers of the campaigns that dialled it. */
	readonly campaigns: string[];
	readonly calls: number;
	readonly machine: number;
	readonly human: number;
	readonly other: number;
	readonly first_call: string | null;
	readonly last_call: string | null;
	/** When a human last answered; null when none did. */
	readonly last_human: string | null;
	/** Hours of the day, 0–23, ascending. */
	readonly hours_tried: number[];
	/** Hours not tried yet at which humans of the same campaigns answer most, the best first. */
	readonly times_to_try: number[];
}

interface Attempts extends Tally {
	readonly campaigns: string[];
	lastHuman: WallSeconds | null;
	/** Bit h is set when hour h was tried. */
	hours: number;
}

export interface Choice {
	readonly minCalls: number;
	/** Whether contacts that a human answered at least once belong to it. */
	readonly includeReached: boolean;
	/** The most contacts to give. */
	readonly limit: number;
}

/** Counts attempts by contact in one pass: memory grows with the contacts, not with the records. */
export class ContactBook {
	/** Records that carry nothing to tell their contact by. */
	nameless = 0;
	private readonly contacts = new Map<string, Attempts>();
	private readonly answering = new AnsweringHours();

	constructor(private readonly identifyBy: Identity) {}

	take(seen: Observation): void {
		this.answering.take(seen);
		const id = NAME_OF[this.identifyBy](seen);
		if (id.trim() === '') {
			this.nameless++;
			return;
		}
		let attempts = this.contacts.get(id);
		if (attempts === undefined) {
			attempts = { ...noTally(), campaigns: [], lastHuman: null, hours: 0 };
			this.contacts.set(id, attempts);
		}
		count(attempts, seen);
		if (!attempts.campaigns.includes(seen.campaignId)) attempts.campaigns.push(seen.campaignId);
		if (seen.hour !== null) attempts.hours |= 1 << seen.hour;
		if (seen.detection === 'human' && seen.at !== null)
			attempts.lastHuman = Math.max(attempts.lastHuman ?? seen.at, seen.at);
	}

	get size(): number {
		return this.contacts.size;
	}

	/** Contacts dialled often, by default those that no human answered: most attempts first, then by id. */
	hardToReach({ minCalls, includeReached, limit }: Choice): {
		readonly matching: number;
		readonly contacts: Contact[];
	} {
		const matching: Array<[string, Attempts]> = [];
		for (const entry of this.contacts) {
			if (entry[1].records >= minCalls && (includeReached || entry[1].human === 0)) matching.push(entry);
		}
		matching.sort(([idA, a], [idB, b]) => b.records - a.records || compare(idA, idB));
		return {
			matching: matching.length,
			contacts: matching.slice(0, limit).map(([id, attempts]) => this.contactOf(id, attempts)),
		};
	}

	private contactOf(
		id: string,
		{ campaigns, records, machine, human, other, first, last, lastHuman, hours }: Attempts,
	): Contact {
		const sorted = [...campaigns].sort(compare);
		const wasTried = (hour: number): boolean => (hours & (1 << hour)) !== 0;
		return {
			id,
			campaigns: sorted,
			calls: records,
			machine,
			human,
			other,
			first_call: formatAt(first),
			last_call: formatAt(last),
			last_human: formatAt(lastHuman),
			hours_tried: Array.from({ length: 24 }, (_, hour) => hour).filter(wasTried),
			times_to_try: this.answering
				.ranking(sorted)
				.filter((hour) => !wasTried(hour))
				.slice(0, HOURS_TO_TRY),
		};
	}
}
