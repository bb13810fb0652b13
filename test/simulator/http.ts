/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { Access } from './access';
import { page, small, type Answer } from './answer';
import { refusal } from './envelope';
import { FaultSource } from './faults';
import type { Gateway } from './gateway';
import { campaignList, tokenInfo } from './information';
import { instead, lieOf, retryAfter, spoil } from './misfortune';
import type { Operation } from './operation';
import type { RequestLogEntry, SimulatorOptions } from './options';
import { accumulated, asked, report } from './report';
import { send, type Exchange } from './send';

const REPORTS = '/api/v2/reports_manager.php';
const INFORMATION = '/api/v2/information.php';
const UNKNOWN_API = 'THE API YOU WANT TO CONSULT DOES NOT EXIST';

/** What lives as long as the server does. */
export interface Desk {
	options: SimulatorOptions;
	operation: Operation;
	access: Access;
	gateway: Gateway;
	faults: FaultSource;
	requests: RequestLogEntry[];
	peakInFlight: number;
}

/** One request from its head to its end, written into the log. */
export async function handle(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const entry = logEntry(desk, request);
	const { options } = desk;
	const kept = desk.gateway.answer(options.gateway, Date.now());
	if (kept) return await keepOut(desk, entry, response, kept);
	const { denial, leave } = desk.access.enter(options, entry.headers['wolkvox-token']);
	desk.peakInFlight = Math.max(desk.peakInFlight, desk.access.inFlight);
	const gone = new AbortController();
	response.on('close', () => {
		entry.clientClosed = !response.writableFinished && entry.outcome !== 'reset' && entry.outcome !== 'refuse';
		entry.endedAt = Date.now();
		leave();
		gone.abort();
	});
	const acceptsGzip = /\bgzip\b/.test(entry.headers['accept-encoding'] ?? '');
	const exchange: Exchange = { options, response, entry, acceptsGzip, gone: gone.signal, leave };
	if (denial) {
		const headers = denial.outcome === 'busy' ? retryAfter(options) : {};
		return await send(
			exchange,
			small(denial.status, refusal(options, denial.status, denial.msg), denial.outcome, headers),
		);
	}
	const answer = await answerTo(desk, exchange);
	if (answer) await send(exchange, answer);
}

/** What stands before the API answers in its place. */
async function keepOut(
	{ options }: Desk,
	entry: RequestLogEntry,
	response: ServerResponse,
	answer: Answer,
): Promise<void> {
	const gone = new AbortController();
	response.on('close', () => {
		entry.endedAt = Date.now();
		gone.abort();
	});
	await send(
		{ options: { ...options, latencyMs: 0 }, response, entry, acceptsGzip: false, gone: gone.signal, leave() {} },
		answer,
	);
}

/** Null: there will be no answer. */
async function answerTo(
	{ options, operation, faults, access }: Desk,
	{ entry, response }: Exchange,
): Promise<Answer | null> {
	const { path, query } = entry;
	const isReport = path === REPORTS && query.api === 'campaign_7';
	const meaning = isReport ? asked(options, query) : null;
	const window = meaning && 'from' in meaning ? meaning : null;
	const fault =
		options.onRequest?.(entry) ?? (isReport ? faults.next(options.faults, options.seed, window) : undefined);
	if (fault?.name === 'refuse') {
		entry.outcome = fault.name;
		response.socket?.resetAndDestroy();
		return null;
	}
	if (fault?.name === 'stallHead') {
		entry.outcome = fault.name;
		await once(response, 'close');
		return null;
	}
	const misfortune = fault && instead(options, fault);
	if (misfortune) return misfortune;
	const answer = honest();
	entry.matched = answer.matched ?? null;
	return fault ? spoil(answer, fault) : answer;

	function honest(): Answer {
		if (window) return report(options, operation, window, lieOf(fault));
		if (meaning && 'status' in meaning) return meaning;
		if (path !== REPORTS && path !== INFORMATION) return page(404, '404 Not Found', 'noSuchPage');
		if (!query.api) return small(400, refusal(options, 400, 'SOME PARAMETERS ARE REQUIRED'), 'missingParameter');
		if (path === REPORTS && query.api === 'campaign_6') return accumulated(options, operation, query);
		if (path === INFORMATION && query.api === 'campaigns') return campaignList(options, query.campaign);
		if (path === INFORMATION && query.api === 'token_info') return tokenInfo(options, access.usedToday(options.now()));
		return small(400, refusal(options, 400, UNKNOWN_API), 'unknownApi');
	}
}

function logEntry(desk: Desk, request: IncomingMessage): RequestLogEntry {
	const url = new URL(request.url ?? '/', 'http://simulator');
	const headers = Object.entries(request.headers).map(([key, value]) => [key, String(value)]);
	const entry: RequestLogEntry = {
		index: desk.requests.length,
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		headers: Object.fromEntries(headers),
		at: Date.now(),
		endedAt: null,
		status: 0,
		matched: null,
		served: 0,
		bytes: 0,
		outcome: 'running',
		clientClosed: false,
	};
	desk.requests.push(entry);
	return entry;
}
