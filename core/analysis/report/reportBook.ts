import { LEY_2300, allowedSeconds, isAllowed, isCallingHour, readCallingHours } from '../../country/callingHours';

import { analysisLimits, reportLimits } from '../limits';
import type { Window } from '../../time/window';
import { cellOf } from '../answeringTimes';
import { CampaignNames } from '../campaignNames';
import { type Contact, ContactBook, type ContactOptions, callsOf } from '../contacts';
import type { Observation } from '../observation';
import type { Person, StandIn } from '../people';
import { type Counts, CountsBy, callsIn, noCounts, sumOf } from './counts';

/** A campaign or a voice file. */
export interface Named extends Readonly<Counts> {
	/** A campaign's number; of a voice file its name. */
	readonly id: string;
	readonly name: string | null;
}

/** What the calls of one number within their contact's calls came to: the first calls, the second ones … */
interface ByNumber extends Readonly<Counts> {
	readonly number: number;
	/** Contacts that a human had answered by then. */
	readonly reached: number;
}

/** A range and its calls, and for how long in it calls were allowed. */
interface Period extends Readonly<Counts> {
	readonly range: Window;
	readonly allowedSeconds: number;
}

/** What the page is drawn from. */
export interface ReportData {
	readonly total: Period;
	/** The period before, where it was read. */
	readonly before: Period | null;
	/** Hours of the day that lie within the calling hours on some weekday. */
	readonly callingHours: readonly number[];
	/** Calls outside the hours of Ley 2300; null for other countries. */
	readonly outsideLaw: number | null;
	/** Calls without a readable date. */
	readonly undated: number;
	readonly contacts: ReportContacts;
	/** By hour of the week, 0–167. */
	readonly cells: ReadonlyMap<number, Readonly<Counts>>;
	/** By days since 1970. */
	readonly days: ReadonlyMap<number, Readonly<Counts>>;
	readonly campaigns: readonly Named[];
	readonly files: readonly Named[];
	/** The last one is of all later calls where `isOpen`. */
	readonly byNumber: { readonly lines: readonly ByNumber[]; readonly isOpen: boolean };
}

interface ReportContacts {
	readonly known: number;
	/** Those that a human answered at least once. */
	readonly reached: number;
	/** Those called often that no human answered. */
	readonly neverReached: number;
	/** Those of them that were called so often that they had better rest, and the calls they took. */
	readonly resting: { readonly contacts: number; readonly calls: number };
	/** Calls to them all. */
	readonly calls: number;
	/** Those of `neverReached` that need no rest, and the first of them. */
	readonly toTry: number;
	readonly top: readonly Contact[];
	readonly standIns: readonly StandIn[];
	readonly namelessCalls: number;
}

export type ReportOptions = Omit<ContactOptions, 'identifyBy'>;

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

const LAW = readCallingHours(LEY_2300);

const isOutsideLaw = (at: number): boolean => LAW.ok && !isAllowed(LAW.value, at, 'CO');

/** Everything that the page needs, counted in one pass: memory grows with days, campaigns, contacts and telephones. */
export class ReportBook {
	private readonly total = noCounts();
	private readonly cells = new CountsBy<number>();
	private readonly days = new CountsBy<number>();
	private readonly campaigns = new CountsBy<string>();
	private readonly files = new CountsBy<string>();
	private readonly names: CampaignNames;
	private readonly book: ContactBook;
	private outsideLaw = 0;
	private undated = 0;

	constructor(private readonly options: ReportOptions) {
		this.names = new CampaignNames(options.names);
		this.book = new ContactBook({ ...options, identifyBy: 'customer' });
	}

	take(seen: Observation): void {
		this.total[seen.detection]++;
		this.names.take(seen);
		this.book.take(seen);
		this.campaigns.take(seen.campaignId, seen);
		this.files.take(seen.record.file_name.trim(), seen);
		if (seen.day === null) this.undated++;
		else this.days.take(seen.day, seen);
		const cell = cellOf(seen.weekday, seen.hour);
		if (cell === null || seen.at === null) return;
		this.cells.take(cell, seen);
		if (isOutsideLaw(seen.at)) this.outsideLaw++;
	}

	/** @param before the period before, where it was read */
	data(range: Window, before: { readonly range: Window; readonly counts: Readonly<Counts> } | null): ReportData {
		const { country, callingHours } = this.options;
		const period = (of: Window, counts: Readonly<Counts>): Period => ({
			...counts,
			range: of,
			allowedSeconds: allowedSeconds(callingHours, of, country),
		});
		return {
			total: period(range, this.total),
			before: before && period(before.range, before.counts),
			callingHours: HOURS.filter((hour) => WEEKDAYS.some((weekday) => isCallingHour(callingHours, weekday, hour))),
			outsideLaw: country === 'CO' ? this.outsideLaw : null,
			undated: this.undated,
			contacts: this.contacts(),
			cells: this.cells.groups,
			days: this.days.groups,
			campaigns: [...this.campaigns.groups].map(([id, counts]) => ({ id, name: this.names.of(id), ...counts })),
			files: [...this.files.groups].map(([id, counts]) => ({ id, name: id, ...counts })),
			byNumber: byNumber(this.book.known().people),
		};
	}

	private contacts(): ReportContacts {
		const { people, standIns, namelessCalls } = this.book.known();
		const resting = people.filter((person) => person.human === 0 && callsOf(person) >= analysisLimits.restAfterCalls);
		const list = this.book.hardToReach({
			minCalls: analysisLimits.minCalls,
			maxCalls: analysisLimits.restAfterCalls - 1,
			includeReached: false,
			limit: reportLimits.contacts,
		});
		return {
			known: people.length,
			reached: people.filter(({ human }) => human > 0).length,
			neverReached: people.filter((person) => person.human === 0 && callsOf(person) >= analysisLimits.minCalls).length,
			toTry: list.matching,
			resting: { contacts: resting.length, calls: callsIn(sumOf(resting)) },
			calls: callsIn(sumOf(people)),
			top: list.contacts,
			standIns,
			namelessCalls,
		};
	}
}

function byNumber(people: readonly Person[]): ReportData['byNumber'] {
	const lines = Array.from({ length: analysisLimits.callsByNumber }, (_, index) => {
		const counts = noCounts();
		for (const { early } of people) if (index < early.length) counts[early[index]]++;
		const reached = people.filter(({ early }) => early.slice(0, index + 1).includes('human')).length;
		return { number: index + 1, ...counts, reached };
	}).filter((line) => callsIn(line) > 0);
	const [all, early] = [sumOf(people), sumOf(lines)];
	if (callsIn(all) === callsIn(early)) return { lines, isOpen: false };
	const later = {
		number: lines.length + 1,
		machine: all.machine - early.machine,
		human: all.human - early.human,
		other: all.other - early.other,
		reached: people.filter(({ human }) => human > 0).length,
	};
	return { lines: [...lines, later], isOpen: true };
}
