import { triggerLimits } from '../limits';
import type { Failure } from '../failures';
import type { Connection } from '../api/request';
import { latestWall } from '../time/wallClock';
import type { WallSeconds } from '../time/window';
import { type Cursor, advance, startAt } from './memory/cursor';
import { readRange } from './readRange';
import { type Pace, atEase, isDue, isOutOfTime, paceAfter, patienceFor } from './pace';
import { type Damage, type State, readState, settled } from './memory/state';
import { type Tick, type TickOptions, tick } from './tick';

/** What one process knows of a trigger beside its saved state. */
export interface Attendance {
	pace: Pace;
	/** Where the trigger began, while n8n may not have saved it: its durable engine drops what an activation without items leaves. */
	start: { readonly fingerprint: string; readonly cursor: Cursor } | null;
	/** The last batches that this process handed to n8n, the latest last. */
	readonly batches: string[];
	lastEmittedMs: number;
}

export const newAttendance = (): Attendance => ({ pace: atEase, start: null, batches: [], lastEmittedMs: -Infinity });

export interface PollOptions extends Omit<TickOptions, 'maxWindowSeconds' | 'isFirst'> {
	/** What the memory is of. */
	readonly fingerprint: string;
	/** Where a new trigger begins; its first moment unless given. */
	readonly startFrom: WallSeconds | null;
	/** What becomes of the last batch when nobody knows whether it was emitted. */
	readonly afterRestart: 'repeat' | 'skip';
	/** Milliseconds between two reads. */
	readonly minMs: number;
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
			readonly begins: 'first' | 'anew' | null;
			readonly repeats: boolean;
	  };

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
	const state = stored === undefined || stored === null ? null : readState(stored);
	if (state && 'damage' in state) return { kind: 'damaged', ...state };
	const nowMs = connection.world.now();
	if (!state || state.fingerprint !== options.fingerprint)
		return await begin(connection, attendance, options, state !== null);
	if (isBeingSaved(state, attendance, nowMs)) return { kind: 'notDue' };
	const before = afterLastBatch(state, attendance, options);
	if (!isDue(attendance.pace, { nowMs, minMs: options.minMs, isBehind: !before.proven.isThrough }))
		return { kind: 'notDue' };
	const { lastReadMs, window } = attendance.pace;
	const read = await tick(connection, before.proven, {
		...options,
		isFirst: lastReadMs === null,
		maxWindowSeconds: window?.seconds,
	});
	return conclude(read, attendance, options, nowMs, {
		kind: 'read',
		tick: read,
		before,
		begins: null,
		repeats: before.repeats,
	});
}

/** The state to save with what was emitted, if anything was. */
export function stateAfter(
	{ tick: { step }, before }: Polled & { kind: 'read' },
	batch: string | null,
	attendance: Attendance,
	nowMs: number,
): State {
	if (step === null) return before;
	if (batch === null)
		return { ...before, proven: advance(before.proven, step, triggerLimits.stateMaxBytes), pending: null };
	attendance.batches.push(batch);
	attendance.batches.splice(0, attendance.batches.length - REMEMBERED_BATCHES);
	attendance.lastEmittedMs = nowMs;
	return { ...before, batch, pending: step };
}

/** A trigger that has no memory yet: it reads from its start on; without one it only makes sure that it could. */
async function begin(
	connection: Connection,
	attendance: Attendance,
	options: PollOptions,
	isAnew: boolean,
): Promise<Polled> {
	const nowMs = connection.world.now();
	if (isAnew && nowMs < attendance.pace.notBeforeMs) return { kind: 'notDue' };
	const now = latestWall(nowMs, options.zone);
	const remembered = attendance.start?.fingerprint === options.fingerprint ? attendance.start.cursor : null;
	const proven = remembered ?? startAt(Math.min(options.startFrom ?? now, now), nowMs);
	const before: State = { fingerprint: options.fingerprint, batch: '', proven, pending: null };
	const found = {
		kind: 'read' as const,
		before,
		begins: isAnew ? ('anew' as const) : ('first' as const),
		repeats: false,
	};
	if (proven.readTo < now) {
		const read = await tick(connection, proven, options);
		return conclude(read, attendance, options, nowMs, { ...found, tick: read });
	}
	const range = { from: now - 60, to: now };
	const { report, fullest } = await readRange(connection, {
		...options,
		range,
		maxRecords: Infinity,
		trustsEmpty: true,
		wallNow: () => now,
		isNew: () => false,
	});
	const stopped = report.unproven[0]?.failure ?? null;
	const step = stopped ? null : { ...proven, added: proven.memory };
	if (step) attendance.start = { fingerprint: options.fingerprint, cursor: proven };
	const read: Tick = { fresh: [], step, stopped, unproven: [], passed: [], behindSeconds: 0, range, fullest };
	return conclude(read, attendance, options, nowMs, { ...found, tick: read });
}

/** The state whose last batch is settled: emitted, if this process knows so or nobody minds; else never emitted. */
function afterLastBatch(
	state: State,
	{ batches }: Attendance,
	{ afterRestart }: PollOptions,
): State & { readonly repeats: boolean } {
	const isEmitted = batches.includes(state.batch) || afterRestart === 'skip';
	const proven: Cursor = isEmitted ? settled(state) : state.proven;
	return { ...state, proven, pending: null, repeats: state.pending !== null && !isEmitted };
}

const isBeingSaved = ({ batch }: State, { batches, lastEmittedMs }: Attendance, nowMs: number): boolean =>
	batches.length > 0 && batches.at(-1) !== batch && nowMs >= lastEmittedMs && nowMs < lastEmittedMs + SAVING_MS;

function conclude(read: Tick, attendance: Attendance, options: PollOptions, nowMs: number, polled: Polled): Polled {
	attendance.pace = paceAfter(attendance.pace, read, nowMs);
	if (read.step !== null || read.stopped === null) return polled;
	const retryAfterMs = patienceFor(read.stopped, { ...options, nowMs });
	attendance.pace = { ...attendance.pace, notBeforeMs: nowMs + retryAfterMs };
	return { kind: 'failed', failure: read.stopped, retryAfterMs, isStall: isOutOfTime(read.stopped) };
}
