import type { Observation } from '../observation';

/** Calls, by what answered them. */
export interface Counts {
	machine: number;
	human: number;
	other: number;
}

export const noCounts = (): Counts => ({ machine: 0, human: 0, other: 0 });

export function add(to: Counts, { machine, human, other }: Readonly<Counts>): Counts {
	to.machine += machine;
	to.human += human;
	to.other += other;
	return to;
}

export const sumOf = (all: ReadonlyArray<Readonly<Counts>>): Counts => all.reduce(add, noCounts());

export const callsIn = ({ machine, human, other }: Readonly<Counts>): number => machine + human + other;

/** Calls of which it is known who answered: what a share is taken of. */
export const knownIn = ({ machine, human }: Readonly<Counts>): number => machine + human;

/** The share of humans among them, 0–1; null of none. */
export const humanShare = (counts: Readonly<Counts>): number | null =>
	knownIn(counts) === 0 ? null : counts.human / knownIn(counts);

/** Counts by a key: memory grows with the keys. */
export class CountsBy<K> {
	readonly groups = new Map<K, Counts>();

	take(key: K, { detection }: Observation): void {
		let counts = this.groups.get(key);
		if (counts === undefined) this.groups.set(key, (counts = noCounts()));
		counts[detection]++;
	}
}
