import type { Scope } from '../scopes';
import type { Hole, Place, Step } from './cursor';
import type { Deliveries } from './deliveries';
import type { Memory } from './memory';
import { decodeOverlap, encodeOverlap } from './overlapCodec';

const STATE_VERSION = 2;

/** What is kept between ticks. */
export interface State extends Deliveries {
	/** Names the last batch. */
	readonly batch: string;
	/** What was asked for, and from when on. */
	readonly scopes: readonly Scope[];
	/** Start From as it was set when it was acted upon. */
	readonly startFrom: string | null;
	/** The last poll (milliseconds since 1970): a setting that differs was changed then. */
	readonly polledMs: number;
}

/** A plain object of JSON. */
export interface StoredState {
	readonly version: number;
	readonly batch: string;
	readonly scopes: readonly Scope[];
	readonly startFrom: string | null;
	readonly polledMs: number;
	readonly proven: StoredPlace;
	readonly sent: StoredPlace | null;
	readonly pending: StoredPlace | null;
}

type StoredPlace = Place & { readonly memory: { readonly dated: string; readonly undated: string } };

export const writeState = ({ batch, scopes, startFrom, polledMs, proven, sent, pending }: State): StoredState => ({
	version: STATE_VERSION,
	batch,
	scopes: scopes.map(({ campaign, from }) => ({ campaign, from })),
	startFrom,
	polledMs,
	proven: writePlace(proven, proven.memory),
	sent: sent && writePlace(sent, sent.added),
	pending: pending && writePlace(pending, pending.added),
});

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
	const { batch, startFrom, polledMs } = state;
	if (typeof batch !== 'string' || !(startFrom === null || typeof startFrom === 'string'))
		return { damage: 'its names are missing' };
	if (!isWhole(polledMs)) return { damage: 'its last poll is no moment' };
	const scopes = Array.isArray(state.scopes) ? state.scopes.map(readScope) : [];
	const known = scopes.filter((scope) => scope !== null);
	if (known.length === 0 || known.length < scopes.length) return { damage: 'its campaigns are missing' };
	const proven = readPlace(state.proven);
	if (typeof proven === 'string') return { damage: `proven: ${proven}` };
	const [sent, pending] = [readStep(state.sent), readStep(state.pending)];
	if (typeof sent === 'string') return { damage: `sent: ${sent}` };
	if (typeof pending === 'string') return { damage: `pending: ${pending}` };
	return {
		batch,
		scopes: known,
		startFrom,
		polledMs,
		proven: { ...proven.place, memory: proven.memory },
		sent,
		pending,
	};
}

function readScope(stored: unknown): Scope | null {
	const { campaign, from } = asObject(stored) ?? {};
	return typeof campaign === 'string' && isWhole(from) ? { campaign, from } : null;
}

function readStep(stored: unknown): Step | string | null {
	const read = stored === null ? null : readPlace(stored);
	return read === null || typeof read === 'string' ? read : { ...read.place, added: read.memory };
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
	const { from, to, sinceMs, askedMs = sinceMs, asks = 0 } = asObject(stored) ?? {};
	if (!isWhole(from) || !isWhole(to) || !isWhole(sinceMs) || !isWhole(askedMs) || !isWhole(asks)) return null;
	return from < to ? { from, to, sinceMs, askedMs, asks } : null;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

const asObject = (value: unknown): Record<string, unknown> | null =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;

const shown = (value: unknown): string =>
	typeof value === 'number' || typeof value === 'string' ? `“${String(value).slice(0, 20)}”` : 'missing';
