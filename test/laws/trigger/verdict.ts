import { identityOf } from '../../../core/api/record';
import { triggerLimits } from '../../../core/limits';
import { wallFromInstant } from '../../../core/time/wallClock';
import type { Delivered } from './host';
import type { Life, Setting } from './life';

const nameOf = ({ recordId }: Delivered): string => recordId.split('-')[0];
const versionOf = (one: Delivered): string => `${one.recordId} ${identityOf(one.record)}`;

function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}

/**
 * What a life broke of the trigger's promises, in words; nothing when it kept them all.
 * @param owedFrom the first second whose records are owed, where it is not the start
 */
export function broken({ zone, startMs, afterRestart }: Setting, { host }: Life, owedFrom?: number): string[] {
	const start = owedFrom ?? wallFromInstant(startMs, zone);
	const owed = [...host.arrivals.all].filter(({ at }) => at >= start).map(({ record }) => identityOf(record));
	return [
		...missing(owed, host.delivered, forgiven(host.lost, afterRestart)),
		...doubled(host.delivered, afterRestart),
		...(host.stateBytes > triggerLimits.stateMaxBytes ? [`a state of ${host.stateBytes} bytes`] : []),
	].slice(0, 5);
}

/** Whoever writes by record_id must end with the rows that there are. */
function missing(owed: readonly string[], delivered: readonly Delivered[], mayMiss: number): string[] {
	const written = new Map(delivered.map((one) => [one.recordId, identityOf(one.record)]));
	const count = (rows: Iterable<string>): Map<string, number> =>
		new Map([...grouped(rows, (row) => row)].map(([row, all]) => [row, all.length]));
	const [are, came] = [count(owed), count(written.values())];
	const never = [...are].map(([row, times]) => [row, times - (came.get(row) ?? 0)] as const).filter(([, n]) => n > 0);
	const sum = never.reduce((total, [, n]) => total + n, 0);
	const tooMany = [...came].filter(([row, times]) => times > (are.get(row) ?? 0)).map(([row]) => row);
	return [
		...(sum > mayMiss ? [`${sum} rows never came, ${mayMiss} may be missing, such as ${never[0][0]}`] : []),
		...tooMany
			.slice(0, sum > mayMiss || mayMiss === 0 ? 3 : 0)
			.map((row) => `${row} is written more often than it is there`),
	];
}

/** Rows of batches that never ran: with Skip each, with Repeat those that were sent twice. */
function forgiven(lost: readonly Delivered[][], afterRestart: Setting['afterRestart']): number {
	const batches = grouped(lost.flat(), versionOf);
	return [...batches.values()].filter(({ length }) => afterRestart === 'skip' || length > 1).length;
}

/** What one batch brought of one name: all of its equals that there were. */
interface Bringing {
	readonly batch: number;
	readonly life: number;
	readonly rows: string;
	readonly isForgetful: boolean;
}

function doubled(delivered: readonly Delivered[], afterRestart: Setting['afterRestart']): string[] {
	const lastBatches = new Map(delivered.map(({ life, batch }) => [life, batch]));
	const faults: string[] = [];
	for (const ofName of grouped(delivered, nameOf).values()) {
		const bringings = [...grouped(ofName, ({ batch }) => String(batch)).values()].map((rows): Bringing => {
			const [{ batch, life }] = rows;
			return {
				batch,
				life,
				rows: rows.map(versionOf).sort().join(),
				isForgetful: rows.some(({ repeated }) => repeated),
			};
		});
		let timesSent = 1;
		for (const [index, later] of bringings.slice(1).entries()) {
			const earlier = bringings[index];
			timesSent = later.rows === earlier.rows ? timesSent + 1 : 1;
			if (timesSent === 1 || later.isForgetful) continue;
			const isLastBatch = earlier.life < later.life && lastBatches.get(earlier.life) === earlier.batch;
			if (afterRestart === 'repeat' && isLastBatch && timesSent === 2) continue;
			faults.push(`${later.rows} came in batch ${earlier.batch} and again in ${later.batch}`);
		}
	}
	return faults;
}
