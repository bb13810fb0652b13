/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { constants, gunzipSync } from 'node:zlib';
import { ask, report, reportPath } from './ask';
import { faultNames, startSimulator, type Fault, type FaultName, type Simulator } from './index';

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({ now: () => '2024-06-01 12:00:00', rowsPerDay: 50_000 });
});
afterEach(async () => await simulator.close());

const hour = ['20240514090000', '20240514095959'] as const;
const path = reportPath(...hour);
const last = () => simulator.requests[simulator.requests.length - 1];
const hit = async (fault: Fault | FaultName, headers?: Record<string, string>) => {
	simulator.configure({ faults: { script: [fault] } });
	return await ask(simulator, path, headers);
};
/** The body as it travels. */
const rawBytes = async () =>
	await new Promise<Buffer>((resolve, reject) => {
		const headers = { 'wolkvox-token': simulator.token, 'accept-encoding': 'gzip' };
		get(`${simulator.url}/api/v2/${path}`, { headers, agent: false }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('end', () => resolve(Buffer.concat(parts)));
			response.on('error', reject);
		}).on('error', reject);
	});
const wholeJson = (text: string) => {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

test.each([
	['http500', 500],
	['http502', 502],
	['http503', 503],
	['http504', 504],
	['html200', 200],
	['html502', 502],
] as const)('%s is a page of a proxy', async (name, status) => {
	const reply = await hit(name);
	expect(reply.status).toBe(status);
	expect(reply.headers.get('content-type')).toBe('text/html');
	expect(reply.text).toMatch(/^<html>/);
	expect(last().outcome).toBe(name);
});

test('busy, empty body, other code, redirect', async () => {
	expect((await hit('busy')).text).toContain('SIMULTANEOUS REQUESTS');
	expect(await hit('emptyBody')).toMatchObject({ status: 200, text: '' });
	const other = await hit('otherCode200');
	expect([other.status, JSON.parse(other.text)]).toEqual([
		200,
		{ code: '500', error: 'Internal Server Error', msg: 'Internal server error' },
	]);
	const moved = await hit({ name: 'redirect', location: 'http://127.0.0.1:1/' });
	expect([moved.status, moved.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/']);
});

test('answers that lie about their rows', async () => {
	const honest = await report(simulator, ...hour);
	const count = honest.data.length;
	expect((await hit('falseEmpty')).text).toContain('Validate dates entered');
	expect(JSON.parse((await hit('wrongCount')).text)).toEqual({
		code: '200',
		error: '',
		msg: `${count + 1} records were found`,
		data: honest.data,
	});
	const middle = Math.floor(count / 2);
	const odd: { data: unknown[] } = JSON.parse((await hit('rowNotObject')).text);
	expect([odd.data.length, odd.data[middle]]).toEqual([count, null]);
	const missing: { data: Array<Record<string, string>> } = JSON.parse((await hit('rowMissingKey')).text);
	expect(Object.keys(missing.data[middle])).toHaveLength(5);
	expect(Object.keys(missing.data[0])).toHaveLength(6);
});

test('a body cut in its middle that ends as if it were whole', async () => {
	const reply = await hit('cutBody');
	expect(reply).toMatchObject({ status: 200, broken: false });
	expect(reply.text).toMatch(/^\{\n {4}"code": "200"/);
	expect(wholeJson(reply.text)).toBe(false);
	const early = await hit({ name: 'cutBody', at: 0.1 });
	const late = await hit({ name: 'cutBody', at: 1 });
	expect(early.text.length).toBeLessThan(late.text.length * 0.2);
	expect(wholeJson(late.text)).toBe(false);
});

test('a gzip stream without its end, and a reset', async () => {
	simulator.configure({ faults: { script: ['cutGzip'] } });
	const bytes = await rawBytes();
	expect(() => gunzipSync(bytes)).toThrow('unexpected end of file');
	expect(wholeJson(gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString())).toBe(false);
	expect((await hit('cutGzip', { 'accept-encoding': 'identity' })).broken).toBe(false);
	expect(await hit('reset')).toMatchObject({ status: 200, broken: true });
	expect(last().served).toBeGreaterThan(0);
	expect(await hit('refuse')).toMatchObject({ status: 0, broken: true });
	expect(last().clientClosed).toBe(false);
});

test.each(['stallHead', 'stallBody'] as const)(
	'%s stays silent until the client hangs up, and the log knows',
	async (name) => {
		simulator.configure({ faults: { script: [name] } });
		const reply = await ask(simulator, path, {}, AbortSignal.timeout(200));
		expect(reply).toMatchObject({ status: name === 'stallHead' ? 0 : 200, broken: true });
		while (last().endedAt === null) await sleep(10);
		expect(last()).toMatchObject({ outcome: name, clientClosed: true });
		expect(last().bytes > 0).toBe(name === 'stallBody');
	},
);

test('open sockets are counted, and closing ends them', async () => {
	simulator.configure({ faults: { script: [null, 'stallBody'] } });
	await rawBytes();
	while (simulator.connections() > 0) await sleep(10);
	const stalled = rawBytes().catch(() => 'ended');
	while (simulator.requests.length < 2 || last().bytes === 0) await sleep(10);
	expect(simulator.connections()).toBe(1);
	await simulator.close();
	expect(await stalled).toBe('ended');
	expect(simulator.connections()).toBe(0);
});

test('a script goes in order, one entry for each report request, then nothing goes wrong', async () => {
	simulator.configure({ faults: { script: ['http500', null, 'http502'] } });
	const statuses: number[] = [];
	for (let i = 0; i < 4; i++) {
		statuses.push((await ask(simulator, path)).status);
		await ask(simulator, 'information.php?api=campaigns');
	}
	expect(statuses).toEqual([500, 200, 502, 200]);
});

test('a function decides before the plan does, for every endpoint', async () => {
	simulator.configure({ onRequest: ({ query }) => (query.api === 'token_info' ? { name: 'http500' } : undefined) });
	expect((await ask(simulator, 'information.php?api=token_info')).status).toBe(500);
	expect((await ask(simulator, path)).status).toBe(200);
});

test('random faults come as often as asked, the same for a seed', async () => {
	const outcomes = async () => {
		const one = await startSimulator({
			seed: 5,
			now: () => '2024-06-01 12:00:00',
			rowsPerDay: 100,
			faults: { random: { http500: 0.2, busy: 0.2 } },
		});
		for (let i = 0; i < 100; i++) await ask(one, path);
		await one.close();
		return one.requests.map(({ outcome }) => outcome);
	};
	const first = await outcomes();
	expect(await outcomes()).toEqual(first);
	for (const name of ['http500', 'busy']) {
		const share = first.filter((outcome) => outcome === name).length;
		expect(share).toBeGreaterThan(8);
		expect(share).toBeLessThan(36);
	}
});

test('a random false empty hits no window twice, unless it may', async () => {
	const outcomes = async (repeatFalseEmpty: boolean) => {
		simulator.configure({ faults: { random: { falseEmpty: 1 }, repeatFalseEmpty } });
		return [
			(await ask(simulator, path)).status,
			(await ask(simulator, reportPath('20240514095900', '20240514100100'))).status,
		];
	};
	expect(await outcomes(true)).toEqual([404, 404]);
	expect(await outcomes(false)).toEqual([404, 200]);
});

describe('a slow service', () => {
	const timed = async () => {
		const start = performance.now();
		const reply = await ask(simulator, path);
		return { ...reply, ms: performance.now() - start };
	};

	test.each(['head', 'body'] as const)('takes its time over the %s', async (pace) => {
		const { served } = (await ask(simulator, path), last());
		simulator.configure({ rowsPerSecond: served / 0.3, latencyMs: 100, pace });
		const { ms, text } = await timed();
		expect(wholeJson(text)).toBe(true);
		expect(ms).toBeGreaterThan(350);
		expect(ms).toBeLessThan(1500);
	});

	test('past its limit: a page, a cut body, or silence', async () => {
		simulator.configure({ rowsPerSecond: 3000, tooSlowAfterMs: 200 });
		expect((await timed()).status).toBe(504);
		simulator.configure({ tooSlowAs: 'cut' });
		const cut = await timed();
		expect([cut.status, wholeJson(cut.text), cut.broken]).toEqual([200, false, false]);
		expect(last().outcome).toBe('tooSlow');
		simulator.configure({ tooSlowAs: 'stall' });
		expect((await ask(simulator, path, {}, AbortSignal.timeout(600))).broken).toBe(true);
	});
});

test('notices of PHP stand before or behind a whole answer, or in its place', async () => {
	const [before, behind, instead] = [await hit('noticeBefore'), await hit('noticeBehind'), await hit('noticeInstead')];
	expect(before.text).toMatch(/^\nDeprecated: .* on line 12\n\{[\s\S]*\}\s*$/);
	expect(behind.text).toMatch(/^\{[\s\S]*\}\s*\nDeprecated: .* on line 12\n$/);
	expect(instead).toMatchObject({ status: 200, text: expect.stringMatching(/^<br \/>\n<b>Fatal error<\/b>/) });
});

test('every fault has been named here', () => {
	expect([...faultNames].sort()).toEqual(
		[
			'http500',
			'http502',
			'http503',
			'http504',
			'html200',
			'html502',
			'busy',
			'emptyBody',
			'otherCode200',
			'redirect',
			'noticeBefore',
			'noticeBehind',
			'noticeInstead',
			'falseEmpty',
			'wrongCount',
			'rowNotObject',
			'rowMissingKey',
			'cutBody',
			'cutGzip',
			'reset',
			'refuse',
			'stallHead',
			'stallBody',
		].sort(),
	);
});
