import { openLane } from '../../../core/api/tokenLane';
import { nothingSpent } from '../../../core/api/request';
import { type Cursor, advance, startAt } from '../../../core/trigger/memory/cursor';
import { alwaysScope } from '../../../core/trigger/scopes';
import { tick } from '../../../core/trigger/tick';
import { latestWall } from '../../../core/time/wallClock';
import { answer, envelope, row } from '../../support/exchanges';
import { VirtualWorld } from '../../support/virtualWorld';

const zone = 'America/Bogota';
const dates = (...given: string[]) => given.map((date, i) => ({ ...row, customer_id: String(i), date }));

/** One tick at 12:00:00, on an answer of these rows. */
async function tickOn(cursor: Cursor, data: ReturnType<typeof dates>, maxRecords: number) {
	const world = new VirtualWorld();
	const lane = openLane(world, 'tick', 'token', { parallel: 1 });
	const transport = () => Promise.resolve(answer(200, envelope({ data, msg: `${data.length} records were found` })));
	const line = { transport, world, lane, spending: nothingSpent(), signal: new AbortController().signal };
	const done = await tick(line, cursor, {
		scopes: alwaysScope('all'),
		zone,
		overlapSeconds: 3_600,
		maxRecords,
	});
	lane.close();
	return { ...done, cursor: advance(cursor, done.step!) };
}

test.each([
	['without a date', ''],
	['with one', '2024-06-01 11:59:10'],
])('rows %s that were emitted already take nothing of what a tick may emit', async (_, date) => {
	const nowMs = new VirtualWorld().now();
	const first = await tickOn(startAt(latestWall(nowMs, zone) - 1_800, nowMs), dates(date, date, date), 3);
	expect(first.fresh).toHaveLength(3);
	const then = await tickOn(first.cursor, dates(date, date, date, '2024-06-01 11:40:00', '2024-06-01 11:59:30'), 3);
	expect(then.fresh.map(({ row: { record } }) => record.date)).toEqual(['2024-06-01 11:40:00', '2024-06-01 11:59:30']);
	expect(then.step).toMatchObject({ isThrough: true });
});
