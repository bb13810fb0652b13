import { apiLimits } from '../../../core/limits';
import type { Reply, Transport } from '../../../core/api/ports';
import { formatWall, parseRowDate } from '../../../core/time/wallClock';
import { explain } from '../../../core/messages';
import { answer, envelope, refusal, row } from '../../support/exchanges';
import { between, runToEnd } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';

const month = between('2025-03-01', '2025-04-01');
const MINUTE = 60;
const usual = { ...apiLimits };
/** A body of the real limit takes seconds. */
beforeAll(() => void Object.assign(apiLimits, { maxBodyBytes: 1024 * 1024 }));
afterAll(() => void Object.assign(apiLimits, usual));

type Asked = { readonly from: number; readonly to: number };
const rowsAt = (at: number, count: number): string =>
	`{"code":"200","data":[${`${JSON.stringify({ ...row, date: formatWall(at) })},`.repeat(count)}`;
const bodies = {
	'a body past the limit': ({ to }: Asked) => answer(200, rowsAt(to - 2, 8_000), { pieceBytes: 64 * 1024 }),
	'a body that never closes': ({ to }: Asked) => answer(200, rowsAt(to - 2, 1), { end: 'timedOut' }),
	'a run of blanks': () => answer(200, ' '.repeat(2 * 1024 * 1024), { pieceBytes: 64 * 1024 }),
};
let hosts = 0;

/** A month's run, by what each window is answered. */
async function run(reply: (asked: Asked) => Reply, options: { capRecords?: number } = {}) {
	const transport: Transport = async ({ query }) => {
		if (query.api !== 'campaign_7') return answer(404, refusal('404', 'Not found'));
		const [from, last] = [query.date_ini, query.date_end].map((text) => Number(parseRowDate(text)?.at));
		return reply({ from, to: last + 1 });
	};
	const way = { world: new VirtualWorld(), transport, host: `endless-${hosts++}` };
	return await runToEnd(way, { range: month, ...options });
}

test.each(Object.entries(bodies))('%s, whatever is asked: six of them at most, and a named end', async (_, body) => {
	let sent = 0;
	const { report } = await run((asked) => (sent++, body(asked)), { capRecords: 1e9 });
	expect(sent).toBeLessThanOrEqual(6);
	expect(report.unproven).toMatchObject([{ window: month, failure: { kind: 'transient', why: 'endless' } }]);
	expect(explain(report.unproven[0].failure, 'wv0022.wolkvox.com').message).toMatch(/have no end/);
});

test('where smaller windows are answered, it is what the window holds: it is halved, and all comes', async () => {
	const { report, records } = await run((asked) => {
		const { from, to } = asked;
		if (to - from > 6 * 3_600) return bodies['a body that never closes'](asked);
		const data = [];
		for (let at = Math.ceil(from / MINUTE) * MINUTE; at < to; at += MINUTE) data.push({ ...row, date: formatWall(at) });
		return data.length > 0
			? answer(200, envelope({ data, msg: '' }), { pieceBytes: 65_536 })
			: answer(404, refusal('404', 'Validate dates entered'));
	});
	expect(report.unproven).toEqual([]);
	expect(records).toHaveLength((month.to - month.from) / MINUTE);
});
