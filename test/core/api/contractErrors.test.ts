import type { Reply } from '../../../core/api/ports';
import { apiLimits } from '../../../core/limits';
import { readDocument } from '../../../core/api/response';
import { answer, envelope, meaning, read, refusal, row } from '../../support/exchanges';

describe('errors', () => {
	test.each([
		['unknown api', 400, 'THE API YOU WANT TO CONSULT DOES NOT EXIST', { kind: 'refused', why: 'badRequest' }],
		['parameter missing', 400, 'SOME PARAMETERS ARE REQUIRED', { kind: 'refused', why: 'badRequest' }],
		['no header', 401, 'PLEASE ENTER THE WOLKVOX-TOKEN', { kind: 'refused', why: 'missingToken' }],
		['wrong or expired token', 403, 'PLEASE VALIDATE TOKEN', { kind: 'refused', why: 'wrongToken' }],
		['day’s quota spent', 403, 'TOKEN LIMIT EXCEEDED', { kind: 'refused', why: 'quotaSpent' }],
		['third request at once', 403, 'EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN (2)', { kind: 'busy' }],
		['nightly backup', 403, 'API consumption is temporarily disabled', { kind: 'closed' }],
		['day’s quota spent, as 429', 429, 'TOKEN LIMIT EXCEEDED', { kind: 'refused', why: 'quotaSpent' }],
		['another 403', 403, 'Your plan does not include this', { kind: 'refused', why: 'forbidden' }],
		['429', 429, 'Too many requests', { kind: 'busy' }],
		[
			'more than 60,000 rows, said so',
			400,
			'The query exceeds the limit of 60000 records',
			{ kind: 'tooMany', why: 'saidSo' },
		],
		[
			'more than 60,000 rows, said so with 500',
			500,
			'Se supera el máximo de registros',
			{ kind: 'tooMany', why: 'saidSo' },
		],
		['more than 60,000 rows, said so with 404', 404, 'Too many rows', { kind: 'tooMany', why: 'saidSo' }],
		['60000 that are no records', 504, 'upstream timed out after 60000 ms', { kind: 'transient', why: 'serverStatus' }],
		['413', 413, 'Payload too large', { kind: 'tooMany', why: 'saidSo' }],
		['500', 500, 'Internal Server Error', { kind: 'transient', why: 'serverStatus', status: 500 }],
		['408', 408, 'Request Timeout', { kind: 'transient', why: 'serverStatus' }],
		['425', 425, 'Too Early', { kind: 'transient', why: 'serverStatus' }],
		['206', 206, '', { kind: 'transient', why: 'serverStatus' }],
		[
			'a status nobody documents',
			418,
			'teapot',
			{ kind: 'refused', why: 'unexpectedStatus', status: 418, said: 'teapot' },
		],
	])('%s', async (_, status, msg, expected) => {
		expect(await meaning(answer(status, refusal(String(status), msg)))).toMatchObject(expected);
		expect(await meaning(answer(status, refusal(String(status), msg.toLowerCase())))).toMatchObject(expected);
	});

	test('the reason is in error where msg is empty, and shortened', async () => {
		expect(await meaning(answer(400, refusal('400', '', 'Bad\n   Request')))).toMatchObject({ said: 'Bad Request' });
		expect(await meaning(answer(400, refusal('400', 'x'.repeat(500))))).toMatchObject({ said: 'x'.repeat(200) });
		expect(await meaning(answer(400, '5'))).toMatchObject({ said: '5' });
	});

	test('no HTTP answer: the host, the firewall list or the server code', async () => {
		expect(await meaning({ status: null, why: 'unreachable', code: 'ETIMEDOUT' })).toMatchObject({
			kind: 'transient',
			why: 'unreachable',
			said: 'ETIMEDOUT',
		});
	});

	test.each(['certificate', 'unknownHost', 'unknownProxy', 'notAllowed', 'proxyLogin', 'proxyForbids'] as const)(
		'%s: nothing is sent, and a wait changes nothing; no status came',
		async (why) => expect(await meaning({ status: null, why, code: 'X' })).toEqual({ kind: 'refused', why, said: 'X' }),
	);

	test.each(['dns', 'noNetwork', 'proxyGone', 'connectionRefused', 'reset', 'notHttp'] as const)(
		'%s may be gone with the next try; no status came',
		async (why) =>
			expect(await meaning({ status: null, why, code: 'X' })).toEqual({ kind: 'transient', why, said: 'X' }),
	);

	test('a proxy that asks for a login, or forbids, is told from a page that passes', async () => {
		const page = '<html><body>Access denied</body></html>';
		expect(await meaning(answer(407, page))).toMatchObject({ kind: 'refused', why: 'proxyLogin', status: 407 });
		expect(await meaning(answer(403, page, { headers: { 'x-squid-error': 'ERR_ACCESS_DENIED 0' } }))).toMatchObject({
			kind: 'refused',
			why: 'proxyForbids',
			status: 403,
			said: 'Access denied',
		});
		expect(await meaning(answer(403, '<h1>Blocked by the policy of your company</h1>'))).toMatchObject({
			why: 'proxyForbids',
		});
		expect(await meaning(answer(403, page))).toMatchObject({ kind: 'transient', why: 'webPage' });
	});

	test.each([301, 302, 307])('%i is never followed, and names where to', async (status) => {
		expect(
			await meaning(answer(status, '', { headers: { location: 'https://login.example.com/in?token=secret' } })),
		).toEqual({ kind: 'refused', why: 'redirected', status, said: 'https://login.example.com/in' });
		expect(await meaning(answer(status, ''))).toMatchObject({ kind: 'refused', why: 'redirected', said: '' });
	});

	test.each([200, 400, 403, 404, 500, 502, 504])('a web page with status %i passes by itself', async (status) => {
		const page = '<html><head><title>x</title><style>a{}</style></head><body><h1>Bad\nGateway</h1></body></html>';
		expect(await meaning(answer(status, page, { headers: { 'content-type': 'text/html' } }))).toMatchObject({
			kind: 'transient',
			why: 'webPage',
		});
	});

	test('a page that speaks of too many records passes too, but 413 is about the size', async () => {
		for (const status of [400, 404, 500, 504]) {
			expect(
				await meaning(answer(status, '<html><body>upstream timed out after 60000 ms: limit of rows</body></html>')),
			).toMatchObject({ kind: 'transient', why: 'webPage', status });
		}
		expect(await meaning(answer(413, '<html><body>413 Request Entity Too Large</body></html>'))).toMatchObject({
			kind: 'tooMany',
		});
	});

	test('a page with 429 is waited for', async () => {
		expect(await meaning(answer(429, '<html>429</html>', { headers: { 'retry-after': '9' } }))).toMatchObject({
			kind: 'busy',
			retryAfterMs: 9_000,
		});
	});

	test('a page with 401 is about the token all the same', async () => {
		expect(await meaning(answer(401, '<html>401</html>'))).toMatchObject({ kind: 'refused', why: 'missingToken' });
	});

	test('Retry-After in seconds, or as a date by the server’s own clock', async () => {
		const at = (headers: Record<string, string>) => meaning(answer(429, refusal('429', 'busy'), { headers }));
		expect(await at({ 'retry-after': '90' })).toMatchObject({ retryAfterMs: 90_000 });
		expect(
			await at({ 'retry-after': 'Mon, 06 May 2024 10:02:00 GMT', date: 'Mon, 06 May 2024 10:00:00 GMT' }),
		).toMatchObject({ retryAfterMs: 120_000 });
		expect(
			await at({ 'retry-after': 'Mon, 06 May 2024 09:00:00 GMT', date: 'Mon, 06 May 2024 10:00:00 GMT' }),
		).toMatchObject({ retryAfterMs: 0 });
		expect(await at({ 'retry-after': 'soon' })).toMatchObject({ retryAfterMs: undefined });
		expect(await meaning(answer(503, '', { headers: { 'retry-after': '5' } }))).toMatchObject({
			kind: 'transient',
			retryAfterMs: 5_000,
		});
		expect(await meaning(answer(404, '<html>', { headers: { 'retry-after': '5' } }))).toMatchObject({
			kind: 'transient',
			retryAfterMs: 5_000,
		});
	});
});

describe('limits', () => {
	test('60,000 rows: the last one saturates, one less is whole', async () => {
		expect(await meaning(answer(200, envelope({ msg: '' }, 50)), { capRecords: 50 })).toEqual({
			kind: 'tooMany',
			why: 'capReached',
			count: 50,
		});
		expect(await meaning(answer(200, envelope({ msg: '' }, 49)), { capRecords: 50 })).toEqual({
			kind: 'whole',
			value: 49,
		});
	});

	test('fewer rows that are said to be a part are too many, unless their number is told', async () => {
		expect(await meaning(answer(200, envelope({ msg: 'Maximum of records reached, partial result' })))).toEqual({
			kind: 'tooMany',
			why: 'saidSo',
			count: 1,
		});
		expect(await meaning(answer(200, envelope({ msg: '', error: 'limit of rows' })))).toMatchObject({
			kind: 'tooMany',
			why: 'saidSo',
		});
		expect(
			await meaning(answer(200, envelope({ msg: '1 records were found (maximum of records: see the manual)' }))),
		).toEqual({ kind: 'whole', value: 1 });
	});

	test('rows that only the end of the body brings count too', async () => {
		expect(
			await meaning(answer(200, JSON.stringify(Array.from({ length: 50 }, () => row)), { pieceBytes: 1e6 }), {
				capRecords: 50,
			}),
		).toMatchObject({ kind: 'tooMany', why: 'capReached' });
	});

	test('a count at the cap, told before the rows, ends the reading at once', async () => {
		let handed = 0;
		const reply = answer(200, envelope({ msg: '60000 records were found' }, 5_000));
		const counting: Reply = {
			...reply,
			read: (onBytes) => reply.read((bytes) => ((handed += bytes.length), onBytes(bytes))),
		};
		expect(await meaning(counting)).toMatchObject({ kind: 'tooMany', why: 'countTold', count: 60_000 });
		expect(handed).toBe(1_000);
	});

	test('a count at the cap, told behind the rows', async () => {
		const { data } = JSON.parse(envelope()) as { data: unknown };
		expect(await meaning(answer(200, JSON.stringify({ data, msg: '60000 records were found' })))).toMatchObject({
			kind: 'tooMany',
			why: 'countTold',
		});
	});

	test('read to the end, a saturated answer still tells who is in it, and must close', async () => {
		const body = envelope({ msg: '60000 records were found' }, 50);
		expect((await read(answer(200, body), { capRecords: 50, readToEnd: true })).records).toHaveLength(50);
		expect(await meaning(answer(200, body.slice(0, -3)), { capRecords: 50, readToEnd: true })).toMatchObject({
			kind: 'transient',
			why: 'cut',
		});
	});

	test('256 MB: a larger body ends there', async () => {
		const piece = Buffer.from(`${' '.repeat(999_999)}\n`);
		let handed = 0;
		const endless: Reply = {
			...answer(200, ''),
			async read(onBytes) {
				onBytes(Buffer.from('{"data":['));
				while (onBytes(piece)) handed += piece.length;
				return 'stopped';
			},
		};
		expect(await meaning(endless)).toMatchObject({ kind: 'tooMany', why: 'tooLarge' });
		expect(Math.abs(handed - apiLimits.maxBodyBytes)).toBeLessThan(3 * piece.length);
	});

	test('60 s: a request that takes longer has too much to do, before its answer and in it', async () => {
		expect(await meaning({ status: null, why: 'timedOut', code: 'ETIMEDOUT' })).toEqual({
			kind: 'tooMany',
			why: 'tooSlow',
		});
		expect(await meaning(answer(200, envelope().slice(0, 90), { end: 'timedOut' }))).toEqual({
			kind: 'tooMany',
			why: 'tooSlow',
		});
	});

	test('a body that is cut, stalls, or is stopped by its reader', async () => {
		const part = envelope().slice(0, 90);
		expect(await meaning(answer(200, part))).toMatchObject({ kind: 'transient', why: 'cut' });
		expect(await meaning(answer(200, part, { end: 'cut' }))).toMatchObject({ kind: 'transient', why: 'cut' });
		expect(await meaning(answer(200, part, { end: 'stalled' }))).toMatchObject({ kind: 'transient', why: 'stalled' });
		expect(await meaning(answer(200, part, { end: 'cancelled' }))).toEqual({ kind: 'cancelled' });
		expect(await meaning({ status: null, why: 'cancelled', code: '' })).toEqual({ kind: 'cancelled' });
	});

	test('a body that is whole, but whose connection broke, is not trusted', async () => {
		expect(await meaning(answer(200, envelope(), { end: 'cut' }))).toMatchObject({ kind: 'transient', why: 'cut' });
	});
});

describe('the other endpoints', () => {
	test('campaigns and token_info: data as a list of objects', async () => {
		expect(await readDocument(answer(200, envelope({ data: [{ campaign_id: 7 }] })))).toEqual({
			kind: 'whole',
			value: [{ campaign_id: 7 }],
		});
		expect(await readDocument(answer(200, envelope({ data: { token_limit: '30000' } })))).toEqual({
			kind: 'whole',
			value: [{ token_limit: '30000' }],
		});
		expect(await readDocument(answer(200, '[{"a":1}]'))).toEqual({ kind: 'whole', value: [{ a: 1 }] });
		expect(await readDocument(answer(200, envelope({ data: [] })))).toEqual({ kind: 'whole', value: [] });
		expect(await readDocument(answer(200, envelope({ data: null })))).toEqual({ kind: 'whole', value: [] });
	});

	test('and what they say otherwise means the same', async () => {
		expect(await readDocument(answer(200, envelope({ data: [5] })))).toMatchObject({
			kind: 'transient',
			why: 'notWhole',
		});
		expect(await readDocument(answer(200, envelope({ code: 403 })))).toMatchObject({
			kind: 'transient',
			why: 'otherCode',
		});
		expect(await readDocument(answer(200, '{"error":"Forbidden","msg":"TOKEN LIMIT EXCEEDED"}'))).toMatchObject({
			kind: 'refused',
			why: 'quotaSpent',
		});
		expect(await readDocument(answer(200, envelope({ code: '404', msg: 'Validate dates entered', data: [] })))).toEqual(
			{ kind: 'empty' },
		);
		expect(await readDocument(answer(200, envelope().slice(0, 50)))).toMatchObject({ kind: 'transient', why: 'cut' });
		expect(await readDocument(answer(200, envelope(), { end: 'cut' }))).toMatchObject({
			kind: 'transient',
			why: 'cut',
		});
		expect(await readDocument(answer(403, refusal('403', 'PLEASE VALIDATE TOKEN')))).toMatchObject({
			kind: 'refused',
			why: 'wrongToken',
		});
	});
});
