import { ask, report, reportPath } from './ask';
import { digestOf, startSimulator, wallSeconds, type Simulator, type SimulatorOptions } from './index';

/* Each unknown of the contract has a switch, and each switch does what it says. */

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ now, rowsPerDay: 5000 });
});
afterAll(async () => await simulator.close());

const now = () => '2024-06-01 12:00:00';
const hour = ['20240514090000', '20240514095959'] as const;
const night = ['20240514030000', '20240514035959'] as const;

/** With these switches only, and back. */
async function under<T>(changes: Partial<SimulatorOptions>, look: () => Promise<T>): Promise<T> {
	const before = { ...simulator.options };
	simulator.configure(changes);
	return await look().finally(() => simulator.configure(before));
}

const body = async (changes: Partial<SimulatorOptions>) =>
	await under(changes, async () => await report(simulator, ...hour));
const text = async (changes: Partial<SimulatorOptions>, window: readonly [string, string] = hour) =>
	await under(changes, async () => (await ask(simulator, reportPath(...window))).text);
const datesOf = ({ data }: { data: Array<{ date: string }> }) => data.map(({ date }) => date);
const truth = () => simulator.truth({ from: '2024-05-14 09:00:00', to: '2024-05-14 10:00:00' });

test('code as text or number', async () => {
	expect((await body({})).code).toBe('200');
	expect((await body({ codeAs: 'number' })).code).toBe(200);
});

test.each([
	['[]', '"data": []'],
	['null', '"data": null'],
	['{}', '"data": {}'],
] as const)('empty as 200 with %s', async (emptyAs, part) => {
	const empty = await text({ emptyAs }, night);
	expect(empty).toContain(part);
	expect(empty).toContain('"msg": "0 records were found"');
});

test('empty as 200 without data', async () => {
	expect(await text({ emptyAs: 'absent' }, night)).toBe(
		'{\n    "code": "200",\n    "error": "",\n    "msg": "0 records were found"\n}',
	);
});

test('order of rows', async () => {
	const ascending = datesOf(await body({}));
	expect(ascending).toEqual([...ascending].sort());
	expect(datesOf(await body({ order: 'descending' }))).toEqual([...ascending].reverse());
	const shuffled = await body({ order: 'shuffled' });
	expect(datesOf(shuffled)).not.toEqual(ascending);
	expect(digestOf(shuffled.data)).toEqual(truth());
	const campaigns = (await body({ order: 'grouped' })).data.map(({ campaign_id }) => campaign_id);
	expect(campaigns.filter((id, i) => id !== campaigns[i - 1])).toEqual(['22109', '22110', '26687', '7']);
});

test.each([
	['closed', ['10', '11', '12']],
	['fromOpen', ['11', '12']],
	['toOpen', ['10', '11']],
	['open', ['11']],
] as const)('bounds %s', async (bounds, seconds) => {
	const spikes = ['10', '11', '12'].map((second) => ({ at: `2024-05-14 03:00:${second}`, rows: 1 }));
	const { data } = await under(
		{ bounds, spikes },
		async () => await report(simulator, '20240514030010', '20240514030012'),
	);
	expect(data.map(({ date }) => date.slice(-2))).toEqual(seconds);
});

test('over the cap: what is kept, and what msg counts', async () => {
	const { data: all } = await body({});
	const kept = async (changes: Partial<SimulatorOptions>) => await body({ capRecords: 100, ...changes });
	expect((await kept({ overCap: 'cutNewest' })).data).toEqual(all.slice(0, 100));
	expect((await kept({ overCap: 'cutOldest' })).data).toEqual(all.slice(-100));
	expect((await kept({ overCap: 'cutRandom' })).data).toHaveLength(100);
	expect(new Set((await kept({ overCap: 'grouped' })).data.map(({ campaign_id }) => campaign_id))).toEqual(
		new Set(['22109']),
	);
	expect((await kept({})).msg).toBe('100 records were found');
	expect((await kept({ msgOverCap: 'true' })).msg).toBe(`${all.length} records were found`);
	expect(simulator.requests.at(-1)?.outcome).toBe('cut');
	expect((await body({ capRecords: all.length })).data).toEqual(all);
	expect(simulator.requests.at(-1)?.outcome).toBe('whole');
});

test.each([
	['error400', 400, /exceeds/],
	['error500', 500, /exceeds/],
	['notFound', 404, /Validate dates entered/],
] as const)('over the cap: %s', async (overCap, status, msg) => {
	const answer = await body({ capRecords: 100, overCap });
	expect(answer.status).toBe(status);
	expect(answer.msg).toMatch(msg);
	expect(answer.data).toBeUndefined();
});

test.each([
	['YYYY-MM-DD HH:MM', /^2024-05-14 09:\d\d$/],
	['YYYY-MM-DD HH:MM:00', /^2024-05-14 09:\d\d:00$/],
	['YYYY-MM-DD HH', /^2024-05-14 09$/],
	['YYYY-MM-DD-HH', /^2024-05-14-09$/],
	['YYYY-MM-DD HH:00:00', /^2024-05-14 09:00:00$/],
	['YYYY-MM-DDTHH:MM:SS', /^2024-05-14T09:\d\d:\d\d$/],
	['YYYY/MM/DD HH:MM:SS', /^2024\/05\/14 09:\d\d:\d\d$/],
	['DD/MM/YYYY HH:MM:SS', /^14\/05\/2024 09:\d\d:\d\d$/],
	['DD-MM-YYYY HH:MM:SS', /^14-05-2024 09:\d\d:\d\d$/],
	['YYYYMMDDHHMMSS', /^2024051409\d{4}$/],
] as const)('date as %s', async (dateForm, form) => {
	const dates = datesOf(await body({ dateForm }));
	expect(dates.filter((date) => !form.test(date))).toEqual([]);
	expect(dates).toHaveLength(truth().count);
});

test('rows: result, keys, extra fields, padding', async () => {
	expect((await body({ resultCase: 'lower' })).data.every(({ result }) => /^(human|machine)$/.test(result))).toBe(true);
	expect(Object.keys((await body({ keyOrder: 'reversed' })).data[0])[0]).toBe('date');
	expect(new Set((await body({ keyOrder: 'mixed' })).data.map((row) => Object.keys(row)[0])).size).toBeGreaterThan(2);
	const odd = await body({ extraFields: true, padBytes: 1000, keyOrder: 'mixed' });
	expect(odd.data[0]).toMatchObject({ agent_id: null, detail: { tries: [1, 2] }, padding: 'x'.repeat(1000) });
	expect(digestOf(odd.data)).toEqual(truth());
});

test('body: layout, escapes, encoding, mark at the start, compression', async () => {
	expect(await text({ prettyPrint: false })).toMatch(
		/^\{"code":"200","error":"","msg":"\d+ records were found","data":\[\{"customer_id":"/,
	);
	expect(await text({ msgLeadingSpace: true })).toMatch(/"msg": " \d+ records/);
	expect(await text({})).toContain('"buz\\u00f3n ventas.mp3"');
	expect(await text({ escapeUnicode: false })).toContain('"buzón ventas.mp3"');
	const raw = async () => {
		const response = await fetch(`${simulator.url}/api/v2/${reportPath(...hour)}`, {
			headers: { 'wolkvox-token': simulator.token },
		});
		return { encoding: response.headers.get('content-encoding'), bytes: Buffer.from(await response.arrayBuffer()) };
	};
	const latin = await under({ latin1: true, escapeUnicode: false, gzip: false }, raw);
	expect(latin.encoding).toBeNull();
	expect(latin.bytes.includes(Buffer.from('buzón ventas', 'latin1'))).toBe(true);
	expect(latin.bytes.includes(Buffer.from('buzón ventas', 'utf8'))).toBe(false);
	expect([...(await under({ bomAtStart: true }, raw)).bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x7b]);
	const plain = await under(
		{},
		async () => await ask(simulator, reportPath(...hour), { 'accept-encoding': 'identity' }),
	);
	expect(plain.headers.get('content-encoding')).toBeNull();
});

test.each([true, false])('envelopes of other endpoints, pretty %s', async (prettyPrint) => {
	const bare: Array<{ date: string }> = JSON.parse(await text({ envelope: 'bareArray', prettyPrint }));
	expect(bare).toHaveLength(truth().count);
	const first = await text({ envelope: 'dataFirst', prettyPrint });
	expect(first.indexOf('"data"')).toBeLessThan(first.indexOf('"msg"'));
	expect(JSON.parse(first)).toMatchObject({ code: '200', msg: `${bare.length} records were found` });
	const numbered: { data: Record<string, unknown> } = JSON.parse(await text({ envelope: 'dataObject', prettyPrint }));
	expect(Object.values(numbered.data)).toEqual(bare);
	expect(Object.keys(numbered.data)[1]).toBe('1');
});

test.each([
	['404', 404],
	['400', 400],
	['html', 200],
	['500', 500],
] as const)('over 31 days, or a bad date, as %s', async (as, status) => {
	const statuses = await under({ overSpanAs: as, badDatesAs: as, rowsPerDay: 100 }, async () => [
		(await ask(simulator, reportPath('20240401000000', '20240502000001'))).status,
		(await ask(simulator, reportPath('20240231000000', '20240302000000'))).status,
		(await ask(simulator, reportPath('20240401000000', '20240502000000'))).status,
	]);
	expect(statuses).toEqual([status, status, 200]);
});

test('a row that is late appears when its time has come', async () => {
	const spike = '2024-06-01 11:50:00';
	const late = { spikes: [{ at: spike, rows: 5 }], lateSeconds: { min: 600, max: 900, share: 1 }, rowsPerDay: 0 };
	const found = async (at: number) =>
		await under(
			{ ...late, now: () => at },
			async () => (await report(simulator, '20240601115000', '20240601115000')).data?.length ?? 0,
		);
	expect(await found(wallSeconds(spike) + 590)).toBe(0);
	expect(await found(wallSeconds(spike) + 902)).toBe(5);
});
