import type { Failure } from '../failures';
import type { Connection } from '../api/request';
import { latestWall } from '../time/wallClock';
import type { WallSeconds } from '../time/window';
import { startAt } from './memory/cursor';
import { fitting, handOver, settle } from './memory/deliveries';
import { type Damage, type State, type StoredState, readState, writeState } from './memory/state';
import { metered } from './meter';
import { type Pace, atEase, fallsBehind, isDue, isOutOfTime, paceAfter, paceOf, patienceFor } from './pace';
import { readRange } from './readRange';
import { alwaysScope, nearScopes, rescoped } from './scopes';
import { type Tick, type TickOptions, tick } from './tick';

/** What one process knows of a trigger beside its saved state, as long as it lives. */
export interface Attendance {
	pace: Pace;
	/** The state as n8n last showed it, or as it was begun here: n8n may not have saved it, or lose it. */
	latest: State | null;
	/** n8n has shown a state here. */
	wasSaved: boolean;
	/** The last batches that this process handed to n8n, the latest last. */
	readonly batches: string[];
	lastEmittedMs: number;
	/** The last poll with settings that the saved state knows (milliseconds since 1970). */
	polledMs: number;
}

export const newAttendance = (): Attendance => ({
	pace: atEase,
	latest: null,
	wasSaved: false,
	batches: [],
	lastEmittedMs: -Infinity,
	polledMs: 0,
});

/**
 * What a poll is part of. One that finds no state begins at now where a person activated or published the trigger for the
 * first time; anywhere else there was a state before.
 */
export type Occasion = 'activated' | 'published' | 'started' | 'scheduled';

export interface PollOptions extends Omit<TickOptions, 'maxWindowSeconds' | 'isFirst' | 'scopes'> {
	/** A campaign's number, several with commas, or `all`. */
	readonly campaign: string;
	/** Names server, token and campaign: whose trouble, and whose pace, it is. */
	readonly identity: string;
	/** The moment to read from, and how it is set; it counts when it is set or changed. */
	readonly startFrom: { readonly text: string; readonly at: WallSeconds } | null;
	/** What becomes of the last batch when nobody knows whether it was emitted. */
	readonly afterRestart: 'repeat' | 'skip';
	/** Milliseconds between two reads. */
	readonly minMs: number;
	readonly occasion: Occasion;
	/** How long this process was held up so far, in milliseconds. */
	stalledMs?(): number;
}

/** What a poll came to. Whoever called it emits, and then saves what `stateAfter` gives. */
export type Polled =
	| { readonly kind: 'notDue' }
	| ({ readonly kind: 'damaged' } & Damage)
	| { readonly kind: 'failed'; readonly failure: Failure; readonly retryAfterMs: number; readonly isStall: boolean }
	| {
			readonly kind: 'read';
			readonly tick: Tick;
			readonly before: State;
			/** First of all; its state is lost, or is had from this process alone; Start From was set. */
			readonly begins: 'first' | 'lost' | 'restored' | 'moved' | null;
			readonly repeats: boolean;
			/** Another campaign was chosen since the last poll. */
			readonly isRescoped: boolean;
			/** Polls as rare as these can never bring all that comes. */
			readonly fallsBehind: boolean;
	  };
type Read = Polled & { kind: 'read' };

/** Batches that a process remembers to have emitted: n8n may still save an older state for a moment. */
const REMEMBERED_BATCHES = 8;
/** A state older than what was just emitted is a save under way, for as long as this. */
const SAVING_MS = 30_000;

/** Reads what is due. Neither emits nor saves; never rejects. */
export async function poll(
	connection: Connection,
	stored: unknown,
	attendance: Attendance,
	options: PollOptions,
): Promise<Polled> {
	const nowMs = Math.floor(connection.world.now());
	const { occasion, minMs } = options;
	attendance.pace = paceOf(attendance.pace, { of: options.identity, nowMs, isAsked: isByPerson(occasion) });
	const isSaved = stored !== undefined && stored !== null;
	if (!isSaved && occasion === 'activated') attendance.latest = null;
	const state = isSaved ? readState(stored) : attendance.latest;
	if (state && 'damage' in state) return { kind: 'damaged', ...state };
	if (state && isSaved && isBeingSaved(state, attendance, nowMs)) return { kind: 'notDue' };
	const begun = state ?? beginning(options, nowMs);
	const { before, ...changes } = withSettings(begun, attendance, options, nowMs);
	const begins = changes.begins ?? beginsAs(state, isSaved, attendance, occasion);
	attendance.latest = begun;
	attendance.wasSaved ||= isSaved;
	const isBehind = !before.proven.isThrough || begins !== null || changes.isRescoped;
	if (!isDue(attendance.pace, { nowMs, minMs, isBehind })) return { kind: 'notDue' };

	const { connection: own, usedMs } = metered(connection, options.stalledMs ?? (() => 0));
	const isProbe = begins === 'first' && before.proven.readTo >= latestWall(nowMs, options.zone);
	const read = isProbe
		? await probe(own, before, options, nowMs)
		: await tick(own, before.proven, {
				...options,
				scopes: before.scopes,
				isFirst: attendance.pace.lastReadMs === null,
				maxWindowSeconds: attendance.pace.windowSeconds ?? undefined,
			});
	const spent = { budgetMs: (connection.deadlineMs ?? Infinity) - nowMs, usedMs: usedMs() };
	attendance.pace = paceAfter(attendance.pace, read, spent, nowMs);
	if (read.step === null && read.stopped !== null) {
		const retryAfterMs = patienceFor(read.stopped, { ...options, nowMs });
		attendance.pace = { ...attendance.pace, notBeforeMs: nowMs + retryAfterMs };
		return { kind: 'failed', failure: read.stopped, retryAfterMs, isStall: isOutOfTime(read.stopped) };
	}
	return { kind: 'read', tick: read, before, ...changes, begins, fallsBehind: fallsBehind(attendance.pace) };
}

/** The state to save with what was emitted, if anything was. */
export function stateAfter(
	{ tick: { step }, before }: Read,
	batch: string | null,
	attendance: Attendance,
	nowMs: number,
): StoredState {
	if (batch !== null) {
		attendance.batches.push(batch);
		attendance.batches.splice(0, attendance.batches.length - REMEMBERED_BATCHES);
		attendance.lastEmittedMs = nowMs;
	}
	const deliveries = step === null ? before : fitting(handOver(before, step, batch !== null));
	const { knownFrom, holes } = step ?? before.proven;
	const from = Math.min(knownFrom, before.proven.knownFrom, ...holes.map((hole) => hole.from));
	const state: State = {
		...before,
		...deliveries,
		batch: batch ?? before.batch,
		scopes: nearScopes(before.scopes, from),
		polledMs: Math.floor(nowMs),
	};
	// What is handed over now may never reach the database: only its next sight is a proof.
	if (batch === null) attendance.latest = state;
	return writeState(state);
}

const isByPerson = (occasion: Occasion): boolean => occasion === 'activated' || occasion === 'published';

function beginsAs(
	state: State | null,
	isSaved: boolean,
	{ wasSaved }: Attendance,
	occasion: Occasion,
): Extract<Polled, { kind: 'read' }>['begins'] {
	if (state === null) return isByPerson(occasion) ? 'first' : 'lost';
	return !isSaved && wasSaved ? 'restored' : null;
}

/** A trigger without a state: where it begins. One that had a state before looks back as far as any of its reads. */
function beginning({ zone, startFrom, campaign, overlapSeconds, occasion }: PollOptions, nowMs: number): State {
	const now = latestWall(nowMs, zone);
	const at = isByPerson(occasion) ? (startFrom?.at ?? now) : Math.max(now - overlapSeconds, startFrom?.at ?? -Infinity);
	return {
		batch: '',
		proven: startAt(at, nowMs),
		sent: null,
		pending: null,
		scopes: alwaysScope(campaign),
		startFrom: startFrom?.text ?? null,
		polledMs: nowMs,
	};
}

/** The state once its last batch is settled and what a person has changed is taken in. */
function withSettings(
	state: State,
	attendance: Attendance,
	{ campaign, startFrom, zone, afterRestart }: PollOptions,
	nowMs: number,
): Pick<Read, 'before' | 'begins' | 'repeats' | 'isRescoped'> {
	const hasArrived = attendance.batches.includes(state.batch) || afterRestart === 'skip';
	const changedAt = latestWall(Math.min(nowMs, Math.max(state.polledMs, attendance.polledMs)), zone);
	const scopes = rescoped(state.scopes, campaign, changedAt);
	const isRescoped = scopes !== state.scopes;
	if (!isRescoped) attendance.polledMs = nowMs;
	const text = startFrom?.text ?? null;
	if (startFrom !== null && text !== state.startFrom) {
		const proven = startAt(startFrom.at, nowMs);
		const before = { ...state, proven, sent: null, pending: null, scopes: alwaysScope(campaign), startFrom: text };
		return { before, begins: 'moved', repeats: false, isRescoped: false };
	}
	return {
		before: { ...state, ...settle(state, hasArrived), scopes, startFrom: text },
		begins: null,
		repeats: state.pending !== null && !hasArrived,
		isRescoped,
	};
}

/** A first read that has nothing to emit: it only makes sure that there will be answers. */
async function probe(connection: Connection, { proven }: State, options: PollOptions, nowMs: number): Promise<Tick> {
	const now = latestWall(nowMs, options.zone);
	const range = { from: now - 60, to: now };
	const { failed, fullest, notice } = await readRange(connection, {
		...options,
		scopes: alwaysScope(options.campaign),
		range,
		maxRecords: Infinity,
		trustsEmpty: true,
		wallNow: () => now,
		isNew: () => false,
	});
	const stopped = failed[0]?.failure ?? null;
	const step = stopped ? null : { ...proven, added: proven.memory };
	return { fresh: [], step, stopped, unproven: [], passed: [], behindSeconds: 0, range, fullest, notice };
}

const isBeingSaved = ({ batch }: State, { batches, lastEmittedMs }: Attendance, nowMs: number): boolean =>
	batches.length > 0 && batches.at(-1) !== batch && nowMs >= lastEmittedMs && nowMs < lastEmittedMs + SAVING_MS;
