/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { execFile } from 'node:child_process';
import dns from 'node:dns';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { CredentialTestContext } from 'n8n-core';

import { WolkvoxAmd } from '../../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { type RawRow, type Simulator, digestOf, startSimulator } from '../simulator';
import { makeCertificates } from '../support/certificates';
import { type Proxy, startProxy } from '../support/proxy';
import { additionalDataOf, runNode } from './harness';
import { goByProxies, protectedFromSsrf } from './n8nCore';
import { Poller } from './poller';

const PARAMETERS = { dateRange: 'custom', from: '2025-03-04', to: '2025-03-04', returnAll: true };
const TOKEN = 'a1b2c3d4e5';

let simulator: Simulator;
let proxy: Proxy;
const certificates = makeCertificates();
let stopProxies: () => void;
const environment = { ...process.env };

beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 500, now: () => '2025-03-12 15:00:00', token: TOKEN });
	proxy = await startProxy(simulator.url, certificates);
	// Loopback addresses, and the names that nobody has, are looked for without it.
	Object.assign(process.env, { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1,wv0023.wolkvox.com,wv0024.wolkvox.com' });
	stopProxies = goByProxies();
	Object.assign(proxy.manners, {
		'wv0002.wolkvox.com': 'needsLogin',
		'wv0003.wolkvox.com': 'forbids',
		'wv0004.wolkvox.com': 'drop',
		'wv0005.wolkvox.com': 'badGateway',
	});
	// What the name service of the machine says, in the shape that Node gives it: nothing here may ask a real one.
	const { lookup } = dns;
	jest.spyOn(dns, 'lookup').mockImplementation(((name: string, ...rest: unknown[]) => {
		const code = { 'wv0023.wolkvox.com': 'ENOTFOUND', 'wv0024.wolkvox.com': 'EAI_AGAIN' }[name];
		if (!code) return (lookup as (...args: unknown[]) => void)(name, ...rest);
		const error = Object.assign(new Error(`getaddrinfo ${code} ${name}`), {
			code,
			hostname: name,
			syscall: 'getaddrinfo',
		});
		return void setImmediate(() => (rest.at(-1) as (error: Error) => void)(error));
	}) as typeof dns.lookup);
});
afterAll(async () => {
	stopProxies();
	for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'])
		if (environment[name] === undefined) delete process.env[name];
		else process.env[name] = environment[name];
	jest.restoreAllMocks();
	await proxy.close();
	await simulator.close();
	certificates.remove();
});

interface Told {
	message: string;
	description: string;
	httpCode?: string | null;
}

async function inNode(server: string): Promise<Told> {
	const { error } = await runNode({ parameters: PARAMETERS, credentials: { server, token: TOKEN } });
	return { message: error!.message, description: String(error!.description), httpCode: error!.httpCode };
}

async function inTrigger(server: string): Promise<Told & { failure?: { cause: string } }> {
	const poller = new Poller({ credentials: { server, token: TOKEN }, workflowId: server, budgetMs: 12_000 });
	return await poller.activate().then(
		() => Promise.reject(new Error('it was activated')),
		(error: Told) => error,
	);
}

async function inCredential(server: string): Promise<string> {
	const access = { server, token: TOKEN };
	const { helpers, logger } = new CredentialTestContext(additionalDataOf(access, 'internal'));
	const credential = { id: '1', name: 'Test', type: 'wolkvoxApi', data: access };
	const { message } = await new WolkvoxAmd().methods.credentialTest.testCredential.call(
		{ helpers, logger },
		credential,
	);
	return message;
}

const FIREWALL = /firewall list/;

/** Nothing that a wait could change: one request, and no word of the firewall list. */
const FOR_GOOD: Array<[what: string, server: string, message: RegExp, advice: RegExp, httpCode: string | null]> = [
	[
		'a certificate of a company’s own',
		'wv0001.wolkvox.com',
		/^The certificate that answers for wv0001\.wolkvox\.com is not trusted by this n8n \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/,
		/NODE_EXTRA_CA_CERTS/,
		null,
	],
	[
		'a proxy that asks for a login',
		'wv0002.wolkvox.com',
		/^The proxy between n8n and wv0002\.wolkvox\.com asks for a login: “Cache Access Denied/,
		/HTTPS_PROXY/,
		'407',
	],
	[
		'a proxy that forbids',
		'wv0003.wolkvox.com',
		/^A proxy or firewall between n8n and wv0003\.wolkvox\.com forbids the request: “ERROR: The requested URL/,
		/your network/,
		'403',
	],
	[
		'a name that nobody has',
		'wv0023.wolkvox.com',
		/^There is no server wv0023\.wolkvox\.com \(ENOTFOUND\)/,
		/the code of your operation, such as 0022/,
		null,
	],
];

describe.each(FOR_GOOD)('%s', (_what, server, message, advice, httpCode) => {
	const asked = (): number => proxy.asked.filter((line) => line.includes(server)).length;

	it('is told in its own words by the node, after one request', async () => {
		const before = asked();
		const error = await inNode(server);
		expect(error).toEqual({
			message: expect.stringMatching(message),
			description: expect.stringMatching(advice),
			httpCode,
		});
		expect(error.message + error.description).not.toMatch(FIREWALL);
		expect(asked() - before).toBe(server === 'wv0023.wolkvox.com' ? 0 : 1);
	});

	it('is told by the trigger as what a person must change', async () => {
		const error = await inTrigger(server);
		expect(error.message).toMatch(message);
		expect(error.failure).toEqual({ cause: 'configuration-invalid' });
	});

	it('is told by the test of the credential', async () => {
		const told = await inCredential(server);
		expect(told).toMatch(message);
		expect(told).toMatch(advice);
		expect(told).not.toMatch(FIREWALL);
	});
});

/** What may be gone with the next try: tried again, told in its own words in the end. */
const FOR_NOW: Array<[what: string, server: () => string, message: RegExp, advice: RegExp, httpCode: string | null]> = [
	[
		'a proxy that hangs up',
		() => 'wv0004.wolkvox.com',
		/^The proxy between n8n and wv0004\.wolkvox\.com does not connect$/,
		/whether the proxy is running/,
		null,
	],
	[
		'a proxy that gets no further',
		() => 'wv0005.wolkvox.com',
		/^wv0005\.wolkvox\.com answered with a web page instead of data \(HTTP status 502\): “Connection to 10\.0\.0\.1 failed/,
		/any proxy/,
		'502',
	],
	[
		'a name service that gives no answer',
		() => 'wv0024.wolkvox.com',
		/^The address of wv0024\.wolkvox\.com cannot be looked up right now \(EAI_AGAIN\)$/,
		/DNS/,
		null,
	],
	[
		'a connection that is refused',
		() => 'http://127.0.0.1:9',
		/^127\.0\.0\.1:9 refuses the connection \(ECONNREFUSED\)$/,
		FIREWALL,
		null,
	],
];

test('what may pass is tried again, then told in its own words', async () => {
	// A 502 may be a gateway that asks for less: a run waits a quarter of an hour for it, a poll and the credential do not.
	const tried = FOR_NOW.filter(([, , , , httpCode]) => httpCode === null);
	const told = await Promise.all(tried.map(async ([, server]) => await inNode(server())));
	for (const [index, [, , message, advice, httpCode]] of tried.entries()) {
		expect(told[index]).toEqual({
			message: expect.stringMatching(message),
			description: expect.stringMatching(advice),
			httpCode,
		});
		if (advice !== FIREWALL) expect(told[index].description).not.toMatch(FIREWALL);
	}
	expect(proxy.asked.filter((line) => line.includes('wv0004')).length).toBeGreaterThanOrEqual(6);
}, 120_000);

test('the trigger and the credential tell what may pass in the same words', async () => {
	const [triggers, credentials] = await Promise.all([
		Promise.all(FOR_NOW.map(async ([, server]) => await inTrigger(server()))),
		Promise.all(FOR_NOW.map(async ([, server]) => await inCredential(server()))),
	]);
	for (const [index, [, , message]] of FOR_NOW.entries()) {
		const told = new RegExp(message.source.replace(/\$$/, '\\.'));
		expect(triggers[index].message).toMatch(told);
		expect(triggers[index].failure).toMatchObject({ cause: 'temporarily-unavailable' });
		expect(credentials[index]).toMatch(told);
	}
}, 120_000);

test('a proxy that is not there, and one whose name nobody has, are told as the proxy’s own', async () => {
	process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
	const gone = await inCredential('wv0006.wolkvox.com');
	process.env.HTTPS_PROXY = 'http://wv0023.wolkvox.com:3128';
	const unknown = await inCredential('wv0006.wolkvox.com');
	process.env.HTTPS_PROXY = proxy.url;
	expect(gone).toMatch(
		/^The proxy between n8n and wv0006\.wolkvox\.com does not connect \(ECONNREFUSED 127\.0\.0\.1:9\)\./,
	);
	expect(unknown).toMatch(/^The proxy that this n8n is set to use is not found \(ENOTFOUND wv0023\.wolkvox\.com\)\./);
});

test("n8n's own protection of networks is told with its own sentence, at once, and not as Wolkvox's", async () => {
	const startedMs = Date.now();
	const told = await protectedFromSsrf(
		async () =>
			[
				await inNode(simulator.url),
				await inTrigger(simulator.url),
				{ message: await inCredential(simulator.url) },
			] as Told[],
	);
	expect(Date.now() - startedMs).toBeLessThan(5_000);
	for (const { message } of told)
		expect(message).toMatch(
			/^n8n does not let this node reach 127\.0\.0\.1:\d+: “The request was blocked because it resolves to a restricted IP address”/,
		);
	expect(told[0]).toMatchObject({ description: expect.stringContaining('N8N_SSRF_ALLOWED_HOSTNAMES'), httpCode: null });
	expect(simulator.requests).toEqual([]);
});

test('a proxy that forwards is passed, every record once', async () => {
	process.env.HTTP_PROXY = proxy.url;
	process.env.NO_PROXY = '';
	const { items, error } = await runNode({
		parameters: PARAMETERS,
		credentials: { server: simulator.url, token: TOKEN },
	});
	delete process.env.HTTP_PROXY;
	expect(error).toBeUndefined();
	expect(proxy.asked.filter((line) => line.startsWith(`GET ${simulator.url}/`))).not.toEqual([]);
	expect(digestOf(items.map(({ json }) => json as RawRow & typeof json))).toEqual(
		simulator.truth({ from: '2025-03-04 00:00:00', to: '2025-03-05 00:00:00' }),
	);
});

test.each(['noticeBefore', 'noticeBehind'] as const)(
	'%s: every record comes, and a warning quotes it',
	async (name) => {
		simulator.configure({ faults: { script: [name, name] } });
		const { items, hints, error } = await runNode({
			parameters: PARAMETERS,
			credentials: { server: simulator.url, token: TOKEN },
		});
		expect(error).toBeUndefined();
		expect(digestOf(items.map(({ json }) => json as RawRow & typeof json))).toEqual(
			simulator.truth({ from: '2025-03-04 00:00:00', to: '2025-03-05 00:00:00' }),
		);
		expect(hints[0]).toEqual({
			type: 'warning',
			location: 'outputPane',
			message:
				'Wolkvox wrote a notice of its own software beside the data, which is whole: “Deprecated: Function strftime() is ' +
				'deprecated in /var/www/html/api/v2/reports_manager.php on line 12”.',
		});
	},
);

test('a notice in place of the data is quoted, not called a web page', async () => {
	simulator.configure({ faults: { random: { noticeInstead: 1 } } });
	const told = await inNode(simulator.url).finally(() => simulator.configure({ faults: {} }));
	expect(told.message).toMatch(
		/^127\.0\.0\.1:\d+ wrote a notice of its own software in place of whole data: “Fatal error : Allowed memory size exhausted in \/var\/www\/r\.php on line 7”$/,
	);
}, 120_000);

test('with NODE_EXTRA_CA_CERTS a proxy that opens TLS is passed, by CONNECT', async () => {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['--require', join(__dirname, 'typescript.cjs'), join(__dirname, 'behindProxy.ts'), 'wv0001.wolkvox.com', TOKEN],
		{
			env: { ...process.env, HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificates.authorityFile },
			maxBuffer: 64 << 20,
		},
	);
	const { rows, error } = JSON.parse(stdout) as { rows: RawRow[]; error?: string };
	expect(error).toBeUndefined();
	expect(digestOf(rows)).toEqual(simulator.truth({ from: '2025-03-04 00:00:00', to: '2025-03-05 00:00:00' }));
}, 120_000);
