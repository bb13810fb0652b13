import { apiLimits, triggerLimits } from '../limits';
import type { Failure } from '../failures';
import type { Connection } from '../api/request';
import type { Unproven } from '../extraction/runReport';
import { latestWall } from '../time/wallClock';
import { type WallSeconds, type Window, overlaps, secondsOf, subtract, totalSeconds } from '../time/window';
import type { Cursor, Hole, Place, Step } from './memory/cursor';
import { type RangeRows, type TriggerRow, before, readRange } from './readRange';
import { holesAfter, isHoleDue, sift, wholeMinutes, within } from './holes';
import { type Fresh, type Memory, compareWith, mergeMemory, nearMemory } from './memory/memory';
import { minuteOf } from './memory/overlap';
import { knownFromAfter, nextTickRange } from './tickRange';
import type { Scope } from './scopes';
import { shareOf } from './share';

export interface TickOptions {
	/** Which campaigns are read from when on. */
	readonly scopes: readonly Scope[];
	readonly zone: string;
	readonly overlapSeconds: number;
	/** The first tick of a process. */
	readonly isFirst?: boolean;
	/** Longest window to ask for; what earlier ticks have taught. */
	readonly maxWindowSeconds?: number;
	/** New rows after which a tick reads no further; as many as are safe for n8n unless given. */
	readonly maxRecords?: number;
}

/** What a tick came to. */
export interface Tick {
	/** New rows in order of time. */
	readonly fresh: ReadonlyArray<Fresh<TriggerRow>>;
	/** The step to take once they are emitted; null when nothing was read, and nothing may change. */
	readonly step: Step | null;
	/** What kept the tick from its end. */
	readonly stopped: Failure | null;
	/** Windows that were passed over for now, and those that are given up. */
	readonly unproven: readonly Unproven[];
	readonly passed: readonly Hole[];
	/** How far the reading lies behind the operation's clock, in seconds; 0 when it is through. */
	readonly behindSeconds: number;
	readonly range: Window;
	readonly fullest: RangeRows['fullest'];
	readonly notice: RangeRows['notice'];
}

/** Reads what is due after the cursor, and tells what is new in it. Changes nothing; never rejects. */
export async function tick(connection: Connection, cursor: Cursor, options: TickOptions): Promise<Tick> {
	const nowMs = Math.floor(connection.world.now());
	const pass = { ...options, nowMs };
	const { range: due, passMs } = nextTickRange(cursor, pass);
	const range = withinATick(due, options);
	const nothing = {
		fresh: [],
		step: null,
		stopped: null,
		unproven: [],
		passed: [],
		behindSeconds: Math.max(0, due.to - due.from),
		range,
		fullest: { seconds: 0, records: 0 },
		notice: null,
	};
	if (secondsOf(range) <= 0) return nothing;

	const { maxRecords = triggerLimits.tickRecords } = options;
	const isNew = (row: TriggerRow): boolean => isUnknown(cursor, row);
	const wallNow = (): WallSeconds => latestWall(connection.world.now(), options.zone);
	const trustsEmpty = cursor.lastAt < range.from && range.to - cursor.readTo <= triggerLimits.unseenSeconds;
	// Much that was never looked at may hold anything: it is begun with a short window.
	const isMuch = range.to - cursor.readTo > triggerLimits.firstWindowSeconds;
	const firstWindowSeconds = isMuch ? triggerLimits.firstWindowSeconds : undefined;
	const leftOut = cursor.holes;
	const wanted = { ...options, range, maxRecords, firstWindowSeconds, trustsEmpty, leftOut, wallNow, isNew };
	const read = await readRange(connection, wanted);
	if (read.provenTo <= range.from)
		return { ...nothing, stopped: read.stopped, unproven: read.failed, fullest: read.fullest, notice: read.notice };

	const lastAt = latestOf(read.rows, cursor.lastAt);
	const grainSeconds = read.grainSeconds ?? cursor.grainSeconds;
	const knownFromAt = (readTo: WallSeconds): WallSeconds =>
		knownFromAfter(cursor.knownFrom, { readTo, passMs, lastAt, grainSeconds }, pass);
	const readTo = shareOf(read.rows.filter(isNew), read.provenTo, maxRecords);
	const { fresh, added } = compareWith(
		cursor.memory,
		read.rows.filter(({ at }) => at < readTo),
	);
	const knownFrom = knownFromAt(readTo);
	const unproven = before(read.unproven, readTo);
	const holes = holesAfter(
		cursor.holes,
		{ from: range.from, to: readTo },
		unproven.map(({ window }) => window),
		nowMs,
	);

	const again = await askAgain(connection, mergeMemory(cursor.memory, added), holes, {
		...options,
		grainSeconds,
		wallNow,
		nowMs,
		met: cursor.holes,
	});
	const { kept, passed } = sift(again.holes, knownFrom, nowMs);
	return {
		fresh: [...again.fresh, ...fresh],
		step: {
			readTo,
			passMs,
			isThrough: readTo === due.to,
			lastAt,
			grainSeconds,
			knownFrom,
			holes: kept,
			added: nearMemory(mergeMemory(added, again.added), knownFrom, kept),
		},
		stopped: read.stopped,
		unproven: unproven.filter(({ window }) => subtract([window], cursor.holes).length > 0),
		passed,
		behindSeconds: due.to - readTo,
		range,
		fullest: read.fullest,
		notice: read.notice,
	};
}

/** As much as so many of the longest windows hold: a stretch that is read in vain leaves nothing proven when the time is up. */
const withinATick = ({ from, to }: Window, { maxWindowSeconds = apiLimits.maxSpanSeconds }: TickOptions): Window => ({
	from,
	to: Math.min(to, from + maxWindowSeconds * triggerLimits.windowsPerTick),
});

interface Again {
	readonly holes: readonly Hole[];
	readonly fresh: ReadonlyArray<Fresh<TriggerRow>>;
	readonly added: Memory;
}

/** Asks once more for holes that were met before: passes leave them out. */
async function askAgain(
	connection: Connection,
	memory: Memory,
	holes: readonly Hole[],
	options: TickOptions & { grainSeconds: number; nowMs: number; met: readonly Hole[]; wallNow(): WallSeconds },
): Promise<Again> {
	const { nowMs, met, grainSeconds } = options;
	const rows: TriggerRow[] = [];
	let left = [...holes];
	const due = holes.filter((hole) => met.some((one) => overlaps(one, hole)) && isHoleDue(hole, nowMs));
	const all = { ...options, maxRecords: Infinity, isNew: () => false };
	for (const hole of due.slice(0, triggerLimits.holesPerTick)) {
		// Half of a long one at a time: what is wrong with one second must not keep the others away.
		const isNarrow = secondsOf(hole) <= triggerLimits.narrowHoleSeconds;
		const maxWindowSeconds = isNarrow ? undefined : Math.ceil(secondsOf(hole) / 2);
		const look = await readRange(connection, { ...all, range: hole, maxWindowSeconds, takesFaultsAsTheyCome: true });
		// Memory compares whole minutes.
		const hasHealed = totalSeconds(within(look.failed, hole)) < secondsOf(hole);
		const range = wholeMinutes(hole, grainSeconds);
		const read = hasHealed ? await readRange(connection, { ...all, range, leftOut: within(look.failed, hole) }) : look;
		if (hasHealed) for (const row of read.rows) rows.push(row);
		const still = within(read.failed, hole).map((window) => ({
			...hole,
			...window,
			askedMs: nowMs,
			asks: hole.asks + 1,
		}));
		left = [...left.filter((one) => one !== hole), ...still];
	}
	const { fresh, added } = compareWith(memory, rows);
	return { holes: left, fresh: fresh.sort((a, b) => a.row.at - b.row.at), added };
}

/** Whether a row counts as new as far as it can be told by itself. */
function isUnknown({ memory }: Cursor, { at, hash, copy, isDated }: TriggerRow): boolean {
	const minute = (isDated ? memory.dated : memory.undated).get(minuteOf(at));
	return minute?.kind !== 'digest' && copy > (minute?.copies.get(hash) ?? 0);
}

function latestOf(rows: readonly TriggerRow[], lastAt: Place['lastAt']): WallSeconds {
	return rows.reduce((latest, { at, isDated }) => (isDated && at > latest ? at : latest), lastAt);
}
