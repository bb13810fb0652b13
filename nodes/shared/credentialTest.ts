import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import type { Exchange, Transport } from '../../core/exchange';
import { askUsage } from '../../core/information';
import type { Failure } from '../../core/outcome';
import type { Spending } from '../../core/request';
import type { Server } from '../../core/server';
import { type Words, explain } from '../../core/words';
import { headersOf, noReply } from './exchanged';
import { lineOf } from './line';

/** A person waits for the result: long enough for a turn on the token and for a host that answers late. */
const TEST_BUDGET_MS = 15_000;

/** Tests a credential by asking for the token's usage, and says in words what is wrong. */
export async function testCredential(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	const { request } = this.helpers;
	const opened = lineOf(credential, (server) => legacyTransport(request, server, String(credential.data?.token ?? '').trim()), { budgetMs: TEST_BUDGET_MS });
	if (!opened.ok) return failed(explain(opened.failure, ''));
	const { line, say, close } = opened.value;
	const usage = await askUsage(line).finally(close);
	if (usage.kind === 'whole') return { status: 'OK', message: 'Connection successful' };
	const failure: Failure = usage.kind === 'empty' ? { kind: 'transient', why: 'notWhole', said: 'no token information' } : usage;
	return verdict(failure, line.spending, say);
}

function verdict(failure: Failure, { requests, answered }: Spending, say: (failure: Failure) => Words): INodeCredentialTestResult {
	if (failure.kind === 'refused' && failure.why === 'quotaSpent') {
		return { status: 'OK', message: "The token is valid, but today's requests of this operation are used up" };
	}
	if (failure.kind === 'busy') return { status: 'OK', message: 'The token is valid; other requests are using it right now' };
	if (failure.kind === 'cancelled' && requests > 0 && !answered) return failed(say({ kind: 'transient', why: 'unreachable', said: 'no answer in time' }));
	if (failure.kind === 'cancelled' || failure.kind === 'bounded') {
		return failed({ message: 'The token could not be tested in time', description: 'Other workflows are using it. Test it again in a minute.' });
	}
	return failed(say(failure));
}

const failed = ({ message, description }: Words): INodeCredentialTestResult => ({
	status: 'Error',
	message: description ? `${message}. ${description}` : message,
});

type LegacyRequest = ICredentialTestFunctions['helpers']['request'];

/** In a credential test n8n has its older request helper alone: whole bodies, and no signal. */
function legacyTransport(request: LegacyRequest, server: Server, token: string): Transport {
	return async ({ path, query, timeoutMs, signal }) => {
		const aborted = new Promise<Exchange>((resolve) => {
			signal.addEventListener('abort', () => resolve({ status: null, why: 'cancelled', code: '' }), { once: true });
		});
		const answered = request({
			method: 'GET',
			uri: `${server.url}/api/v2/${path}`,
			qs: query,
			headers: { 'wolkvox-token': token, Accept: 'application/json' },
			encoding: null,
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
			timeout: timeoutMs,
		})
			.then(({ statusCode, headers, body }: { statusCode: number; headers: object; body: unknown }): Exchange => ({
				status: statusCode,
				headers: headersOf(headers),
				read: async (onBytes) => (onBytes(body instanceof Uint8Array ? body : Buffer.from(String(body ?? ''))) ? 'complete' : 'stopped'),
			}))
			.catch((reason: unknown) => noReply(reason));
		return await Promise.race([answered, aborted]);
	};
}
