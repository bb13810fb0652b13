import { readServer } from '../../../core/api/server';

const wv0022 = { url: 'https://wv0022.wolkvox.com', host: 'wv0022.wolkvox.com' };

it.each([
	'0022',
	'wv0022',
	'WV0022',
	' wv0022.wolkvox.com ',
	'WV0022.Wolkvox.com',
	'https://wv0022.wolkvox.com',
	'https://wv0022.wolkvox.com/',
	'https://wv0022.wolkvox.com/api/v2/reports_manager.php?api=campaign_7',
])('reads %j', (text) => {
	expect(readServer(text)).toEqual({ ok: true, value: wv0022 });
});

it.each([
	['0001', 'https://wv0001.wolkvox.com'],
	['9901', 'https://wv9901.wolkvox.com'],
	['api.wolkvox.com', 'https://api.wolkvox.com'],
	['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
	['http://localhost:4010/', 'http://localhost:4010'],
	['http://[::1]:4010', 'http://[::1]:4010'],
])('reads %j as %s', (text, url) => {
	expect(readServer(text)).toMatchObject({ ok: true, value: { url } });
});

it.each([
	'22',
	'wv',
	'example.com',
	'https://example.com',
	'http://wv0022.wolkvox.com',
	'ftp://wv0022.wolkvox.com',
	'wv0022.wolkvox.com.example.com',
	'evilwolkvox.com',
	'wolkvox.com',
	'https://user:secret@wv0022.wolkvox.com',
	'https://wv0022.wolkvox.com@example.com',
	'https://127.0.0.1',
	'http://10.0.0.1',
	'http://127.0.0.1.example.com',
	'not a server',
	'https://',
])('refuses %j with an example', (text) => {
	const read = readServer(text);
	expect(read).toMatchObject({
		ok: false,
		failure: { kind: 'invalid', parameter: 'server', description: expect.stringContaining('such as 0022') },
	});
});

it.each(['', '  ', undefined, null, {}])('tells that there is none: %j', (given) => {
	expect(readServer(given)).toMatchObject({
		ok: false,
		failure: { message: 'Server is empty in the Wolkvox API credential' },
	});
});
