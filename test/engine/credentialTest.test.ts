import { CredentialTestContext } from 'n8n-core';
import type { INodeCredentialTestResult } from 'n8n-workflow';

import { testWithin } from '../../nodes/shared/connection/credentialTest';
import { WolkvoxAmd } from '../../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { type FaultName, type Simulator, startSimulator } from '../simulator';
import { additionalDataOf } from './harness';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => await simulator.close());

type Access = { server?: string; token?: string };

/** What a person sees after Save in the credential's window; `budgetMs` is how long it may take, where that matters. */
async function test(data: Access = {}, budgetMs?: number): Promise<INodeCredentialTestResult> {
	const access = { server: simulator.url, token: simulator.token, ...data };
	const credential = { id: '1', name: 'Test', type: 'wolkvoxApi', data: access };
	// The request helper is n8n-core's real one.
	const { helpers, logger } = new CredentialTestContext(additionalDataOf(access, 'internal'));
	if (budgetMs !== undefined) return await testWithin(budgetMs, helpers.request, credential);
	return await new WolkvoxAmd().methods.credentialTest.testCredential.call({ helpers, logger }, credential);
}

async function withFault(
	fault: FaultName | { name: FaultName; location: string },
	budgetMs?: number,
): Promise<INodeCredentialTestResult> {
	simulator.configure({ onRequest: () => (typeof fault === 'string' ? { name: fault } : fault) });
	return await test({}, budgetMs).finally(() => simulator.configure({ onRequest: undefined }));
}

it('passes with the right token', async () => {
	expect(await test()).toEqual({ status: 'OK', message: 'Connection successful' });
});

it('tells a wrong token', async () => {
	expect(await test({ token: 'wrong' })).toEqual({
		status: 'Error',
		message: expect.stringMatching(
			/^Wolkvox does not accept this token on 127\.0\.0\.1:\d+\. The token is wrong or expired, or it belongs to another operation\./,
		),
	});
});

it('tells that a token whose quota is spent is valid', async () => {
	simulator.configure({ licences: 0 });
	const result = await test().finally(() => simulator.configure({ licences: 30 }));
	expect(result).toEqual({
		status: 'OK',
		message: "The token is valid, but today's requests of this operation are used up",
	});
});

it('tells that the API is closed for its backup', async () => {
	simulator.configure({ backup: { from: '00:00:00', to: '23:59:59' } });
	const result = await test().finally(() => simulator.configure({ backup: null }));
	expect(result).toEqual({
		status: 'Error',
		message: expect.stringMatching(/^Wolkvox has closed its API for now: .*nightly backup/),
	});
});

it('tells that the token is valid while others use it', async () => {
	simulator.configure({ maxInFlight: 0 });
	const result = await test().finally(() => simulator.configure({ maxInFlight: 2 }));
	expect(result).toEqual({ status: 'OK', message: 'The token is valid; other requests are using it right now' });
});

it('tells a host that never answers, and what that means most often', async () => {
	const result = await withFault('stallHead', 1_000);
	expect(result).toEqual({
		status: 'Error',
		message: expect.stringMatching(
			/^127\.0\.0\.1:\d+ does not answer \(no answer in time\)\. Most often the public IP address of this n8n is not in the operation's firewall list/,
		),
	});
});

it('tells a host that is not there, and one that hangs up', async () => {
	const gone = await startSimulator();
	await gone.close();
	const results = await Promise.all([test({ server: gone.url }), withFault('refuse')]);
	expect(results.map(({ message }) => message.split('. ')[0])).toEqual([
		expect.stringMatching(/^127\.0\.0\.1:\d+ refuses the connection \(ECONNREFUSED\)$/),
		expect.stringMatching(/^127\.0\.0\.1:\d+ closed the connection before it answered \(ECONNRESET\)$/),
	]);
	expect(results[1].message).toContain('firewall list');
});

it('tells something that is not Wolkvox', async () => {
	const result = await withFault('html200');
	expect(result).toEqual({
		status: 'Error',
		message: expect.stringMatching(/answered with a web page instead of data.*not a Wolkvox server/),
	});
});

it('tells a redirect, and does not send the token there', async () => {
	const elsewhere = await startSimulator();
	const result = await withFault({ name: 'redirect', location: `${elsewhere.url}/login` });
	await elsewhere.close();
	expect(result).toEqual({
		status: 'Error',
		message: expect.stringContaining(
			`points to another address: ${elsewhere.url}/login. The token is never sent to another address`,
		),
	});
	expect(elsewhere.requests).toEqual([]);
});

it.each([
	[
		{ server: 'example.com' },
		/^Server in the Wolkvox API credential is no Wolkvox server: “example\.com”\. Enter the server code of the operation, such as 0022\./,
	],
	[{ server: '' }, /^Server is empty/],
	[{ token: '' }, /^Token is empty/],
])('tells what cannot be right before any request: %j', async (data, message) => {
	const before = simulator.requests.length;
	expect(await test(data)).toEqual({ status: 'Error', message: expect.stringMatching(message) });
	expect(simulator.requests.length).toBe(before);
});
