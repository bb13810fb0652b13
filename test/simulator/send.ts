/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { constants, createGzip, type Gzip } from 'node:zlib';
import { cutShort, page, type Answer, type Ending } from './answer';
import type { Chunk } from './envelope';
import type { RequestLogEntry, SimulatorOptions } from './options';

export interface Exchange {
	options: SimulatorOptions;
	response: ServerResponse;
	entry: RequestLogEntry;
	acceptsGzip: boolean;
	/** Aborted when the connection closes. */
	gone: AbortSignal;
	/** Gives the place back: before the last byte, so that a client's next request finds it free. */
	leave: () => void;
}

/** Sends the answer at the service's speed, with the ending that it has. */
export async function send(exchange: Exchange, answer: Answer): Promise<void> {
	const { options, gone } = exchange;
	const { latencyMs, rowsPerSecond, pace, tooSlowAfterMs } = options;
	const serviceMs = latencyMs + (answer.rows / rowsPerSecond) * 1000;
	if (serviceMs > tooSlowAfterMs) return await tooSlow(exchange, answer, serviceMs);
	const headMs = pace === 'head' ? serviceMs : latencyMs;
	if (headMs > 0) await wait(headMs, undefined, { signal: gone });
	await write(exchange, answer, pace === 'body' ? rowsPerSecond : Infinity);
}

async function tooSlow(exchange: Exchange, answer: Answer, serviceMs: number): Promise<void> {
	const { tooSlowAfterMs, tooSlowAs, latencyMs } = exchange.options;
	if (tooSlowAs === 'html504') {
		await wait(tooSlowAfterMs, undefined, { signal: exchange.gone });
		return await write(exchange, page(504, '504 Gateway Time-out', 'tooSlow'), Infinity);
	}
	await wait(Math.min(latencyMs, tooSlowAfterMs), undefined, { signal: exchange.gone });
	const how = tooSlowAs === 'cut' ? 'cut' : 'stall';
	const at = tooSlowAfterMs / serviceMs;
	const rate = (answer.rows * at) / Math.max(0.001, (tooSlowAfterMs - latencyMs) / 1000);
	await write(exchange, { ...answer, outcome: 'tooSlow', ending: { how, at } }, rate > 0 ? rate : Infinity);
}

async function write(exchange: Exchange, answer: Answer, rowsPerSecond: number): Promise<void> {
	const { options, response, entry, gone } = exchange;
	const zipped = exchange.acceptsGzip && options.gzip;
	const encoding = options.latin1 ? 'latin1' : 'utf8';
	entry.status = answer.status;
	entry.outcome = answer.outcome;
	response.writeHead(answer.status, {
		'content-type': answer.html ? 'text/html' : `application/json${options.latin1 ? '' : '; charset=utf-8'}`,
		...(zipped ? { 'content-encoding': 'gzip' } : {}),
		...answer.headers,
	});
	const gzip = zipped ? zip(exchange) : null;
	const sink = gzip ?? response;
	const put = async (bytes: Buffer) => {
		if (!gzip) entry.bytes += bytes.length;
		if (!sink.write(bytes)) await once(sink, 'drain', { signal: gone });
	};
	if (options.bomAtStart && !answer.html) await put(Buffer.from('\ufeff'));
	const { ending } = answer;
	const body = ending ? cutShort(answer.body, Math.floor(answer.rows * ending.at)) : answer.body;
	for (const chunk of slices(body, rowsPerSecond)) {
		await put(Buffer.from(chunk.text, encoding));
		entry.served += chunk.rows;
		if (chunk.rows > 0)
			await (rowsPerSecond === Infinity
				? breath()
				: wait((chunk.rows / rowsPerSecond) * 1000, undefined, { signal: gone }));
	}
	await finish(exchange, gzip, ending?.how);
}

/** What comes out of the returned stream goes to the client, no faster than it takes it. */
function zip({ entry, response }: Exchange): Gzip {
	const gzip = createGzip({ level: 1 });
	gzip.on('data', (bytes: Buffer) => {
		entry.bytes += bytes.length;
		if (response.write(bytes)) return;
		gzip.pause();
		response.once('drain', () => gzip.resume());
	});
	return gzip;
}

async function finish(
	{ response, gone, leave }: Exchange,
	gzip: Gzip | null,
	how: Ending['how'] | undefined,
): Promise<void> {
	if (gzip && how && how !== 'cut') await new Promise<void>((done) => gzip.flush(constants.Z_SYNC_FLUSH, () => done()));
	if (how === 'stall') {
		await once(response, 'close');
		return;
	}
	if (how === 'reset') {
		// What was written must leave first: a reset drops what still waits.
		await wait(20, undefined, { signal: gone });
		response.socket?.resetAndDestroy();
		return;
	}
	if (gzip && how !== 'cutGzip') {
		gzip.end();
		if (!gzip.readableEnded) await once(gzip, 'end', { signal: gone });
	}
	leave();
	response.end();
}

/** Lets other requests have their turn between two parts. */
async function breath(): Promise<void> {
	await new Promise<void>((resume) => setImmediate(resume));
}

/** At a pace, no part may stand for more than a fifth of a second, or the flow would come in lumps. */
function* slices(body: Iterable<Chunk>, rowsPerSecond: number): Generator<Chunk> {
	for (const chunk of body) {
		const parts = Math.min(Math.max(1, chunk.rows), Math.ceil((chunk.rows / rowsPerSecond) * 5) || 1);
		const size = Math.ceil(chunk.text.length / parts);
		for (let part = 0; part < parts; part++) {
			const rows = Math.floor(((part + 1) * chunk.rows) / parts) - Math.floor((part * chunk.rows) / parts);
			yield { text: chunk.text.slice(part * size, (part + 1) * size), rows };
		}
	}
}
