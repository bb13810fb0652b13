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
}

export interface Fresh<T> {
	readonly row: T;
	/** It may have been emitted before. */
	readonly repeated: boolean;
}

export const noMemory: Memory = { dated: new Map(), undated: new Map() };

/** Tells the rows that were not emitted yet, in the order in which they come, and what to remember of them. */
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
	return {
		fresh: rows.flatMap((row) => verdicts.get(row) ?? []),
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

export const memoryBytes = ({ dated, undated }: Memory): number => bytesOf(dated) + bytesOf(undated);

/** Makes the memory fit: the oldest minutes become digests. Rows without a date get a quarter of the room at most. */
export function degradeMemory({ dated, undated }: Memory, maxBytes: number, newest: WallSeconds): Memory {
	const fewer = degrade(undated, maxBytes / 4, newest);
	return { dated: degrade(dated, maxBytes - bytesOf(fewer), newest), undated: fewer };
}
