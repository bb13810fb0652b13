import { answer, envelope, meaning, read, refusal, row } from '../../support/exchanges';

describe('envelope', () => {
	test('keys in the order code, error, msg, data', async () => {
		expect(await read(answer(200, envelope({}, 2)))).toEqual({
			means: { kind: 'whole', value: 2 },
			records: [row, row],
		});
	});

	test('or in any other order', async () => {
		const { code, error, msg, data } = JSON.parse(envelope({}, 2)) as Record<string, unknown>;
		expect(await meaning(answer(200, JSON.stringify({ data, msg, error, code })))).toEqual({ kind: 'whole', value: 2 });
	});

	test.each(['200', 200, ' 200 '])('code %j is compared as text', async (code) => {
		expect(await meaning(answer(200, envelope({ code })))).toEqual({ kind: 'whole', value: 1 });
	});

	test('200 with another code passes by itself', async () => {
		expect(await meaning(answer(200, envelope({ code: '500', msg: 'Internal error' })))).toMatchObject({
			kind: 'transient',
			why: 'otherCode',
			said: 'Internal error',
		});
		expect(await meaning(answer(200, envelope({ code: '500', msg: '', error: '' })))).toMatchObject({
			why: 'otherCode',
			said: '500',
		});
		expect(await meaning(answer(200, envelope({ code: '500', msg: 'Too many records' })))).toMatchObject({
			kind: 'tooMany',
			why: 'saidSo',
		});
		expect(
			await meaning(answer(200, envelope({ code: '500', msg: 'The query exceeds the limit of 50000 records' }))),
		).toMatchObject({ kind: 'tooMany', why: 'saidSo' });
	});

	test.each([
		'1 records were found',
		' 1 records were found',
		'1 record was found',
		'1 registros encontrados',
		'',
		'ok',
	])('msg %j agrees with one row', async (msg) => {
		expect(await meaning(answer(200, envelope({ msg })))).toEqual({ kind: 'whole', value: 1 });
	});

	test('msg that announces more rows than came: they are missing', async () => {
		expect(await meaning(answer(200, envelope({ msg: '3 records were found' })))).toMatchObject({
			kind: 'transient',
			why: 'countDiffers',
			said: '3 announced, 1 sent',
		});
	});

	test('msg that announces fewer', async () => {
		expect(await meaning(answer(200, envelope({ msg: '1 records were found' }, 2)))).toMatchObject({
			kind: 'transient',
			why: 'notWhole',
		});
	});

	test('numbers in msg may have separators', async () => {
		expect(await meaning(answer(200, envelope({ msg: '60,123 records were found' })))).toMatchObject({
			kind: 'tooMany',
			why: 'countTold',
			count: 60_123,
		});
		expect(await meaning(answer(200, envelope({ msg: '60.123 records were found' })))).toMatchObject({ count: 60_123 });
	});

	test('values that are not text are read as their text, a missing one is empty', async () => {
		const { records } = await read(answer(200, envelope({ data: [{ ...row, customer_id: 7, file_name: null }] })));
		expect(records).toEqual([{ ...row, customer_id: '7', file_name: '' }]);
	});

	test('two identical rows are two', async () => {
		expect((await read(answer(200, envelope({}, 2)))).records).toHaveLength(2);
	});

	test('a row without one of its six keys, or that is none, spoils the answer', async () => {
		for (const odd of [{ ...row, date: undefined }, null, 'text', [], 5]) {
			expect(await meaning(answer(200, envelope({ msg: '', data: [row, odd] })))).toMatchObject({
				kind: 'transient',
				why: 'oddRow',
			});
		}
	});

	test.each(['1e5', '1E+5', '100000.0', '-1.0e2'])(
		'an id written as the number %s is refused by its name',
		async (id) => {
			const list = envelope({ data: [row, { ...row, customer_id: 'ID' }] });
			const alone = envelope({ data: { ...row, customer_id: 'ID' } });
			const said = 'customer_id comes as a number with an exponent or a fraction';
			for (const body of [list, alone].map((text) => text.replace('"ID"', id)))
				expect(await meaning(answer(200, body))).toMatchObject({ kind: 'transient', why: 'oddRow', said });
		},
	);

	test('such a number elsewhere, or within a text, is no offence', async () => {
		const harmless = { ...row, customer_id: 7, seconds: 1.5, file_name: '"customer_id":1e5', telephone: '1e5' };
		const { records } = await read(answer(200, envelope({ data: [harmless] })));
		expect(records).toEqual([{ ...row, customer_id: '7', file_name: '"customer_id":1e5', telephone: '1e5' }]);
	});

	test('data as an object with numbers for keys, as PHP writes a list with gaps', async () => {
		expect(await read(answer(200, envelope({ msg: '2 records were found', data: { 0: row, 2: row } })))).toEqual({
			means: { kind: 'whole', value: 2 },
			records: [row, row],
		});
	});

	test('data as one row alone', async () => {
		expect(await read(answer(200, envelope({ data: row })))).toEqual({
			means: { kind: 'whole', value: 1 },
			records: [row],
		});
	});

	test.each(['text', 5, true, { total: 3 }])('data as %j is no list of rows', async (data) => {
		expect(await meaning(answer(200, envelope({ data })))).toMatchObject({ kind: 'transient', why: 'oddRow' });
	});

	test('a bare top-level array', async () => {
		expect(await meaning(answer(200, JSON.stringify([row, row])))).toEqual({ kind: 'whole', value: 2 });
	});

	test('error as the string "null"', async () => {
		expect(await meaning(answer(200, envelope({ error: 'null' })))).toEqual({ kind: 'whole', value: 1 });
	});
});

describe('no records', () => {
	const live = '{\n    "code": "404",\n    "error": "Not Found",\n    "msg": "Validate dates entered"\n}';

	test('404 "Validate dates entered", byte for byte as it was seen', async () => {
		expect(await meaning(answer(404, live))).toEqual({ kind: 'empty' });
	});

	test('in capitals, or behind a byte order mark', async () => {
		expect(await meaning(answer(404, live.toUpperCase().replace('"MSG"', '"msg"')))).toEqual({ kind: 'empty' });
		expect(await meaning(answer(404, `\ufeff${live}`))).toEqual({ kind: 'empty' });
	});

	test.each([[[]], [null], [{}], [''], [undefined]])('200 with data %j', async (data) => {
		expect(await meaning(answer(200, envelope({ msg: '0 records were found', data })))).toEqual({ kind: 'empty' });
	});

	test('200 with an empty top-level array, and 204', async () => {
		expect(await meaning(answer(200, '[]'))).toEqual({ kind: 'empty' });
		expect(await meaning(answer(204, ''))).toEqual({ kind: 'empty' });
	});

	test.each([
		['the code alone', '{"code":"200"}'],
		['data without a code', '{"data":[]}'],
		['data null without a code', '{"data":null}'],
		['an error that is none', '{"code":200,"error":"null","msg":"","data":[]}'],
		['an empty list as error', '{"code":200,"error":[],"msg":null,"data":[]}'],
		['"ok"', '{"code":"200","error":"","msg":"OK","data":[]}'],
		['"no records were found"', '{"code":"200","error":"","msg":"No records were found","data":[]}'],
		['its Spanish', '{"code":"200","error":"","msg":"No se encontraron registros","data":[]}'],
		['success in `message`', '{"code":"200","message":"Successful query","data":[]}'],
		['"Validate dates entered" in a 200', '{"error":"Not Found","msg":"Validate dates entered"}'],
		['and its code', '{"code":"404","error":"Not Found","msg":"Validate dates entered"}'],
		['words that nobody foresaw', '{"code":"200","error":"","msg":"Sin información para el rango","data":[]}'],
	])('200 that says no more than %s', async (_, body) => {
		expect(await meaning(answer(200, body))).toEqual({ kind: 'empty' });
	});

	test.each([
		[
			'a spent quota without a code',
			'{"error":"Forbidden","msg":"TOKEN LIMIT EXCEEDED"}',
			{ kind: 'refused', why: 'quotaSpent' },
		],
		[
			'a spent quota with its code',
			'{"code":"403","error":"Forbidden","msg":"TOKEN LIMIT EXCEEDED"}',
			{ kind: 'refused', why: 'quotaSpent', status: 403 },
		],
		[
			'a spent quota with an odd code',
			'{"code":"error","error":"Forbidden","msg":"TOKEN LIMIT EXCEEDED"}',
			{ kind: 'refused', why: 'quotaSpent' },
		],
		['a missing token', '{"msg":"PLEASE ENTER THE WOLKVOX-TOKEN"}', { kind: 'refused', why: 'missingToken' }],
		['a wrong token', '{"code":"200","msg":"PLEASE VALIDATE TOKEN","data":[]}', { kind: 'refused', why: 'wrongToken' }],
		[
			'the nightly backup',
			'{"code":200,"error":"","msg":"API consumption is temporarily disabled","data":[]}',
			{ kind: 'closed' },
		],
		[
			'another request at once',
			'{"code":200,"error":"","msg":"EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN (2)"}',
			{ kind: 'busy', retryAfterMs: 5_000 },
		],
		[
			'too many records',
			'{"code":200,"error":"","msg":"Too many records","data":[]}',
			{ kind: 'tooMany', why: 'saidSo' },
		],
		[
			'another code',
			'{"code":400,"error":"","msg":"SOME PARAMETERS ARE REQUIRED"}',
			{ kind: 'transient', why: 'otherCode' },
		],
		[
			'another code, of a refusal',
			'{"code":"403","error":"Forbidden","msg":""}',
			{ kind: 'transient', why: 'otherCode' },
		],
		[
			'a failure in words alone',
			'{"code":"200","error":"","msg":"Servicio en mantenimiento","data":[]}',
			{ kind: 'transient', why: 'serverStatus' },
		],
		[
			'a lost database',
			'{"code":"200","error":"Lost connection to MySQL server during query","msg":"0 records were found","data":[]}',
			{ kind: 'transient', why: 'serverStatus', status: 200, said: 'Lost connection to MySQL server during query' },
		],
		[
			'an error that is an object',
			'{"code":"200","error":{"number":2006},"msg":"","data":[]}',
			{ kind: 'transient', why: 'serverStatus', status: 200 },
		],
		[
			'an error in other keys',
			'{"status":"error","message":"Internal server error"}',
			{ kind: 'transient', why: 'serverStatus', status: 200, said: 'Internal server error' },
		],
		[
			'an error in other keys, and data',
			'{"status":"error","message":"Internal server error","data":[]}',
			{ kind: 'transient', why: 'serverStatus', status: 200 },
		],
		[
			'nothing',
			'{}',
			{ kind: 'transient', why: 'serverStatus', status: 200, said: 'no records, and no word that there are none' },
		],
		['a code alone that is none of HTTP', '{"code":"7","data":[]}', { kind: 'transient', why: 'otherCode', said: '7' }],
	])('200 that says %s is not empty', async (_, body, expected) => {
		expect(await meaning(answer(200, body, { headers: { 'retry-after': '5' } }))).toMatchObject(expected);
	});

	test('no code that means empty is believed beside rows', async () => {
		expect(await meaning(answer(200, envelope({ code: '404', msg: 'Validate dates entered' })))).toMatchObject({
			kind: 'transient',
			why: 'otherCode',
			said: '404',
		});
	});

	test('200 with nothing at all is cut, not empty', async () => {
		expect(await meaning(answer(200, ''))).toMatchObject({ kind: 'transient', why: 'cut' });
	});

	test('any other 404 says what it says', async () => {
		expect(await meaning(answer(404, refusal('404', 'Report not found')))).toEqual({
			kind: 'refused',
			why: 'notFound',
			status: 404,
			said: 'Report not found',
		});
	});

	test('"Campaign_id 26687 does not exist in your operation."', async () => {
		expect(
			await meaning(answer(404, refusal('404', 'Campaign_id 26687 does not exist in your operation.'))),
		).toMatchObject({ kind: 'refused', why: 'noSuchCampaign' });
	});

	test.each([400, 403, 404, 401, 418])('%i whose connection breaks before its body refuses nothing', async (status) => {
		expect(await meaning(answer(status, '', { end: 'cut' }))).toMatchObject({ kind: 'transient', why: 'cut', status });
		expect(await meaning(answer(status, ' ', { end: 'stalled' }))).toMatchObject({
			kind: 'transient',
			why: 'stalled',
			status,
		});
		expect(await meaning(answer(status, 'Not', { end: 'timedOut' }))).toMatchObject({
			kind: 'transient',
			why: 'stalled',
			status,
		});
		expect(await meaning(answer(status, '', { end: 'cancelled' }))).toEqual({ kind: 'cancelled' });
	});

	test('what was said before the connection broke counts, and so do a redirect and a wait', async () => {
		expect(await meaning(answer(404, live, { end: 'cut' }))).toEqual({ kind: 'empty' });
		expect(await meaning(answer(403, refusal('403', 'PLEASE VALIDATE TOKEN'), { end: 'cut' }))).toMatchObject({
			kind: 'refused',
			why: 'wrongToken',
		});
		expect(await meaning(answer(302, '', { end: 'cut', headers: { location: 'https://x.test/' } }))).toMatchObject({
			kind: 'refused',
			why: 'redirected',
		});
		expect(await meaning(answer(429, '', { end: 'cut', headers: { 'retry-after': '9' } }))).toMatchObject({
			kind: 'busy',
			retryAfterMs: 9_000,
		});
	});

	test('a refusal that is cut short is no refusal', async () => {
		expect(await meaning(answer(404, live.slice(0, 30)))).toMatchObject({ kind: 'transient', why: 'cut', status: 404 });
	});
});

describe('values', () => {
	test('telephone stays text, with its prefix', async () => {
		expect((await read(answer(200, envelope()))).records[0].telephone).toBe('91573223189873');
	});

	test('customer_id, file_name, campaign_id and result pass as they are', async () => {
		const odd = { ...row, customer_id: 'CRM-7/é😀', campaign_id: '22109 - NAME', file_name: '', result: 'fax' };
		expect((await read(answer(200, envelope({ data: [odd] })))).records).toEqual([odd]);
	});

	test('Latin-1 that says so is read right, Latin-1 that does not is told', async () => {
		const latin = Buffer.from(envelope({ data: [{ ...row, file_name: 'buzón' }] }), 'latin1');
		expect(
			(await read(answer(200, latin, { headers: { 'content-type': 'application/json; charset="ISO-8859-1"' } })))
				.records[0].file_name,
		).toBe('buzón');
		expect(await meaning(answer(200, latin))).toMatchObject({
			kind: 'transient',
			why: 'notWhole',
			said: 'the body is not valid utf-8',
		});
		expect(
			await meaning(answer(200, latin, { headers: { 'content-type': 'application/json; charset=unheard-of' } })),
		).toMatchObject({ why: 'notWhole' });
	});
});
