import type { Exchange, Transport } from '../../../core/api/ports';
import type { ExtractOptions } from '../../../core/extraction/extract';
import { formatWall, parseRowDate } from '../../../core/time/wallClock';
import { answer, envelope, refusal } from '../../support/exchanges';
import { between, runToEnd } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';

interface Asked {
	readonly first: number;
	readonly last: number;
	readonly turn: number;
	/** Requests under way, this one included. */
	readonly inFlight: number;
	readonly elapsedMs: number;
}

const row = (at: number) => ({
	customer_id: '1',
	campaign_id: '7',
	file_name: '',
	telephone: '57',
	result: 'HUMAN',
	date: formatWall(at),
});
const LATENCY_MS = 100;

/** One row for every so many seconds that were asked; a row an hour before a moment. */
function rowsEvery(stepSeconds: number, { first, last }: Asked, sparseTo = 0): Exchange {
	const data: object[] = [];
	for (let at = first; at <= last; at++) if (at % (at < sparseTo ? 3_600 : stepSeconds) === 0) data.push(row(at));
	return data.length === 0
		? answer(404, refusal('404', 'Validate dates entered'))
		: answer(200, envelope({ data, msg: '' }));
}

let hosts = 0;

/** A host in a world of its own, and the runs on it; `null` hangs until the request gives up. */
function hostOf(reply: (asked: Asked) => Exchange | null) {
	const world = new VirtualWorld();
	const startMs = world.now();
	const host = `outage-${hosts++}`;
	const sentAt: number[] = [];
	const seconds = (date: string | undefined): number => Number(parseRowDate(date ?? '')?.at);
	let inFlight = 0;
	const transport: Transport = async ({ query, timeoutMs, signal }) => {
		const elapsedMs = world.now() - startMs;
		sentAt.push(elapsedMs / 1_000);
		const heard = reply({
			first: seconds(query.date_ini),
			last: seconds(query.date_end),
			turn: sentAt.length,
			inFlight: ++inFlight,
			elapsedMs,
		});
		await world.sleep(heard ? LATENCY_MS : timeoutMs, signal);
		inFlight--;
		return heard ?? { status: null, why: 'timedOut', code: 'ETIMEDOUT' };
	};
	const extracts = async (options: Pick<ExtractOptions, 'range'> & Partial<ExtractOptions>) =>
		await runToEnd({ world, transport, host }, options);
	return { extracts, sentAt, elapsedHours: () => (world.now() - startMs) / 3_600_000 };
}

const month = between('2024-05-01', '2024-05-31');

describe('a host that hangs in mid-run', () => {
	test.each([1, 2])(
		'for good: the run ends within the hour, and says that the host stalled (%i at once)',
		async (parallelRequests) => {
			const host = hostOf((asked) => (asked.turn <= 3 ? rowsEvery(60, asked) : null));
			const { report } = await host.extracts({ range: month, parallelRequests });
			expect(report.proven.length).toBeGreaterThan(0);
			expect(report.unproven.at(-1)).toMatchObject({
				window: { to: month.to },
				failure: { kind: 'transient', why: 'stalled' },
			});
			expect(host.sentAt.length).toBeLessThan(45);
			expect(host.elapsedHours()).toBeLessThan(1);
		},
	);

	test('late in a long one: not a retry for every fifth request before', async () => {
		const host = hostOf((asked) => (asked.turn <= 300 ? rowsEvery(60, asked) : null));
		await host.extracts({ range: between('2024-01-01', '2025-01-01'), capRecords: 1_000 });
		expect(host.sentAt.length).toBeLessThan(345);
		expect(host.elapsedHours()).toBeLessThan(1.2);
	});

	test.each([5, 30])('for %i minutes: every record is there in the end', async (minutes) => {
		const host = hostOf((asked) =>
			asked.elapsedMs > 200 && asked.elapsedMs < minutes * 60_000 ? null : rowsEvery(60, asked),
		);
		const { report } = await host.extracts({ range: month });
		expect(report).toMatchObject({ unproven: [], records: 30 * 1_440 });
	});

	test('whenever many rows are asked for is slow: smaller windows bring everything', async () => {
		const quiet = between('2024-04-29', '2024-05-01');
		// A row a second, of which a request brings 1,200 in time.
		const host = hostOf((asked) =>
			asked.last - Math.max(asked.first, quiet.to) > 1_200 ? null : rowsEvery(1, asked, quiet.to),
		);
		const { report } = await host.extracts({ range: { from: quiet.from, to: quiet.to + 86_400 } });
		expect(report).toMatchObject({ unproven: [], records: 48 + 86_400 });
	});
});

test('where two at once are refused a run goes on with one: hardly a request more than without the second', async () => {
	const busy = (): Exchange => answer(403, refusal('403', 'EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN (2)'));
	let refused = 0;
	const host = hostOf((asked) => (asked.inFlight > 1 ? (refused++, busy()) : rowsEvery(60, asked)));
	const { report } = await host.extracts({ range: month, parallelRequests: 2, capRecords: 1_000 });
	expect(report).toMatchObject({ unproven: [], records: 30 * 1_440 });
	expect(refused).toBeLessThan(5);
});

describe('a Retry-After', () => {
	const unavailable = (retryAfter: string): Exchange =>
		answer(503, 'Service Unavailable', { headers: { 'retry-after': retryAfter } });
	const tooMany = (retryAfter: string): Exchange =>
		answer(429, 'Too Many Requests', { headers: { 'retry-after': retryAfter } });

	test.each([
		['503', unavailable],
		['429', tooMany],
	])(
		'of a century, again and again (%s), ends ten runs on one token within an hour, and one request looks at a time',
		async (_, reply) => {
			const host = hostOf(() => reply('3155760000'));
			const runs = await Promise.all(Array.from({ length: 10 }, () => host.extracts({ range: month })));
			expect(host.sentAt.length).toBeLessThanOrEqual(5);
			expect(Math.min(...host.sentAt.slice(1).map((at, index) => at - host.sentAt[index]))).toBeGreaterThanOrEqual(900);
			expect(
				runs.every(({ report }) => report.unproven.at(-1)?.window.to === month.to && report.proven.length === 0),
			).toBe(true);
			expect(host.elapsedHours()).toBeLessThan(1.01);
		},
	);

	test('of ten minutes again and again is kept by ten runs on one token, and all end within an hour', async () => {
		const host = hostOf(() => tooMany('600'));
		const runs = await Promise.all(Array.from({ length: 10 }, () => host.extracts({ range: month })));
		expect(runs.every(({ report }) => report.unproven[0].failure.kind === 'busy')).toBe(true);
		expect(host.sentAt.length).toBeLessThanOrEqual(7);
		expect(Math.min(...host.sentAt.slice(1).map((at, index) => at - host.sentAt[index]))).toBeGreaterThanOrEqual(600);
		expect(host.elapsedHours()).toBeLessThan(1.01);
	});

	test.each([unavailable, tooMany])(
		'of a century, once: a quarter of an hour later everything comes, also for whoever waits',
		async (reply) => {
			const host = hostOf((asked) => (asked.turn === 5 ? reply('3155760000') : rowsEvery(60, asked)));
			const runs = await Promise.all(
				[1, 2].map(() => host.extracts({ range: month, parallelRequests: 2, capRecords: 1_000 })),
			);
			expect(runs.map(({ report }) => report)).toMatchObject([1, 2].map(() => ({ unproven: [], records: 30 * 1_440 })));
			expect(runs.some(({ report }) => report.longestRetryAfterMs === 3_155_760_000_000)).toBe(true);
			expect(host.elapsedHours()).toBeLessThan(0.3);
		},
	);
});

test.each([502, 503, 403])(
	'a page with status %i in place of every answer is told within three minutes',
	async (status) => {
		const world = new VirtualWorld();
		const startMs = world.now();
		let requests = 0;
		const transport: Transport = async () => {
			requests++;
			await world.sleep(LATENCY_MS);
			return answer(status, '<html><head><title>Not today</title></head></html>');
		};
		const host = `pages-${status}.wolkvox.com`;
		const { report } = await runToEnd({ world, transport, host }, { range: between('2024-06-03', '2024-07-03') });
		expect(report.proven).toEqual([]);
		for (const { failure } of report.unproven)
			expect(failure).toMatchObject({ kind: 'transient', why: 'webPage', status });
		expect(world.now() - startMs).toBeLessThanOrEqual(180_000);
		expect(requests).toBeLessThanOrEqual(6);
	},
);
