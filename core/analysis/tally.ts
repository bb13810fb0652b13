import { formatWall } from '../time/wallClock';
import type { WallSeconds } from '../time/window';
import type { Observation } from './observation';

/** Counts of a group of records, and the span of their dates. */
export interface Tally {
	records: number;
	human: number;
	machine: number;
	other: number;
	first: WallSeconds | null;
	last: WallSeconds | null;
}

export const noTally = (): Tally => ({ records: 0, human: 0, machine: 0, other: 0, first: null, last: null });

export function count(tally: Tally, { detection, at }: Observation): void {
	tally.records++;
	tally[detection]++;
	if (at === null) return;
	if (tally.first === null || at < tally.first) tally.first = at;
	if (tally.last === null || at > tally.last) tally.last = at;
}

/** Machines among machines and humans, 0–1 with four decimals; null where there are neither. */
export const machineRate = ({ machine, human }: Pick<Tally, 'machine' | 'human'>): number | null =>
	rateOf(machine, machine + human);

/** Humans among machines and humans, likewise. */
export const humanRate = ({ machine, human }: Pick<Tally, 'machine' | 'human'>): number | null =>
	rateOf(human, machine + human);

const rateOf = (part: number, whole: number): number | null =>
	whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/** `YYYY-MM-DD HH:MM:SS`, or null for a group without a readable date. */
export const formatAt = (at: WallSeconds | null): string | null => (at === null ? null : formatWall(at));
