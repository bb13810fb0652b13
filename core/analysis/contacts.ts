import type { CallingHours } from '../country/callingHours';
import type { Country } from '../country/countries';
import { isHoliday } from '../country/holidays';
import { isUsual } from '../country/telephones';
import { type Language, hourText, weekdayName } from '../country/words';
import { analysisLimits } from './limits';
import { DAY_SECONDS, dayOf, weekdayOf } from '../time/days';
import type { WallSeconds } from '../time/window';
import { AnsweringTimes, hourOfCell, weekdayOfCell } from './answeringTimes';
import { CampaignNames } from './campaignNames';
import type { Observation } from './observation';
import { compareEach } from './order';
import { type Identity, People, type Person, type StandIn } from './people';
import { formatAt } from './tally';

/** One line of the list: plain values, lists as text, so that tables, CRMs and files take them. */
export interface Contact {
	/** `''` where the calls name nobody. */
	readonly customer_id: string;
	/** The last dialled, as it was dialled. */
	readonly telephone: string;
	readonly telephones: string;
	/** `22109 MAYO, 22110 VENTAS`. */
	readonly campaigns: string;
	/** Calls that something answered; dials without an answer are not among the records. */
	readonly calls: number;
	readonly machine: number;
	readonly human: number;
	readonly other: number;
	/** `YYYY-MM-DD HH:MM:SS`, null where no date could be read; as the next two. */
	readonly first_call: string | null;
	readonly last_call: string | null;
	readonly last_human: string | null;
	/** `07:00, 18:00`. */
	readonly hours_tried: string;
	/** Hours of the week not tried yet in which humans of the same campaigns answer most, the best first. */
	readonly times_to_try: string;
	/** The first of them that comes, on a later day than the last call, on no Sunday and no holiday; else null. */
	readonly next_try: string | null;
	readonly advice: string;
}

/** How the list is drawn up. */
export interface ContactOptions {
	readonly identifyBy: Identity;
	readonly country: Country;
	readonly callingHours: CallingHours;
	readonly language: Language;
	/** The operation's clock. */
	readonly now: WallSeconds;
	/** Names of campaigns by number, where known; a name within the rows serves for the others. */
	readonly names?: ReadonlyMap<string, string>;
}

export interface Choice {
	readonly minCalls: number;
	/** Where given, contacts called more often are left out. */
	readonly maxCalls?: number;
	/** Whether contacts that a human answered at least once belong to it. */
	readonly includeReached: boolean;
	/** The most contacts to give. */
	readonly limit: number;
}

interface ContactList {
	/** How many belong on the list; `contacts` are the first of them. */
	readonly matching: number;
	readonly contacts: Contact[];
	/** How many contacts there are. */
	readonly known: number;
	readonly standIns: readonly StandIn[];
	/** Calls that carry nothing to tell their contact by. */
	readonly namelessCalls: number;
}

export const callsOf = ({ machine, human, other }: Pick<Person, 'machine' | 'human' | 'other'>): number =>
	machine + human + other;

/** Who was called, how often, and when to try again: memory grows with contacts and telephones, not with the records. */
export class ContactBook {
	private readonly people: People;
	private readonly times: AnsweringTimes;
	private readonly names: CampaignNames;
	private counted: ReturnType<People['known']> | null = null;

	constructor(private readonly options: ContactOptions) {
		this.people = new People(options.identifyBy, options.country);
		this.times = new AnsweringTimes(options.callingHours);
		this.names = new CampaignNames(options.names);
	}

	take(seen: Observation): void {
		this.names.take(seen);
		this.times.take(seen);
		this.people.take(seen);
	}

	/** Everybody, once all records were taken. */
	known(): ReturnType<People['known']> {
		return (this.counted ??= this.people.known());
	}

	/** Contacts called often, by default those that no human answered: most calls first, then by id and telephone. */
	hardToReach({ minCalls, maxCalls = Infinity, includeReached, limit }: Choice): ContactList {
		const { people, standIns, namelessCalls } = this.known();
		const matching = people
			.filter((person) => callsOf(person) >= minCalls && callsOf(person) <= maxCalls)
			.filter((person) => includeReached || person.human === 0)
			.sort((a, b) => callsOf(b) - callsOf(a) || compareEach(nameOf(a), nameOf(b)));
		return {
			matching: matching.length,
			contacts: matching.slice(0, limit).map((person) => this.contactOf(person)),
			known: people.length,
			standIns,
			namelessCalls,
		};
	}

	private contactOf(person: Person): Contact {
		const { country, language } = this.options;
		const { telephones, campaigns, machine, human, other, firstCall, lastCall, lastHuman, cells } = person;
		const toTry = this.times.ranking(campaigns).filter((cell) => !cells.includes(cell));
		const best = toTry.slice(0, analysisLimits.timesToTry);
		const telephone = telephones[0] ?? '';
		return {
			customer_id: person.customerId,
			telephone,
			telephones: telephones.join(', '),
			campaigns: campaigns.map((id) => [id, this.names.of(id)].filter(Boolean).join(' ')).join(', '),
			calls: callsOf(person),
			machine,
			human,
			other,
			first_call: formatAt(firstCall),
			last_call: formatAt(lastCall),
			last_human: formatAt(lastHuman),
			hours_tried: [...new Set(cells.map(hourOfCell))]
				.sort((a, b) => a - b)
				.map(hourText)
				.join(', '),
			times_to_try: best
				.map((cell) => `${weekdayName(weekdayOfCell(cell), language)} ${hourText(hourOfCell(cell))}`)
				.join(', '),
			next_try: formatAt(this.nextTry(best, lastCall)),
			advice: ADVICE[language][adviceFor(person, isUsual(telephone, country))],
		};
	}

	private nextTry(cells: readonly number[], lastCall: WallSeconds | null): WallSeconds | null {
		const { now, country } = this.options;
		const from = Math.max(dayOf(now), lastCall === null ? -Infinity : dayOf(lastCall) + 1);
		const days = Array.from({ length: 7 * analysisLimits.weeksAhead }, (_, i) => from + i);
		const moments = days
			.filter((day) => weekdayOf(day) !== SUNDAY && !isHoliday(day, country))
			.flatMap((day) =>
				cells
					.filter((cell) => weekdayOfCell(cell) === weekdayOf(day))
					.map((cell) => day * DAY_SECONDS + hourOfCell(cell) * 3_600),
			)
			.filter((at) => at > now);
		return moments.length === 0 ? null : Math.min(...moments);
	}
}

const SUNDAY = 7;

const nameOf = ({ customerId, telephones }: Person): string[] => [customerId, telephones[0] ?? ''];

type Advice = 'check' | 'rest' | 'try';

function adviceFor(person: Person, isUsualNumber: boolean): Advice {
	if (!isUsualNumber) return 'check';
	return callsOf(person) >= analysisLimits.restAfterCalls && person.human === 0 ? 'rest' : 'try';
}

export const ADVICE: Record<Language, Record<Advice, string>> = {
	en: { check: 'check the number', rest: 'rest', try: 'try' },
	es: { check: 'revisar el número', rest: 'dejar descansar', try: 'intentar' },
};
