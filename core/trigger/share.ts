import { triggerLimits } from '../limits';
import type { WallSeconds } from '../time/window';
import type { TriggerRow } from './readRange';
import { bytesOf, minuteOf, remember } from './memory/overlap';

export interface Share {
	/** The most new rows of a tick. */
	readonly maxRecords: number;
	/** Bytes that the memory takes already. */
	readonly memoryBytes: number;
	/** New rows from here on have to be remembered. */
	readonly keepFrom: WallSeconds;
}

/**
 * Where a tick must end so that its new rows are not too many for n8n, and those still to be remembered not too many for
 * the state: at a minute, after the first that has new rows in any case.
 */
export function shareOf(
	fresh: readonly TriggerRow[],
	provenTo: WallSeconds,
	{ maxRecords, memoryBytes, keepFrom }: Share,
): WallSeconds {
	const room = Math.max(triggerLimits.stateSoftBytes - memoryBytes, memoryBytes / 3);
	const minutes = new Map<number, TriggerRow[]>();
	for (const row of fresh) {
		const rows = minutes.get(minuteOf(row.at));
		if (rows) rows.push(row);
		else minutes.set(minuteOf(row.at), [row]);
	}
	let [records, bytes] = [0, 0];
	for (const [index, [minute, rows]] of [...minutes].sort(([a], [b]) => a - b).entries()) {
		records += rows.length;
		if ((minute + 1) * 60 > keepFrom) bytes += bytesOf(remember(rows));
		if (index > 0 && (records > maxRecords || bytes > room)) return Math.min(provenTo, minute * 60);
	}
	return provenTo;
}
