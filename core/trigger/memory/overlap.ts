import { type WallSeconds, type Window, overlaps } from '../../time/window';

/** The first 64 bits of a row's hash, as 16 hex digits. */
export type RowHash = string;

/**
 * What is remembered of the rows of one minute: each by its hash and how many identical ones there are; or, where that
 * takes too much room, how many they are and the sum of their hashes.
 */
export type Minute =
	| { readonly kind: 'rows'; readonly copies: ReadonlyMap<RowHash, number> }
	| { readonly kind: 'digest'; readonly rows: number; readonly sum: bigint };

/** What was emitted, by minute (wall-clock seconds / 60). */
export type Overlap = ReadonlyMap<number, Minute>;

/** A row as it is met. */
export interface Sighting {
	readonly at: WallSeconds;
	readonly hash: RowHash;
	/** Which of the identical rows it is: 1, 2, … */
	readonly copy: number;
}

/** What comparing rows with the memory came to. `repeated`: it may have been emitted before, nobody can tell any more. */
interface Comparison<T> {
	readonly fresh: ReadonlyArray<{ readonly row: T; readonly repeated: boolean }>;
	/** What must be remembered beside what already is; a digest stands in place of the minute it is of. */
	readonly added: Overlap;
}

const HASH_BYTES = 8;
/** Bytes of a minute beside its hashes, at most: how far it lies behind the one before, and how many rows it has. */
const HEAD_BYTES = 6;

export const minuteOf = (at: WallSeconds): number => Math.floor(at / 60);

/** Tells the rows that were not emitted yet, row by row; the rows must be all there are now of every minute that they touch. */
export function compare<T extends Sighting>(overlap: Overlap, rows: readonly T[]): Comparison<T> {
	const verdicts = new Map<
		number,
		{ readonly known: Minute | undefined; readonly now: Minute; readonly changed: boolean }
	>();
	for (const [minute, sightings] of byMinute(rows)) {
		const known = overlap.get(minute);
		const now = known?.kind === 'digest' ? digestOf(sightings) : remembered(sightings);
		verdicts.set(minute, { known, now, changed: known?.kind === 'digest' && !isSame(known, now) });
	}
	const fresh: Array<{ row: T; repeated: boolean }> = [];
	const added = new Map<number, Minute>();
	for (const row of rows) {
		const { known, now, changed } = verdicts.get(minuteOf(row.at))!;
		if (known?.kind === 'digest') {
			if (changed) added.set(minuteOf(row.at), now);
			if (changed) fresh.push({ row, repeated: true });
		} else if (row.copy > (known?.copies.get(row.hash) ?? 0)) {
			fresh.push({ row, repeated: false });
		}
	}
	const exact = remember(fresh.filter(({ repeated }) => !repeated).map(({ row }) => row));
	return { fresh, added: new Map([...added, ...exact]) };
}

/** The memory of rows, each counted as one. */
export function remember(rows: readonly Sighting[]): Overlap {
	return new Map([...byMinute(rows)].map(([minute, sightings]) => [minute, remembered(sightings)]));
}

/** The memory with what was added to it. */
export function merge(overlap: Overlap, added: Overlap): Overlap {
	const merged = new Map(overlap);
	for (const [minute, more] of added) merged.set(minute, after(overlap.get(minute), more));
	return merged;
}

/** A minute to which more came; a digest stands for all of it. */
const after = (known: Minute | undefined, more: Minute): Minute =>
	known && more.kind === 'rows' ? joined(known, more) : more;

function joined(known: Minute, more: Minute & { kind: 'rows' }): Minute {
	if (known.kind === 'digest') return digest(known.rows + rowsOf(more), known.sum + sumOf(more));
	const copies = new Map(known.copies);
	for (const [hash, number] of more.copies) copies.set(hash, (copies.get(hash) ?? 0) + number);
	return { kind: 'rows', copies };
}

/** The memory without the minutes that end at `from` or before, but for those that touch a window of `spared`. */
export function prune(overlap: Overlap, from: WallSeconds, spared: readonly Window[] = []): Overlap {
	const isSpared = (minute: number): boolean =>
		spared.some((window) => overlaps(window, { from: minute * 60, to: minute * 60 + 60 }));
	return new Map([...overlap].filter(([minute]) => (minute + 1) * 60 > from || isSpared(minute)));
}

/** Bytes that the memory takes when it is written down. */
export function bytesOf(overlap: Overlap): number {
	let bytes = 0;
	for (const minute of overlap.values())
		bytes += HEAD_BYTES + HASH_BYTES * (minute.kind === 'digest' ? 1 : rowsOf(minute));
	return Math.ceil((bytes * 4) / 3);
}

/**
 * Turns the oldest minutes into digests until all layers together fit; each layer is what came after the one before, and
 * a digest stands for all that its minute has up to it.
 */
export function degrade(layers: readonly Overlap[], maxBytes: number): Overlap[] {
	let excess = layers.reduce((sum, layer) => sum + bytesOf(layer), 0) - maxBytes;
	if (excess <= 0) return [...layers];
	const smaller = layers.map((layer) => new Map(layer));
	const minutes = new Set(layers.flatMap((layer) => [...layer.keys()]));
	for (const minute of [...minutes].sort((a, b) => a - b)) {
		if (excess <= 0) break;
		let upTo: Minute | undefined;
		for (const layer of smaller) {
			const own = layer.get(minute);
			if (own) layer.set(minute, (upTo = digestFrom(after(upTo, own))));
			if (own?.kind === 'rows') excess -= ((rowsOf(own) - 1) * HASH_BYTES * 4) / 3;
		}
	}
	return smaller;
}

/** What `later` has beside `earlier`, where both follow on `known`: merged in turn they give what `later` alone would. */
export function without(later: Overlap, earlier: Overlap, known: Overlap): Overlap {
	const rest = new Map<number, Minute>();
	for (const [minute, more] of later) {
		const less = earlier.get(minute);
		if (less?.kind === 'digest' || (less && more.kind === 'digest')) {
			rest.set(minute, digestFrom(after(known.get(minute), more)));
		} else if (!less || more.kind === 'digest') {
			rest.set(minute, more);
		} else {
			const copies = [...more.copies].map(([hash, times]) => [hash, times - (less.copies.get(hash) ?? 0)] as const);
			const left = new Map(copies.filter(([, times]) => times > 0));
			if (left.size > 0) rest.set(minute, { kind: 'rows', copies: left });
		}
	}
	return rest;
}

export const rowsOf = (minute: Minute): number =>
	minute.kind === 'digest' ? minute.rows : [...minute.copies.values()].reduce((sum, copies) => sum + copies, 0);

function byMinute<T extends Sighting>(rows: readonly T[]): Map<number, T[]> {
	const minutes = new Map<number, T[]>();
	for (const row of rows) {
		const minute = minuteOf(row.at);
		const sightings = minutes.get(minute);
		if (sightings) sightings.push(row);
		else minutes.set(minute, [row]);
	}
	return minutes;
}

function remembered(rows: readonly Sighting[]): Minute & { kind: 'rows' } {
	const copies = new Map<RowHash, number>();
	for (const { hash } of rows) copies.set(hash, (copies.get(hash) ?? 0) + 1);
	return { kind: 'rows', copies };
}

const digestOf = (rows: readonly Sighting[]): Minute => asDigest(remembered(rows));

const asDigest = (minute: Minute & { kind: 'rows' }): Minute => digest(rowsOf(minute), sumOf(minute));

const digestFrom = (minute: Minute): Minute => (minute.kind === 'digest' ? minute : asDigest(minute));

const digest = (rows: number, sum: bigint): Minute => ({ kind: 'digest', rows, sum: BigInt.asUintN(64, sum) });

function sumOf({ copies }: Minute & { kind: 'rows' }): bigint {
	let sum = 0n;
	for (const [hash, times] of copies) sum += BigInt(`0x${hash}`) * BigInt(times);
	return sum;
}

const isSame = (a: Minute, b: Minute): boolean =>
	a.kind === 'digest' && b.kind === 'digest' && a.rows === b.rows && a.sum === b.sum;
