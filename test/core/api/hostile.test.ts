/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { performance } from 'node:perf_hooks';

import { askCampaigns, askUsage, campaignNumbers } from '../../../core/api/information';
import type { Exchange } from '../../../core/api/ports';
import { type Connection, ask, nothingSpent } from '../../../core/api/request';
import { readReport } from '../../../core/api/response';
import { openLane } from '../../../core/api/tokenLane';
import { explain } from '../../../core/messages';
import { answer, envelope, row } from '../../support/exchanges';
import { VirtualWorld } from '../../support/virtualWorld';

const MB = 1024 * 1024;
const PIECE = 64 * 1024;
const fill = (text: string, bytes = 8 * MB): string => text.repeat(Math.ceil(bytes / text.length));
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const keys = (count: number): string => Array.from({ length: count }, (_, index) => `"k${index}":1`).join(',');
const ok =
	(body: string): (() => Exchange) =>
	() =>
		answer(200, body, { pieceBytes: PIECE });
const page =
	(status: number, body: string): (() => Exchange) =>
	() =>
		answer(status, body, { pieceBytes: PIECE, headers: { 'content-type': 'text/html' } });
const said = (msg: string): (() => Exchange) => ok(`{"code":"200","error":"","msg":${msg},"data":[]}`);

/** An endless body: it ends only where the reader has enough. */
const endless =
	(piece: string): (() => Exchange) =>
	() => ({
		status: 200,
		headers: {},
		read: async (onBytes) => {
			const bytes = Buffer.from(fill(piece, PIECE));
			for (let sent = 0; sent < 300 * MB; sent += bytes.length) if (!onBytes(bytes)) return 'stopped';
			return 'timedOut';
		},
	});

const ODD: Record<string, string> = {
	'an object that cannot be text': '{"toString":1,"valueOf":2}',
	'an object in an object': '{"a":{"b":1}}',
	'lists nested 10,000 deep': nested(10_000),
	'200,000 digits': '9'.repeat(30_000),
	'a truth value': 'true',
	nothing: 'null',
	'a list': '[1,2]',
	'a number past every other': '1e400',
};

const BODIES: Record<string, () => Exchange> = {
	...Object.fromEntries(
		Object.entries(ODD).flatMap(([what, value]) => [
			[
				`code: ${what}`,
				ok(`{"code":${value},"error":"","msg":"1 records were found","data":[${JSON.stringify(row)}]}`),
			],
			[`msg: ${what}`, said(value)],
			[`error: ${what}`, ok(`{"code":"200","error":${value},"msg":"","data":[]}`)],
			[`a row: ${what}`, ok(`{"code":"200","error":"","msg":"1 records were found","data":[${value}]}`)],
			[`data: ${what}`, ok(`{"code":"200","error":"","msg":"","data":${value}}`)],
			[`a refusal: ${what}`, page(403, `{"code":"403","msg":${value}}`)],
		]),
	),
	'a msg of 8 MB of digits': said(`"${fill('9')}"`),
	'a msg of 8 MB of blanks': said(`"${fill(' ')}"`),
	'a msg of 8 MB of 60000': said(`"${fill('60000 ')}"`),
	'a msg of 8 MB of campaign': said(`"${fill('campaign ')}"`),
	'a page of 8 MB of styles': page(502, fill('<style>')),
	'a page of 8 MB of brackets': page(502, fill('<')),
	'a page of 8 MB of heads': page(404, fill('<head><script>')),
	'a page of 8 MB of blanks': page(403, fill(' ')),
	'a notice of 8 MB of blanks': ok(`<b>Notice${fill(' ')}`),
	'a notice behind the JSON, and 8 MB of blanks': ok(`${envelope()}Notice${fill(' ')}`),
	'a refusal with a notice behind it': page(500, `{"msg":"x"}]Notice${fill(' ')}`),
	'a title of 8 MB': page(200, `<title>${fill('a')}`),
	'a million keys around the rows': ok(`{${keys(1_000_000)},"data":[]}`),
	'a million keys in a refusal': page(500, `{${keys(1_000_000)}}`),
	'a million keys in a row': ok(`{"code":"200","msg":"","data":[{${keys(100_000)}}]}`),
	'a million empty rows': ok(`{"code":"200","msg":"","data":[${fill('[],', 3_000_000)}[]]}`),
	'a key of 8 MB': ok(`{"${fill('k')}":1}`),
	'an endless run of blanks': endless(' '),
	'endless text in a value': endless('{"msg":"aaaa'),
	'endless digits': endless('1'),
	'text that is not UTF-8': () => answer(200, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
};

let tokens = 0;
function connect(reply: () => Exchange): { connection: Connection; world: VirtualWorld } {
	const world = new VirtualWorld();
	const lane = openLane(world, 'hostile', String(tokens++), { parallel: 1 });
	const connection: Connection = {
		transport: async () => reply(),
		world,
		lane,
		spending: nothingSpent(),
		signal: new AbortController().signal,
		deadlineMs: world.now() + 35_000,
	};
	return { connection, world };
}

const report = (connection: Connection) =>
	ask(connection, {
		path: 'reports_manager.php',
		query: {},
		read: async (exchange) => await readReport(exchange, { capRecords: 60_000, take: () => undefined }),
		tries: () => 1,
	});

const ASKED = { report, campaigns: askCampaigns, numbers: campaignNumbers, usage: askUsage } as const;

/** The longest that nothing else had its turn. */
async function longestStallMs<T>(work: () => Promise<T>): Promise<{ value: T; stallMs: number }> {
	let [stallMs, last, isDone] = [0, performance.now(), false];
	const watch = (): void => {
		stallMs = Math.max(stallMs, performance.now() - last);
		last = performance.now();
		if (!isDone) setImmediate(watch);
	};
	setImmediate(watch);
	const value = await work();
	isDone = true;
	return { value, stallMs: Math.max(stallMs, performance.now() - last) };
}

describe.each(Object.entries(BODIES))('%s', (_, reply) => {
	test('ends by name, and the token is free afterwards', async () => {
		for (const ask of Object.values(ASKED)) {
			const { connection } = connect(reply);
			const before = process.memoryUsage().rss;
			const given = await ask(connection);
			if (!Array.isArray(given) && !['whole', 'empty'].includes(given.kind)) {
				const { message, description } = explain(given as never, 'wv0022.wolkvox.com');
				expect(message.length + description.length).toBeLessThan(1_500);
			}
			expect((process.memoryUsage().rss - before) / MB).toBeLessThan(150);
			const again = { ...connection, transport: async () => answer(200, envelope()), deadlineMs: undefined };
			expect((await report(again)).kind).toBe('whole');
			connection.lane.close();
		}
	});

	test('stalls nothing', async () => {
		const exchange = reply();
		if (exchange.status === null) return;
		// As a network would: every piece in a turn of its own.
		const pieces: Uint8Array[] = [];
		await exchange.read((bytes) => pieces.push(bytes) < 400);
		const breathing: Exchange = {
			...exchange,
			read: async (onBytes) => {
				for (const piece of pieces) {
					await new Promise((resume) => setImmediate(resume));
					if (!onBytes(piece)) return 'stopped';
				}
				return 'complete';
			},
		};
		const { connection } = connect(() => breathing);
		const { stallMs } = await longestStallMs(
			async () => await report({ ...connection, deadlineMs: connection.world.now() + 5_001 }),
		);
		expect(stallMs).toBeLessThan(200);
		connection.lane.close();
	});
});
