import { ask, report, reportPath } from './ask';
import { digestOf, startSimulator, type Simulator, type SimulatorOptions } from './index';

let simulator: Simulator;
const start = async (options: Partial<SimulatorOptions> = {}) => {
	simulator = await startSimulator({ now: () => '2024-06-01 12:00:00', rowsPerDay: 2000, ...options });
};
afterEach(async () => await simulator.close());

const morning = ['20240514090000', '20240514095959'] as const;
const morningTruth = { from: '2024-05-14 09:00:00', to: '2024-05-14 10:00:00' };
const refusal = (code: string, error: string, msg: string) =>
	`{\n    "code": "${code}",\n    "error": "${error}",\n    "msg": "${msg}"\n}`;

describe('the envelope, byte by byte', () => {
	test('200 with one row', async () => {
		await start({
			shape: 'flat',
			rowsPerDay: 0,
			seed: 4,
			spikes: [{ at: '2024-05-14 09:00:00', rows: 1, campaign: '22110' }],
		});
		const { status, text, headers } = await ask(simulator, reportPath(...morning));
		const [row] = simulator.rows(morningTruth);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toContain('json');
		expect(headers.get('content-encoding')).toBe('gzip');
		expect(text).toBe(`{
    "code": "200",
    "error": "",
    "msg": "1 records were found",
    "data": [
        {
            "customer_id": "${row.customer_id}",
            "campaign_id": "22110",
            "file_name": "buz\\u00f3n ventas.mp3",
            "telephone": "${row.telephone}",
            "result": "${row.result}",
            "date": "2024-05-14 09:00:00"
        }
    ]
}`);
	});

	test('404 without rows', async () => {
		await start();
		const { status, text } = await ask(simulator, reportPath('20240514030000', '20240514035959'));
		expect(status).toBe(404);
		expect(text).toBe('{\n    "code": "404",\n    "error": "Not Found",\n    "msg": "Validate dates entered"\n}');
	});

	test('many rows are laid out as PHP lays them out', async () => {
		await start({ rowsPerDay: 60_000 });
		const { text } = await ask(simulator, reportPath(...morning));
		const body: { msg: string; data: unknown[] } = JSON.parse(text);
		expect(body.data.length).toBeGreaterThan(1000);
		expect(body.msg).toBe(`${body.data.length} records were found`);
		const again = JSON.stringify(body, null, 4).replace(
			/[\u0080-\uffff]/g,
			(c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
		expect(text === again).toBe(true);
	});
});

describe('errors of the table', () => {
	beforeEach(async () => await start({ licences: 1, usedByOtherTokens: 990 }));
	const good = reportPath(...morning);

	test.each([
		[
			'unknown api',
			good.replace('campaign_7', 'campaign_99'),
			400,
			'Bad Request',
			'THE API YOU WANT TO CONSULT DOES NOT EXIST',
		],
		['parameter missing', good.replace(/&date_end=.*/, ''), 400, 'Bad Request', 'SOME PARAMETERS ARE REQUIRED'],
		['no campaign', good.replace('campaign_id=all&', ''), 400, 'Bad Request', 'SOME PARAMETERS ARE REQUIRED'],
		[
			'unknown campaign',
			reportPath(...morning, '404'),
			404,
			'Not Found',
			'Campaign_id 404 does not exist in your operation.',
		],
		['31 days and more', reportPath('20240401000000', '20240502000001'), 404, 'Not Found', 'Validate dates entered'],
		['from after to', reportPath('20240514090001', '20240514090000'), 404, 'Not Found', 'Validate dates entered'],
		['bad date', reportPath('2024-05-14', '20240514090000'), 404, 'Not Found', 'Validate dates entered'],
	])('%s', async (_, path, status, error, msg) => {
		const reply = await ask(simulator, path);
		expect(reply.status).toBe(status);
		expect(reply.text).toBe(refusal(String(status), error, msg));
	});

	test('no header, wrong token', async () => {
		const bare = await fetch(`${simulator.url}/api/v2/${good}`);
		expect([bare.status, await bare.text()]).toEqual([
			401,
			refusal('401', 'Unauthorized', 'PLEASE ENTER THE WOLKVOX-TOKEN'),
		]);
		const wrong = await ask(simulator, good, { 'wolkvox-token': 'abc' });
		expect([wrong.status, wrong.text]).toEqual([403, refusal('403', 'Forbidden', 'PLEASE VALIDATE TOKEN')]);
	});

	test('the day’s quota is shared, a call costs one, and midnight gives it back', async () => {
		const statuses: number[] = [];
		for (let i = 0; i < 11; i++) statuses.push((await ask(simulator, 'information.php?api=token_info')).status);
		expect(statuses).toEqual([...Array<number>(10).fill(200), 403]);
		expect((await ask(simulator, good)).text).toBe(refusal('403', 'Forbidden', 'TOKEN LIMIT EXCEEDED'));
		simulator.configure({ now: () => '2024-06-02 00:00:00' });
		expect((await ask(simulator, good)).status).toBe(200);
	});

	test('a third request at once, with and without a time to come back', async () => {
		simulator.configure({ latencyMs: 150 });
		const replies = await Promise.all([good, good, good].map(async (path) => await ask(simulator, path)));
		expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 403]);
		const busy = replies.find(({ status }) => status === 403);
		expect(busy?.text).toBe(refusal('403', 'Forbidden', 'EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN (2)'));
		expect(busy?.headers.get('retry-after')).toBeNull();
		expect(simulator.peakInFlight).toBe(3);

		simulator.configure({ busyAs: '429', maxInFlight: 0, retryAfter: { seconds: 3, as: 'seconds' } });
		const later = await ask(simulator, good);
		expect([later.status, later.headers.get('retry-after')]).toEqual([429, '3']);
		simulator.configure({ retryAfter: { seconds: 60, as: 'date' } });
		const date = Date.parse((await ask(simulator, good)).headers.get('retry-after') ?? '');
		expect(Math.abs(date - Date.now() - 60_000)).toBeLessThan(5000);
	});

	test('a client that waits for its answer always finds the place free', async () => {
		simulator.configure({ maxInFlight: 1, licences: 30 });
		for (let i = 0; i < 50; i++) expect((await ask(simulator, good)).status).toBe(200);
		expect(simulator.peakInFlight).toBe(1);
	});

	test('nightly backup, over midnight too', async () => {
		simulator.configure({ backup: { from: '11:00:00', to: '12:00:01' } });
		expect((await ask(simulator, good)).text).toBe(
			refusal('403', 'Forbidden', 'API consumption is temporarily disabled'),
		);
		simulator.configure({ backup: { from: '23:00:00', to: '12:00:00' } });
		expect((await ask(simulator, good)).status).toBe(200);
	});
});

test('campaigns and the token’s use', async () => {
	await start({
		campaigns: [
			{ id: '7', name: 'Ñ', share: 1 },
			{ id: '8', name: 'B', share: 1, hidden: true },
		],
		usedByOtherTokens: 5,
		campaignIdsAs: 'number',
	});
	const campaigns: { data: Array<Record<string, unknown>> } = JSON.parse(
		(await ask(simulator, 'information.php?api=campaigns')).text,
	);
	expect(campaigns.data).toHaveLength(1);
	expect(campaigns.data[0]).toMatchObject({
		campaign_id: 7,
		campaign_name: 'Ñ',
		type_campaign: 'predictive',
		status: 'Started',
	});
	expect((await ask(simulator, 'information.php?api=campaigns&campaign=9')).status).toBe(404);
	expect((await report(simulator, ...morning, '8')).status).toBe(200);
	const info: { data: unknown[] } = JSON.parse((await ask(simulator, 'information.php?api=token_info')).text);
	expect(info.data).toEqual([
		{
			description: 'Token of operation 0022',
			token_limit: '30000',
			token_use_today: '4',
			all_token_today: '9',
			available_consumption_options: '29991',
		},
	]);
});

test('what is served is the truth, whole, in windows, by campaign', async () => {
	await start({ rowsPerDay: 20_000 });
	const from = { from: '2024-05-13 00:00:00', to: '2024-05-15 00:00:00' };
	const whole = await report(simulator, '20240513000000', '20240514235959');
	expect(digestOf(whole.data)).toEqual(simulator.truth(from));
	const cuts = ['20240513000000', '20240513101112', '20240513101113', '20240514120000', '20240515000000'];
	const parts = [];
	for (const [i, start] of cuts.slice(0, -1).entries()) parts.push(await report(simulator, start, before(cuts[i + 1])));
	expect(digestOf(parts.flatMap(({ data }) => data ?? []))).toEqual(simulator.truth(from));
	const one = await report(simulator, '20240513000000', '20240514235959', '7');
	expect(digestOf(one.data)).toEqual(simulator.truth({ ...from, campaign: '7' }));
});

/** The second before, as the API writes it. */
function before(compact: string): string {
	const [, y, m, d, h, i, s] = /(....)(..)(..)(..)(..)(..)/.exec(compact) ?? [];
	return new Date(Date.UTC(+y, +m - 1, +d, +h, +i, +s - 1)).toISOString().replace(/[-T:]/g, '').slice(0, 14);
}

test('the log tells each request, and the token is the seed’s', async () => {
	await start({ seed: 9 });
	await report(simulator, ...morning);
	const [entry] = simulator.requests;
	expect(entry).toMatchObject({
		index: 0,
		path: '/api/v2/reports_manager.php',
		status: 200,
		outcome: 'whole',
		clientClosed: false,
	});
	expect(entry.query).toEqual({ api: 'campaign_7', campaign_id: 'all', date_ini: morning[0], date_end: morning[1] });
	expect(entry.served).toBe(simulator.truth(morningTruth).count);
	expect(entry.matched).toBe(entry.served);
	expect(entry.bytes).toBeGreaterThan(500);
	expect(simulator.token).toMatch(/^[0-9a-f]{52}$/);
	const first = simulator.token;
	await simulator.close();
	await start({ seed: 9 });
	expect(simulator.token).toBe(first);
});
