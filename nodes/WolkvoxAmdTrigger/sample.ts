import { triggerLimits } from '../../core/limits';
import type { Failure } from '../../core/failures';
import type { AmdRecord } from '../../core/api/record';
import { type Connection, nothingSpent } from '../../core/api/request';
import { type TriggerRow, readRange } from '../../core/trigger/readRange';
import { alwaysScope } from '../../core/trigger/scopes';
import { latestWall } from '../../core/time/wallClock';
import type { Window } from '../../core/time/window';

const DAY = 86_400;
/** Days looked at, from today back: a request each, as long as there is nothing. */
const DAYS_BACK = 31;

export interface SampleOptions {
	readonly campaign: string;
	readonly zone: string;
	/** Which records may be shown. */
	wants(record: AmdRecord): boolean;
}

/** The latest records of today, or of the last day that has any; none at all, or why there are none. */
export async function sample(
	connection: Connection,
	{ campaign, zone, wants }: SampleOptions,
): Promise<readonly TriggerRow[] | Failure> {
	const wallNow = (): number => latestWall(connection.world.now(), zone);
	for (const range of days(wallNow())) {
		const { rows: all, failed } = await readRange(
			{ ...connection, spending: nothingSpent() },
			{
				range,
				scopes: alwaysScope(campaign),
				wallNow,
				maxRecords: Infinity,
				trustsEmpty: true,
				isNew: () => false,
			},
		);
		const rows = all.filter(({ record }) => wants(record));
		if (rows.length > 0) return rows.slice(-triggerLimits.sampleRecords);
		if (failed.length > 0) return failed[0].failure;
	}
	return [];
}

/** Today, then day by day back. */
function days(now: number): Window[] {
	const midnight = now - (now % DAY);
	const today = midnight < now ? [{ from: midnight, to: now }] : [];
	return [
		...today,
		...Array.from({ length: DAYS_BACK }, (_, back) => ({
			from: midnight - (back + 1) * DAY,
			to: midnight - back * DAY,
		})),
	];
}
