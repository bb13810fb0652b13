import { triggerLimits } from '../../limits';
import { type Cursor, type Hole, type Place, type Step, advance } from './cursor';
import type { Memory } from './memory';
import { decodeOverlap, encodeOverlap } from './overlapCodec';

const STATE_VERSION = 1;

/** What is kept between ticks. `pending` is the last batch that was emitted, as the difference to what was proven before it. */
export interface State {
	/** What the memory is of: with another server, campaign or zone it says nothing. */
	readonly fingerprint: string;
	/** Names the last batch. */
	readonly batch: string;
	readonly proven: Cursor;
	readonly pending: Step | null;
}

/** The state once its last batch counts as emitted. */
export const settled = ({ proven, pending }: State): Cursor =>
	pending ? advance(proven, pending, triggerLimits.stateMaxBytes) : proven;

/** A plain object of JSON. */
interface StoredState {
	readonly version: number;
	readonly fingerprint: string;
	readonly batch: string;
	readonly proven: StoredPlace;
	readonly pending: StoredPlace | null;
}

type StoredPlace = Place & { readonly memory: { readonly dated: string; readonly undated: string } };

export function writeState({ fingerprint, batch, proven, pending }: State): StoredState {
	return {
		version: STATE_VERSION,
		fingerprint,
		batch,
		proven: writePlace(proven, proven.memory),
		pending: pending && writePlace(pending, pending.added),
	};
}

function writePlace(
	{ readTo, passMs, isThrough, knownFrom, lastAt, grainSeconds, holes }: Place,
	{ dated, undated }: Memory,
): StoredPlace {
	return {
		readTo,
		passMs,
		isThrough,
		knownFrom,
		lastAt,
		grainSeconds,
		holes,
		memory: { dated: encodeOverlap(dated), undated: encodeOverlap(undated) },
	};
}

/** Why a state cannot be read. */
export interface Damage {
	readonly damage: string;
}

/** Reads what `writeState` wrote. Anything else is told, and never taken for the beginning. */
export function readState(stored: unknown): State | Damage {
	const state = asObject(stored);
	if (state === null) return { damage: 'it is no object' };
	if (state.version !== STATE_VERSION)
		return { damage: `its version is ${shown(state.version)}, not ${STATE_VERSION}` };
	if (typeof state.fingerprint !== 'string' || typeof state.batch !== 'string')
		return { damage: 'its names are missing' };
	const proven = readPlace(state.proven);
	const pending = state.pending === null ? null : readPlace(state.pending);
	if (typeof proven === 'string') return { damage: `proven: ${proven}` };
	if (typeof pending === 'string') return { damage: `pending: ${pending}` };
	const step = pending && { ...pending.place, added: pending.memory };
	return {
		fingerprint: state.fingerprint,
		batch: state.batch,
		proven: { ...proven.place, memory: proven.memory },
		pending: step,
	};
}

function readPlace(stored: unknown): { place: Place; memory: Memory } | string {
	const object = asObject(stored);
	const written = asObject(object?.memory);
	if (object === null || written === null) return 'it is missing';
	const { readTo, passMs, isThrough, knownFrom, lastAt, grainSeconds } = object;
	if (!isWhole(readTo) || !isWhole(passMs) || !isWhole(knownFrom) || !isWhole(lastAt) || !isWhole(grainSeconds))
		return 'a moment is no whole number';
	if (typeof isThrough !== 'boolean') return 'its place is unclear';
	const holes = Array.isArray(object.holes) ? object.holes.map(readHole) : [null];
	const known = holes.filter((hole) => hole !== null);
	if (known.length < holes.length) return 'its list of unproven windows';
	const dated = typeof written.dated === 'string' ? decodeOverlap(written.dated) : null;
	const undated = typeof written.undated === 'string' ? decodeOverlap(written.undated) : null;
	if (!dated || !undated) return 'its memory of rows';
	return {
		place: { readTo, passMs, isThrough, knownFrom, lastAt, grainSeconds, holes: known },
		memory: { dated, undated },
	};
}

function readHole(stored: unknown): Hole | null {
	const { from, to, sinceMs } = asObject(stored) ?? {};
	return isWhole(from) && isWhole(to) && isWhole(sinceMs) && from < to ? { from, to, sinceMs } : null;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

const asObject = (value: unknown): Record<string, unknown> | null =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;

const shown = (value: unknown): string =>
	typeof value === 'number' || typeof value === 'string' ? `“${String(value).slice(0, 20)}”` : 'missing';
