import { identityOf } from '../../../core/api/record';
import { wallFromInstant } from '../../../core/time/wallClock';
import type { Delivered } from './host';
import type { Life, Setting } from './life';

/** What a life broke of the trigger's promises, in words; nothing when it kept them all. */
export function broken({ zone, startMs, afterRestart }: Setting, { host }: Life): string[] {
	const start = wallFromInstant(startMs, zone);
	const owed = new Map<string, number>();
	for (const { at, record } of host.arrivals.all)
		if (at >= start) owed.set(identityOf(record), (owed.get(identityOf(record)) ?? 0) + 1);
	const came = new Map<string, Map<string, Delivered[]>>();
	for (const one of host.delivered) {
		const byId = came.get(identityOf(one.record)) ?? new Map<string, Delivered[]>();
		came.set(identityOf(one.record), byId);
		byId.set(one.recordId, [...(byId.get(one.recordId) ?? []), one]);
	}
	const missing = [...owed].reduce(
		(sum, [identity, times]) => sum + Math.max(0, times - (came.get(identity)?.size ?? 0)),
		0,
	);
	const forgiven = afterRestart === 'skip' ? host.lost.flat().length : 0;
	const faults: string[] = [];
	if (missing > forgiven) faults.push(`${missing} rows never came, ${forgiven} may be missing`);
	for (const [identity, byId] of came) {
		if (byId.size > (owed.get(identity) ?? 0))
			faults.push(`${identity} came ${byId.size} times, there are ${owed.get(identity) ?? 0}`);
	}
	const lastBatches = lastOfEachLife(host.delivered);
	for (const deliveries of [...came.values()].flatMap((byId) => [...byId.values()])) {
		for (const [index, later] of deliveries.slice(1).entries()) {
			const earlier = deliveries[index];
			const isLastBatch = earlier.life < later.life && lastBatches.get(earlier.life) === earlier.batch;
			if (afterRestart === 'skip' || !isLastBatch)
				faults.push(
					`${later.recordId} of ${later.record.date} came in batch ${earlier.batch} and again in ${later.batch}`,
				);
		}
	}
	return faults.slice(0, 5);
}

/** The last batch that each life of the process delivered. */
function lastOfEachLife(delivered: readonly Delivered[]): Map<number, number> {
	return new Map(delivered.map(({ life, batch }) => [life, batch]));
}
