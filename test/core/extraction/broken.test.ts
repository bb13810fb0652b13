import type { Transport } from '../../../core/api/ports';
import { formatWall, parseRowDate } from '../../../core/time/wallClock';
import { type Window, totalSeconds } from '../../../core/time/window';
import { answer, envelope, refusal } from '../../support/exchanges';
import { between, runToEnd } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';

const DAY = 86_400;
const secondsIn = (date: string | undefined): number => Number(parseRowDate(date ?? '')?.at);
const row = (at: number): Record<string, string> => ({
	customer_id: '1',
	campaign_id: '7',
	file_name: '',
	telephone: '57',
	result: 'HUMAN',
	date: formatWall(at),
});
const withoutFile = (whole: Record<string, string>): unknown =>
	Object.fromEntries(Object.entries(whole).filter(([field]) => field !== 'file_name'));

/** How an answer is broken that covers a broken second; `null` in place of a body stands for status 500. */
const kinds: ReadonlyArray<
	readonly [how: string, spoil: (at: number) => unknown, body: (whole: string) => string | null, why: string]
> = [
	['a row without a key', (at) => withoutFile(row(at)), (whole) => whole, 'oddRow'],
	['null', () => null, (whole) => whole, 'oddRow'],
	['a text in place of a row', () => 'x', (whole) => whole, 'oddRow'],
	['an empty 200', row, () => '', 'cut'],
	['a 500', row, () => null, 'serverStatus'],
	['a cut at the same place', row, (whole) => whole.slice(0, -200), 'cut'],
	['a notice in place of it', row, () => '<br /><b>Fatal error</b>: x in y on line <b>12</b><br />', 'notice'],
];

/** A row a minute, and broken seconds. */
async function reading(
	range: Window,
	broken: (at: number) => boolean,
	[, spoil, body]: (typeof kinds)[number] = kinds[0],
) {
	const world = new VirtualWorld();
	const transport: Transport = async ({ query }) => {
		if (query.api === 'token_info') return answer(404, refusal('404', 'Not found'));
		const [first, last] = [secondsIn(query.date_ini), secondsIn(query.date_end)];
		const data: unknown[] = [];
		let isBroken = false;
		for (let at = first; at <= last; at++) {
			if (broken(at)) data.push(spoil(at));
			else if (at % 60 === 0) data.push(row(at));
			isBroken ||= broken(at);
		}
		if (data.length === 0) return answer(404, refusal('404', 'Validate dates entered'));
		const text = isBroken ? body(envelope({ data, msg: '' })) : envelope({ data, msg: '' });
		return text === null ? answer(500, 'x') : answer(200, text, { pieceBytes: 65_536 });
	};
	const { records, report } = await runToEnd({ world, transport, host: 'broken' }, { range });
	return { records, report, lost: totalSeconds(report.unproven.map(({ window }) => window)) };
}

const day = between('2025-03-04', '2025-03-05');
const at = day.from + 10 * 3_600 + 17 * 60 + 23;

describe.each(kinds)('%s', (...kind) => {
	test('costs that second and the one beside it, in few requests, and is named', async () => {
		const { records, report } = await reading(day, (one) => one === at, kind);
		expect(records).toHaveLength(1_440);
		expect(report.unproven).toMatchObject([{ window: { from: at - 1, to: at + 2 }, failure: { why: kind[3] } }]);
		expect(report.requests).toBeLessThanOrEqual(2 * Math.log2(DAY) + 12);
	});
});

test('a key that every row lacks is told by name within six requests', async () => {
	const { report } = await reading(day, (one) => one % 60 === 0);
	expect(report.requests).toBeLessThanOrEqual(6);
	expect(report.unproven).toMatchObject([
		{ window: day, failure: { kind: 'transient', why: 'oddRow', said: 'a row without file_name' } },
	]);
});

describe('over a month', () => {
	const month = between('2025-03-01', '2025-04-01');
	const ten = Array.from({ length: 10 }, (_, index) => month.from + index * 3 * DAY + 7_000 * index + 11);

	test('ten such seconds cost no more than three seconds and forty requests each', async () => {
		const { records, report, lost } = await reading(month, (one) => ten.includes(one));
		expect(lost).toBeLessThanOrEqual(30);
		expect(records.length).toBeGreaterThan(31 * 1_440 - 10);
		expect(report.requests).toBeLessThanOrEqual(400);
	});

	test('a whole broken hour is one place', async () => {
		const { records, report } = await reading(month, (one) => one >= at && one < at + 3_600);
		expect(report.unproven).toMatchObject([{ window: { from: at - 1, to: at + 3_601 } }]);
		expect(records).toHaveLength(31 * 1_440 - 60);
		expect(report.requests).toBeLessThanOrEqual(90);
	});

	test('a second of each day: past a dozen places coarser windows are named, and the run ends', async () => {
		const { report } = await reading(month, (one) => one % (DAY + 1) === 5_000);
		expect(report.requests).toBeLessThanOrEqual(800);
		expect(report.unproven.every(({ failure }) => failure.kind === 'transient')).toBe(true);
	});
});

test('a host that fails from some moment on ends the run: what answered before is asked again, and is refused, too', async () => {
	const world = new VirtualWorld();
	let requests = 0;
	const transport: Transport = async ({ query }) => {
		const [first, last] = [secondsIn(query.date_ini), secondsIn(query.date_end)];
		if (++requests > 2) return answer(500, 'x');
		const data: object[] = [];
		for (let second = first; second <= last; second++) if (second % 60 === 0) data.push(row(second));
		return answer(200, envelope({ data, msg: '' }), { pieceBytes: 65_536 });
	};
	const { report } = await runToEnd({ world, transport, host: 'gone' }, { range: between('2025-03-01', '2025-04-01') });
	expect(report.unproven).toMatchObject([{ failure: { kind: 'transient', why: 'serverStatus' } }]);
	expect(report.requests).toBeLessThan(15);
});

test('one second with 70,000 rows of five campaigns comes whole: their sum is no cap', async () => {
	const world = new VirtualWorld();
	const campaigns = ['1', '2', '3', '4', '5'];
	const transport: Transport = async ({ query }) => {
		if (query.api === 'campaigns')
			return answer(200, envelope({ data: campaigns.map((campaign_id) => ({ campaign_id })), msg: '' }));
		const [first, last] = [secondsIn(query.date_ini), secondsIn(query.date_end)];
		if (first > at || last < at) return answer(404, refusal('404', 'Validate dates entered'));
		const asked = query.campaign_id === 'all' ? campaigns : [query.campaign_id];
		const data = asked.flatMap((campaign_id) => Array.from({ length: 14_000 }, () => ({ ...row(at), campaign_id })));
		return answer(200, envelope({ data: data.slice(0, 60_000), msg: '' }), { pieceBytes: 65_536 });
	};
	const { records, report } = await runToEnd(
		{ world, transport, host: 'sum' },
		{ range: { from: at - 60, to: at + 60 } },
	);
	expect(report.unproven).toEqual([]);
	expect(records).toHaveLength(70_000);
});
