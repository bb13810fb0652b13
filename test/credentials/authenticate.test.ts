import type { IHttpRequestOptions } from 'n8n-workflow';

import { WolkvoxApi } from '../../credentials/WolkvoxApi.credentials';

const token = 'c0ffee';

async function authenticate(
	server: string,
	options: Partial<IHttpRequestOptions> & { uri?: string },
): Promise<IHttpRequestOptions | Error> {
	const credential = new WolkvoxApi();
	if (typeof credential.authenticate !== 'function') throw new Error('authenticate is declarative');
	return await credential
		.authenticate({ server, token: ` ${token}\n` }, options as IHttpRequestOptions)
		.catch((error: Error) => error);
}

it.each([
	['0022', { url: 'https://wv0022.wolkvox.com/api/v2/reports_manager.php' }],
	['https://wv0022.wolkvox.com/', { uri: 'https://wv0022.wolkvox.com/api/v2/information.php' }],
	['0022', { baseURL: 'https://wv0022.wolkvox.com/api/v2/', url: 'information.php' }],
	['http://127.0.0.1:4010', { url: 'http://127.0.0.1:4010/api/v2/information.php' }],
	['http://localhost:4010', { url: 'http://localhost:4010/x' }],
])('adds the token for its own server %s', async (server, options) => {
	expect(await authenticate(server, { ...options, headers: { accept: 'text/plain' } })).toMatchObject({
		...options,
		headers: { accept: 'text/plain', 'wolkvox-token': token },
	});
});

it('lets no request helper of n8n follow a redirect', async () => {
	expect(await authenticate('0022', { url: 'https://wv0022.wolkvox.com/' })).toMatchObject({
		disableFollowRedirect: true,
		maxRedirects: 0,
		followRedirect: false,
		followAllRedirects: false,
	});
});

it.each([
	['0022', { url: 'https://example.com/' }],
	['0022', { url: 'http://wv0022.wolkvox.com/' }],
	['0022', { url: 'https://wv0033.wolkvox.com/' }],
	['0022', { url: 'https://wv0022.wolkvox.com.example.com/' }],
	['0022', { url: 'https://evilwolkvox.com/' }],
	['0022', { url: 'https://wv0022.wolkvox.com@example.com/' }],
	['0022', { url: 'https://wv0022.wolkvox.com:8443/' }],
	['0022', { url: 'http://127.0.0.1:5678/webhook/x' }],
	['0022', { baseURL: 'https://wv0022.wolkvox.com', url: '//example.com/x' }],
	['0022', { baseURL: 'https://wv0022.wolkvox.com', url: 'https://example.com/x' }],
	['0022', { url: '/api/v2/information.php' }],
	['0022', { url: '' }],
	['http://127.0.0.1:4010', { url: 'http://127.0.0.1:4011/' }],
	['example.com', { url: 'https://example.com/' }],
	['http://192.168.0.1', { url: 'http://192.168.0.1/' }],
])('refuses with server %s the request %j, and keeps the token to itself', async (server, options) => {
	const refused = await authenticate(server, options);
	expect(refused).toBeInstanceOf(Error);
	expect(String(refused)).not.toContain(token);
});

it("hides the token in the editor, and has no declarative test that would win over the node's own", () => {
	const { properties, ...credential } = new WolkvoxApi();
	expect(properties.map(({ name, typeOptions }) => [name, typeOptions?.password ?? false])).toEqual([
		['beforeYouStart', false],
		['server', false],
		['token', true],
	]);
	expect(credential).not.toHaveProperty('test');
});

it('says at once, below its fields, the two things that stop everybody', () => {
	const [notice, server, token] = new WolkvoxApi().properties;
	expect(notice).toMatchObject({
		type: 'notice',
		displayName: expect.stringMatching(/<a href="https:[^"]*#before-you-start"/),
	});
	// n8n draws a notice without line breaks, and only links and list entries of its markup.
	expect(notice.displayName).not.toMatch(/\n|<(?!\/?a\b)/);
	expect(server.hint).toMatch(/public IP address of this n8n/);
	expect(token.hint).toMatch(/Configuration.*Integrations.*Tokens/);
});
