import type { WallSeconds, Window } from '../../time/window';
import {
	type Overlap,
	type RowHash,
	type Sighting,
	bytesOf,
	compare,
	degrade,
	merge,
	prune,
	remember,
	without,
} from './overlap';

/**
 * What the trigger knows it has emitted. A row without a readable date stands at the end of the window that it came
 * with: it may lie anywhere before, so it is looked up among all of its kind.
 */
export interface Memory {
	readonly dated: Overlap;
	readonly undated: Overlap;
}

export interface MetRow extends Sighting {
	readonly isDated: boolean;
	/** The name that it shares with its equals; a number tells them apart, and may be another when one of them changes. */
	readonly name: string;
}

export interface Fresh<T> {
	readonly row: T;
	/** It may have been emitted before. */
	readonly repeated: boolean;
}

export const noMemory: Memory = { dated: new Map(), undated: new Map() };

/**
 * Tells the rows that were not emitted yet, in the order in which they come, and what to remember of them. Where one of
 * several equals is new, all of them come.
 */
export function compareWith<T extends MetRow>(
	memory: Memory,
	rows: readonly T[],
): { readonly fresh: Array<Fresh<T>>; readonly added: Memory } {
	const dated = compare(
		memory.dated,
		rows.filter(({ isDated }) => isDated),
	);
	const undated = freshUndated(
		memory.undated,
		rows.filter(({ isDated }) => !isDated),
	);
	const verdicts = new Map<T, Fresh<T>>([...dated.fresh, ...undated].map((fresh) => [fresh.row, fresh]));
	const names = new Set([...verdicts.keys()].map(({ name }) => name));
	return {
		fresh: rows.flatMap((row) => verdicts.get(row) ?? (names.has(row.name) ? { row, repeated: false } : [])),
		added: { dated: dated.added, undated: remember(undated.map(({ row }) => row)) },
	};
}

function freshUndated<T extends MetRow>(overlap: Overlap, rows: readonly T[]): Array<Fresh<T>> {
	const seen = new Map<RowHash, number>();
	let isForgetful = false;
	for (const minute of overlap.values()) {
		if (minute.kind === 'digest') isForgetful = true;
		else for (const [hash, copies] of minute.copies) seen.set(hash, (seen.get(hash) ?? 0) + copies);
	}
	return rows.filter(({ hash, copy }) => copy > (seen.get(hash) ?? 0)).map((row) => ({ row, repeated: isForgetful }));
}

export const mergeMemory = (memory: Memory, added: Memory): Memory => ({
	dated: merge(memory.dated, added.dated),
	undated: merge(memory.undated, added.undated),
});

/** What is still near: rows from a moment on, and those of minutes that will be asked for again. */
export const nearMemory = ({ dated, undated }: Memory, from: WallSeconds, holes: readonly Window[]): Memory => ({
	dated: prune(dated, from, holes),
	undated: prune(undated, from, holes),
});

/**
 * Makes memories that follow one another fit together: the oldest minutes become digests. Rows without a date get a
 * quarter of the room at most.
 */
export function degradeMemories(memories: readonly Memory[], maxBytes: number): Memory[] {
	const undated = degrade(
		memories.map((memory) => memory.undated),
		maxBytes / 4,
	);
	const left = undated.reduce((bytes, layer) => bytes - bytesOf(layer), maxBytes);
	const dated = degrade(
		memories.map((memory) => memory.dated),
		left,
	);
	return memories.map((_, index) => ({ dated: dated[index], undated: undated[index] }));
}

/** What `later` has beside `earlier`, where both follow on `known`. */
export const memoryWithout = (later: Memory, earlier: Memory, known: Memory): Memory => ({
	dated: without(later.dated, earlier.dated, known.dated),
	undated: without(later.undated, earlier.undated, known.undated),
});
