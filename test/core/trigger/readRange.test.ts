import type { Transport } from '../../../core/api/ports';
import { openLane } from '../../../core/api/tokenLane';
import { nothingSpent } from '../../../core/api/request';
import { type ReadRangeOptions, readRange } from '../../../core/trigger/readRange';
import { alwaysScope } from '../../../core/trigger/scopes';
import type { SimulatorOptions } from '../../simulator';
import { answer, envelope, row } from '../../support/exchanges';
import { between } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';
import { wireTo } from '../../support/wire';

const range = between('2024-05-06 09:00:00', '2024-05-06 09:40:00');
const [, second, third, fourth] = [0, 600, 1_200, 1_800].map((seconds) => range.from + seconds);

async function gatheredBy(
	transport: Transport,
	options: Partial<ReadRangeOptions> = {},
	signal = new AbortController().signal,
	world = new VirtualWorld(),
) {
	const lane = openLane(world, 'gather', 'token', { parallel: 1 });
	const line = { transport, world, lane, spending: nothingSpent(), signal };
	const result = await readRange(line, {
		range,
		scopes: alwaysScope('all'),
		maxRecords: Infinity,
		wallNow: () => range.to + 86_400,
		isNew: () => true,
		...options,
	});
	lane.close();
	return result;
}

async function gathered(api: Partial<SimulatorOptions>, options: Partial<ReadRangeOptions> = {}, signal?: AbortSignal) {
	const world = new VirtualWorld();
	const wire = wireTo(world, { shape: 'flat', now: () => '2024-06-01 00:00:00', ...api });
	return { ...(await gatheredBy(wire.transport, options, signal, world)), wire };
}

test('a tick whose time is over already asks nothing, and says so', async () => {
	const { wire, rows, provenTo, stopped } = await gathered({}, {}, AbortSignal.abort());
	expect(wire.sent).toEqual([]);
	expect({ rows, provenTo, stopped }).toEqual({ rows: [], provenTo: range.from, stopped: { kind: 'cancelled' } });
});

test('rows without a readable date are kept at the end of their window, which they may lie before', async () => {
	const { rows, wire } = await gathered({ unreadableDateShare: 0.2 }, { maxWindowSeconds: 600 });
	expect(rows).toHaveLength(wire.operation.count(range));
	const undated = rows.filter(({ record }) => !record.date.startsWith('2024'));
	expect(undated.length).toBeGreaterThan(20);
	expect(rows.filter(({ isDated }) => !isDated)).toEqual(undated);
	expect([...new Set(undated.map(({ at }) => at))]).toEqual([second, third, fourth, range.to].map((end) => end - 1));
});

test('so is a row whose date is coarser than the others’: it does not lie at its midnight', async () => {
	const data = [row, { ...row, customer_id: '2', date: '2024-05-06' }];
	const { rows } = await gatheredBy(() =>
		Promise.resolve(answer(200, envelope({ data, msg: '2 records were found' }))),
	);
	expect(rows.map(({ record, at, isDated }) => [record.date, at, isDated])).toEqual([
		['2024-05-06', range.to - 1, false],
		[row.date, range.from, true],
	]);
});

test('an end of the run amid its windows is not passed over: what was read behind it is read again', async () => {
	// The second window is empty at first; its second look, after the third, meets a spent quota.
	const quiet = [{ from: second, to: third }];
	const { failed, rows, provenTo, stopped, unproven } = await gathered(
		{ quiet, licences: 1, usedByOtherTokens: 997 },
		{ maxWindowSeconds: 600 },
	);
	expect(failed.map(({ window }) => window)).toEqual([
		{ from: second, to: third },
		{ from: fourth, to: range.to },
	]);
	expect(rows.some(({ at }) => at >= third)).toBe(true);
	expect({ provenTo, stopped, unproven }).toMatchObject({
		provenTo: second,
		stopped: { kind: 'refused', why: 'quotaSpent' },
		unproven: [],
	});
});
