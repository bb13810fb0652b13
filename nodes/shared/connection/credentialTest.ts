import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import type { Exchange, Transport } from '../../../core/api/ports';
import type { Failure } from '../../../core/failures';
import type { Connection } from '../../../core/api/request';
import { type Answer, readDocument } from '../../../core/api/response';
import type { Server } from '../../../core/api/server';
import { type Words, explain } from '../../../core/messages';
import { unforeseenWords } from '../output/errors';
import { headersOf, noReply } from './toExchange';
import { connectionOf } from './connection';

/** A person waits for the result: long enough for a turn on the token and for a host that answers late. */
const TEST_BUDGET_MS = 15_000;
/** A passing fault is tried once more after this. */
const SECOND_TRY_MS = 1_000;

/** Tests a credential by asking for the token's usage, and says in words what is wrong. */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { request } = this.helpers;
	return await testWithin(TEST_BUDGET_MS, request, credential).catch((reason: unknown) =>
		failed(unforeseenWords(reason) ?? { message: 'The credential could not be tested', description: '' }),
	);
}

/** The test with a time limit of one's own, in milliseconds. */
export async function testWithin(
	budgetMs: number,
	request: LegacyRequest,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const opened = connectionOf(
		credential,
		(server) => legacyTransport(request, server, String(credential.data?.token ?? '').trim()),
		{ budgetMs },
	);
	if (!opened.ok) return failed(explain(opened.failure, ''));
	const { connection, say, close } = opened.value;
	const answer = await askTwice(connection).finally(close);
	if (answer === 'noTurn')
		return failed({
			message: 'The token could not be tested in time',
			description: 'Other workflows are using it. Test it again in a minute.',
		});
	if (answer.kind === 'whole' && answer.value.length > 0) return { status: 'OK', message: 'Connection successful' };
	return verdict(
		answer.kind === 'whole' || answer.kind === 'empty'
			? { kind: 'transient', why: 'notWhole', said: 'no token information' }
			: answer,
		say,
	);
}

/** Asks without the patience of a run: a person wants to know now. */
async function askTwice(connection: Connection): Promise<Answer<unknown[]> | 'noTurn'> {
	const first = await askOnce(connection);
	if (first === 'noTurn' || first.kind !== 'transient') return first;
	await connection.world.sleep(SECOND_TRY_MS, connection.signal);
	const second = await askOnce(connection);
	return second === 'noTurn' || second.kind === 'cancelled' ? first : second;
}

async function askOnce({
	lane,
	transport,
	signal,
	world: { now },
	deadlineMs = now(),
}: Connection): Promise<Answer<unknown[]> | 'noTurn'> {
	const answer = await lane.withTurn({ signal, untilMs: deadlineMs }, async () => {
		const timeoutMs = Math.max(1, deadlineMs - now());
		return await transport({ path: 'information.php', query: { api: 'token_info' }, timeoutMs, signal }).then(
			readDocument,
		);
	});
	return answer ?? 'noTurn';
}

function verdict(failure: Failure, say: (failure: Failure) => Words): INodeCredentialTestResult {
	if (failure.kind === 'refused' && failure.why === 'quotaSpent') {
		return { status: 'OK', message: "The token is valid, but today's requests of this operation are used up" };
	}
	if (failure.kind === 'busy')
		return { status: 'OK', message: 'The token is valid; other requests are using it right now' };
	if (failure.kind === 'cancelled' || failure.kind === 'tooMany')
		return failed(say({ kind: 'transient', why: 'unreachable', said: 'no answer in time' }));
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
			.then(
				({ statusCode, headers, body }: { statusCode: number; headers: object; body: unknown }): Exchange => ({
					status: statusCode,
					headers: headersOf(headers),
					read: async (onBytes) =>
						onBytes(body instanceof Uint8Array ? body : Buffer.from(String(body ?? ''))) ? 'complete' : 'stopped',
				}),
			)
			.catch((reason: unknown) => noReply(reason, server.url));
		return await Promise.race([answered, aborted]);
	};
}
