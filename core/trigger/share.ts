import type { WallSeconds } from '../time/window';
import type { TriggerRow } from './readRange';
import { minuteOf } from './memory/overlap';

/** Where a tick must end so that its new rows are not too many for n8n: at a minute, after the first that has any. */
export function shareOf(fresh: readonly TriggerRow[], provenTo: WallSeconds, maxRecords: number): WallSeconds {
	const minutes = new Map<number, number>();
	for (const { at } of fresh) minutes.set(minuteOf(at), (minutes.get(minuteOf(at)) ?? 0) + 1);
	let records = 0;
	for (const [index, [minute, rows]] of [...minutes].sort(([a], [b]) => a - b).entries()) {
		records += rows;
		if (index > 0 && records > maxRecords) return Math.min(provenTo, minute * 60);
	}
	return provenTo;
}
