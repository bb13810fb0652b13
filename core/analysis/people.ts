import type { Country } from '../country/countries';
import { telephoneKey } from '../country/telephones';
import { analysisLimits } from './limits';
import type { WallSeconds } from '../time/window';
import { cellOf } from './answeringTimes';
import type { Observation } from './observation';
import { compare } from './order';
import { isStandIn } from './standIns';

/** What makes a row of its own: a customer (or the telephone of calls without one), or a telephone. */
export type Identity = 'customer' | 'telephone';

/** One contact, and what came of the calls to it. */
export interface Person {
	/** `''` where its calls name nobody. */
	readonly customerId: string;
	/** As dialled, one way of writing each, the last dialled first. */
	readonly telephones: readonly string[];
	/** Numbers, in order. */
	readonly campaigns: readonly string[];
	readonly machine: number;
	readonly human: number;
	readonly other: number;
	readonly firstCall: WallSeconds | null;
	readonly lastCall: WallSeconds | null;
	readonly lastHuman: WallSeconds | null;
	/** Hours of the week in which it was called, in order (`cellOf`). */
	readonly cells: readonly number[];
	/** What its first calls found, in their order. */
	readonly early: ReadonlyArray<Observation['detection']>;
}

/** An id that stands for more people than one can be. */
export interface StandIn {
	readonly id: string;
	readonly telephones: number;
}

/** The calls of one id to one telephone. */
interface Line {
	readonly id: string;
	/** What tells its telephone from others; `''` for none. */
	readonly key: string;
	telephone: string;
	/** The place of its last call among all records. */
	lastPlace: number;
	machine: number;
	human: number;
	other: number;
	firstCall: WallSeconds | null;
	lastCall: WallSeconds | null;
	lastHuman: WallSeconds | null;
	readonly campaigns: string[];
	readonly cells: number[];
	/** Of its first calls: their place, times three, and what they found. */
	readonly early: number[];
}

const FOUND = ['machine', 'human', 'other'] as const;

/**
 * Who was called, and how often: one pass over the records, in their order. Who an id stands for is known at the end, so
 * calls are kept by id and telephone: memory grows with these pairs, not with the records.
 */
export class People {
	private readonly lines = new Map<string, Line>();
	private place = 0;

	constructor(
		private readonly identifyBy: Identity,
		private readonly country: Country,
	) {}

	take({ record, campaignId, detection, at, hour, weekday }: Observation): void {
		const [id, telephone] = [record.customer_id.trim(), record.telephone.trim()];
		const line = this.lineOf(id, telephone);
		const place = this.place++;
		line.telephone = telephone;
		line.lastPlace = place;
		line[detection]++;
		if (!line.campaigns.includes(campaignId)) line.campaigns.push(campaignId);
		if (line.early.length < analysisLimits.callsByNumber) line.early.push(place * 3 + FOUND.indexOf(detection));
		if (at === null) return;
		line.firstCall = earlier(line.firstCall, at);
		line.lastCall = later(line.lastCall, at);
		if (detection === 'human') line.lastHuman = later(line.lastHuman, at);
		const cell = cellOf(weekday, hour);
		if (cell !== null && !line.cells.includes(cell)) line.cells.push(cell);
	}

	/** Everybody who was called, and the ids that were nobody's. To be asked once all records were taken. */
	known(): { readonly people: Person[]; readonly standIns: StandIn[]; readonly namelessCalls: number } {
		const telephones = countBy(
			[...this.lines.values()].filter(({ key }) => key !== ''),
			({ id }) => id,
		);
		const isNobody = (id: string): boolean =>
			isStandIn(id) || (telephones.get(id) ?? 0) > analysisLimits.telephonesOfOne;
		const groups = new Map<string, Line[]>();
		let namelessCalls = 0;
		for (const line of this.lines.values()) {
			const byTelephone = this.identifyBy === 'telephone' || isNobody(line.id);
			if (byTelephone && line.key === '') {
				namelessCalls += line.machine + line.human + line.other;
				continue;
			}
			const name = byTelephone ? ` ${line.key}` : line.id;
			const group = groups.get(name);
			if (group) group.push(line);
			else groups.set(name, [line]);
		}
		return {
			people: [...groups.values()].map((lines) => personOf(lines, isNobody)),
			standIns: [...telephones]
				.filter(([id, count]) => id !== '' && count > 1 && isNobody(id))
				.map(([id, count]) => ({ id, telephones: count }))
				.sort((a, b) => b.telephones - a.telephones || compare(a.id, b.id)),
			namelessCalls,
		};
	}

	private lineOf(id: string, telephone: string): Line {
		const key = telephoneKey(telephone, this.country);
		const name = `${id}\u0000${key}`;
		let line = this.lines.get(name);
		if (line === undefined) {
			line = {
				...{ id, key, telephone, lastPlace: 0, machine: 0, human: 0, other: 0 },
				...{ firstCall: null, lastCall: null, lastHuman: null, campaigns: [], cells: [], early: [] },
			};
			this.lines.set(name, line);
		}
		return line;
	}
}

function personOf(lines: readonly Line[], isNobody: (id: string) => boolean): Person {
	const recent = [...lines].sort((a, b) => b.lastPlace - a.lastPlace);
	const sum = (of: (typeof FOUND)[number]): number => lines.reduce((total, line) => total + line[of], 0);
	const early = lines.flatMap((line) => line.early).sort((a, b) => a - b);
	return {
		customerId: recent.find(({ id }) => !isNobody(id))?.id ?? '',
		telephones: [...writtenOnce(recent).values()],
		campaigns: [...new Set(lines.flatMap(({ campaigns }) => campaigns))].sort(compare),
		machine: sum('machine'),
		human: sum('human'),
		other: sum('other'),
		firstCall: lines.map(({ firstCall }) => firstCall).reduce(earlier),
		lastCall: lines.map(({ lastCall }) => lastCall).reduce(later),
		lastHuman: lines.map(({ lastHuman }) => lastHuman).reduce(later),
		cells: [...new Set(lines.flatMap(({ cells }) => cells))].sort((a, b) => a - b),
		early: early.slice(0, analysisLimits.callsByNumber).map((call) => FOUND[call % 3]),
	};
}

/** One way of writing each telephone, the last dialled first. */
function writtenOnce(recent: readonly Line[]): Map<string, string> {
	const written = new Map<string, string>();
	for (const { key, telephone } of recent) if (key !== '' && !written.has(key)) written.set(key, telephone);
	return written;
}

const earlier = (a: WallSeconds | null, b: WallSeconds | null): WallSeconds | null =>
	a === null || b === null ? (a ?? b) : Math.min(a, b);
const later = (a: WallSeconds | null, b: WallSeconds | null): WallSeconds | null =>
	a === null || b === null ? (a ?? b) : Math.max(a, b);

function countBy<T>(things: readonly T[], of: (thing: T) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const thing of things) counts.set(of(thing), (counts.get(of(thing)) ?? 0) + 1);
	return counts;
}
