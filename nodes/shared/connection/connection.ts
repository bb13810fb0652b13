import type { ICredentialsDecrypted } from 'n8n-workflow';

import type { Transport } from '../../../core/api/ports';
import { openLane } from '../../../core/api/tokenLane';
import { ExecutionBudget } from '../../../core/extraction/executionBudget';
import { type Failure, type Result, invalid, ok } from '../../../core/failures';
import { type Connection, nothingSpent } from '../../../core/api/request';
import { type Server, readServer } from '../../../core/api/server';
import { type Words, explain } from '../../../core/messages';
import { noting } from './lastAsked';
import { callLeftMs } from '../tool/toolRun';
import { type N8nContext, transportOf, world } from './transport';

/** A way to the API, open until it is closed. */
export interface OpenConnection {
	readonly connection: Connection;
	readonly server: Server;
	/** Names server and token, for this process's memory alone: even a hash of a token is a secret. */
	readonly account: string;
	/** What this execution spends on the token, over all its items and nodes; a poll and the editor have none. */
	readonly execution: ExecutionBudget | undefined;
	/** Puts a failure in words, the token left out should the server have echoed it. */
	say(failure: Failure): Words;
	/** A text of the API, with the same care. */
	withoutToken(text: string): string;
	/** Whether the time that it may take is over. */
	isOutOfTime(): boolean;
	/** Ends what is under way and gives the token's turn to others; call once, in any case. */
	close(): void;
}

export interface ConnectionOptions {
	/** The input item whose credential is used; a poll and the editor have none. */
	readonly itemIndex?: number;
	/** How many requests at once this user of the token allows. */
	readonly parallelRequests?: number;
	/** A poll: its requests go before those of a long run. */
	readonly goesFirst?: boolean;
	/** Milliseconds after which every request and wait has ended, the wait for a turn included. */
	readonly budgetMs?: number;
}

export const CREDENTIAL = 'wolkvoxApi';

/** Opens the way to the API with the node's credential. n8n itself throws where no credential is set. */
export async function openConnection(
	context: N8nContext,
	options: ConnectionOptions = {},
): Promise<Result<OpenConnection>> {
	const data =
		'getExecuteData' in context
			? await context.getCredentials(CREDENTIAL, options.itemIndex ?? 0)
			: await context.getCredentials(CREDENTIAL);
	const credential = { id: '', name: CREDENTIAL, type: CREDENTIAL, data };
	const runSignal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return connectionOf(credential, (server) => noting(context, transportOf(context, server, credential)), {
		...options,
		budgetMs: options.budgetMs ?? callLeftMs(context, world.now()),
		runSignal,
		executionId: 'getExecuteData' in context ? context.getExecutionId() : undefined,
	});
}

/** Opens the way to the API over any transport, once the credential has been read. */
export function connectionOf(
	{ data }: ICredentialsDecrypted,
	transportTo: (server: Server) => Transport,
	{
		parallelRequests = 1,
		goesFirst,
		budgetMs,
		runSignal,
		executionId,
	}: ConnectionOptions & { readonly runSignal?: AbortSignal; readonly executionId?: string },
): Result<OpenConnection> {
	const server = readServer(data?.server);
	if (!server.ok) return server;
	const token = String(data?.token ?? '').trim();
	if (!/^[\x21-\x7e]+$/.test(token)) {
		return invalid(
			'token',
			`Token is ${token === '' ? 'empty' : 'not readable'} in the Wolkvox API credential`,
			'Copy the wolkvox-token of the operation again: letters and digits on one line.',
		);
	}

	const stop = new AbortController();
	const forward = (): void => stop.abort();
	runSignal?.addEventListener('abort', forward, { once: true });
	if (runSignal?.aborted) forward();
	const deadlineMs = budgetMs === undefined ? undefined : world.now() + budgetMs;
	if (budgetMs !== undefined) void world.sleep(budgetMs, stop.signal).then(forward);

	const account = JSON.stringify([server.value.host, token]);
	const execution = executionId === undefined ? undefined : executionBudgetOf(executionId, account);
	const spending = execution?.begin() ?? nothingSpent();
	const isOutOfTime = (): boolean => deadlineMs !== undefined && world.now() >= deadlineMs;
	const lane = openLane(world, server.value.host, token, { parallel: parallelRequests, goesFirst });
	return ok({
		connection: {
			transport: transportTo(server.value),
			world,
			lane,
			spending,
			signal: stop.signal,
			deadlineMs,
		},
		server: server.value,
		account,
		execution,
		isOutOfTime,
		say: (failure) =>
			failure.kind === 'cancelled' && isOutOfTime()
				? OUT_OF_TIME
				: explain(
						'said' in failure ? { ...failure, said: withoutToken(failure.said ?? '', token) } : failure,
						server.value.host,
					),
		withoutToken: (text) => withoutToken(text, token),
		close() {
			runSignal?.removeEventListener('abort', forward);
			stop.abort();
			lane.close();
			execution?.end(spending);
		},
	});
}

/** By execution and account, the one that was used last at the end; nothing tells when an execution is over. */
const executions = new Map<string, ExecutionBudget>();
const EXECUTIONS_REMEMBERED = 200;

function executionBudgetOf(executionId: string, account: string): ExecutionBudget {
	const key = JSON.stringify([executionId, account]);
	const budget = executions.get(key) ?? new ExecutionBudget();
	executions.delete(key);
	executions.set(key, budget);
	const [oldest] = executions.keys();
	if (executions.size > EXECUTIONS_REMEMBERED) executions.delete(oldest);
	return budget;
}

const OUT_OF_TIME: Words = {
	message: 'The time for one answer was over before all of it was read',
	description: 'Ask again for a shorter range, such as one day.',
};

/** As few characters of a token as tell nothing. */
const HARMLESS_CHARS = 3;

/** A text without the token, in capitals or not, and without the part of it that is left where the text was cut. */
function withoutToken(said: string, token: string): string {
	const text = said.replace(new RegExp(token.replace(/\W/g, '\\$&'), 'gi'), '…');
	for (let left = token.length - 1; left > HARMLESS_CHARS; left--) {
		if (text.toLowerCase().endsWith(token.slice(0, left).toLowerCase())) return `${text.slice(0, -left)}…`;
	}
	return text;
}
