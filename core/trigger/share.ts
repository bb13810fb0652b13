import { STATE_SOFT_BYTES } from '../limits';
import type { WallSeconds } from '../window';
import { bytesOf, minuteOf, remember } from './overlap';
import type { Row } from './gather';

/** Bytes of the state that one more row to remember takes. */
const ROW_BYTES = bytesOf(remember([{ at: 0, hash: '0000000000000000', copy: 1 }])) - bytesOf(remember([]));

/** How many rows a tick may add to a memory of so many bytes. */
export const roomFor = (memoryBytes: number): number => Math.max(STATE_SOFT_BYTES - memoryBytes, memoryBytes / 3) / ROW_BYTES;

export interface Share {
	/** The most new rows of a tick. */
	readonly maxRecords: number;
	/** The most that may have to be remembered. */
	readonly room: number;
	readonly overlapSeconds: number;
}

/**
 * Where a tick must end so that its new rows are not too many for n8n, and those still to be remembered not too many for
 * the state: at a minute, after the first that has new rows in any case.
 */
export function shareOf(fresh: readonly Row[], provenTo: WallSeconds, { maxRecords, room, overlapSeconds }: Share): WallSeconds {
	const counts = new Map<number, number>();
	for (const { at } of fresh) counts.set(minuteOf(at), (counts.get(minuteOf(at)) ?? 0) + 1);
	const minutes = [...counts].sort(([a], [b]) => a - b);
	let [all, near, first] = [0, 0, 0];
	for (const [index, [minute, rows]] of minutes.entries()) {
		all += rows;
		near += rows;
		while (minutes[first][0] < minute - overlapSeconds / 60) near -= minutes[first++][1];
		if (index > 0 && (all > maxRecords || near > room)) return Math.min(provenTo, minute * 60);
	}
	return provenTo;
}
