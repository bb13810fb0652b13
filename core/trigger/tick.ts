import { HOLES_PER_TICK, TICK_RECORDS, UNSEEN_SECONDS } from '../limits';
import type { Failure } from '../outcome';
import type { Line } from '../request';
import type { Unproven } from '../runReport';
import { latestWall } from '../wallClock';
import { type WallSeconds, type Window, secondsOf } from '../window';
import type { Cursor, Hole, Place, Step } from './cursor';
import { type Gathered, type Row, before, gather } from './gather';
import { holesAfter, sift } from './holes';
import { type Fresh, compareWith, memoryBytes, pruneMemory } from './memory';
import { minuteOf } from './overlap';
import { knownFromAfter, nextReading } from './pass';
import { roomFor, shareOf } from './share';

export interface TickOptions {
	/** A campaign's number, or `all`. */
	readonly campaign: string;
	readonly zone: string;
	readonly overlapSeconds: number;
	readonly serverCode: string;
	/** Longest window to ask for; what earlier ticks have taught. */
	readonly maxWindowSeconds?: number;
	/** New rows after which a tick reads no further; as many as are safe for n8n unless given. */
	readonly maxRecords?: number;
}

/** What a tick came to. */
export interface Tick {
	/** New rows in order of time. */
	readonly fresh: ReadonlyArray<Fresh<Row>>;
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
	readonly fullest: Gathered['fullest'];
}

/** Reads what is due after the cursor, and tells what is new in it. Changes nothing; never rejects. */
export async function tick(line: Line, cursor: Cursor, options: TickOptions): Promise<Tick> {
	const nowMs = line.world.now();
	const pass = { ...options, nowMs };
	const { range, passMs } = nextReading(cursor, pass);
	const nothing = { fresh: [], step: null, stopped: null, unproven: [], passed: [], behindSeconds: Math.max(0, range.to - range.from), range, fullest: { seconds: 0, records: 0 } };
	if (secondsOf(range) <= 0) return nothing;

	const { overlapSeconds, maxRecords = TICK_RECORDS } = options;
	const isNew = (row: Row): boolean => isUnknown(cursor, row);
	const wallNow = (): WallSeconds => latestWall(line.world.now(), options.zone);
	const trustsEmpty = cursor.lastAt < range.from && range.to - cursor.readTo <= UNSEEN_SECONDS;
	const read = await gather(line, { ...options, range, maxRecords, trustsEmpty, wallNow, isNew });
	if (read.provenTo <= range.from) return { ...nothing, stopped: read.stopped, unproven: read.report.unproven, fullest: read.fullest };

	const readTo = shareOf(read.rows.filter(isNew), read.provenTo, { maxRecords, overlapSeconds, room: roomFor(memoryBytes(cursor.memory)) });
	const rows = read.rows.filter(({ at }) => at < readTo);
	const { fresh, added } = compareWith(cursor.memory, rows);
	const place = { readTo, passMs, isThrough: readTo === range.to, lastAt: latestOf(rows, cursor.lastAt), grainSeconds: read.report.records > 0 ? read.report.grainSeconds : cursor.grainSeconds, holes: [] };
	const knownFrom = knownFromAfter(cursor.knownFrom, place, pass);
	const unproven = before(read.unproven, readTo);
	const holes = holesAfter(cursor.holes, { from: range.from, to: readTo }, unproven.map(({ window }) => window), nowMs);

	const again = await askAgain(line, holes, knownFrom, { ...options, wallNow });
	const { kept, passed } = sift(again.holes, knownFrom, nowMs);
	return {
		fresh: [...again.fresh, ...fresh],
		step: { ...place, knownFrom, holes: kept, added: pruneMemory(added, knownFrom) },
		stopped: read.stopped,
		unproven,
		passed,
		behindSeconds: place.isThrough ? 0 : range.to - readTo,
		range,
		fullest: read.fullest,
	};
}

/** Asks once more for holes that no pass reaches any more; their rows were never emitted. */
async function askAgain(line: Line, holes: readonly Hole[], knownFrom: WallSeconds, options: TickOptions & { wallNow(): WallSeconds }): Promise<{ holes: Hole[]; fresh: Array<Fresh<Row>> }> {
	const fresh: Array<Fresh<Row>> = [];
	let left = [...holes];
	for (const hole of holes.filter(({ to }) => to <= knownFrom).slice(0, HOLES_PER_TICK)) {
		// Half of it at a time: what is wrong with one second must not keep the others away.
		const maxWindowSeconds = Math.ceil(secondsOf(hole) / 2);
		const { rows, report } = await gather(line, { ...options, range: hole, maxWindowSeconds, maxRecords: Infinity, isNew: () => false });
		for (const row of rows) fresh.push({ row, repeated: false });
		left = [...left.filter((one) => one !== hole), ...report.unproven.map(({ window }) => ({ ...window, sinceMs: hole.sinceMs }))];
	}
	return { holes: left, fresh: fresh.sort((a, b) => a.row.at - b.row.at) };
}

/** Whether a row counts as new as far as it can be told by itself. */
function isUnknown({ memory }: Cursor, { at, hash, copy, isDated }: Row): boolean {
	const minute = (isDated ? memory.dated : memory.undated).get(minuteOf(at));
	return minute?.kind !== 'digest' && copy > (minute?.copies.get(hash) ?? 0);
}

function latestOf(rows: readonly Row[], lastAt: Place['lastAt']): WallSeconds {
	return rows.reduce((latest, { at, isDated }) => (isDated && at > latest ? at : latest), lastAt);
}
