import { extract } from '../../../core/extraction/extract';
import type { ExtractOptions } from '../../../core/extraction/options';
import { openLane } from '../../../core/api/tokenLane';
import { type Connection, nothingSpent } from '../../../core/api/request';
import { formatWall, parseRowDate } from '../../../core/time/wallClock';
import { answer, envelope, refusal } from '../../support/exchanges';
import { type SimulatorOptions, digestOf, wallSeconds } from '../../simulator';
import { between, runToEnd } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';
import { type Wire, wireTo } from '../../support/wire';

const day = between('2024-05-06', '2024-05-07');
const hour = between('2024-05-06 09:00:00', '2024-05-06 10:00:00');
const CAP = 601;
const CROWDED = '2024-05-06 09:30:00';

/** Extracts from a simulated operation with a small cap. */
async function from(
	api: Partial<SimulatorOptions>,
	options: Pick<ExtractOptions, 'range'> & Partial<ExtractOptions>,
	budgetMs?: number,
) {
	const world = new VirtualWorld();
	const wire = wireTo(world, {
		capRecords: CAP,
		rowsPerDay: 3_000,
		shape: 'flat',
		now: () => '2024-06-01 00:00:00',
		...api,
	});
	const deadlineMs = budgetMs === undefined ? undefined : world.now() + budgetMs;
	const outcome = await runToEnd({ world, transport: wire.transport, deadlineMs }, { capRecords: CAP, ...options });
	return { ...outcome, wire };
}
const isExact = ({ wire, records }: { wire: Wire; records: Parameters<typeof digestOf>[0] }, range = day): boolean =>
	digestOf(records).digest === wire.operation.truth(range).digest;
const reports = (wire: Wire) => wire.sent.filter(({ query }) => query.api === 'campaign_7');

describe('a second that holds more than the cap', () => {
	const spikes = [{ at: CROWDED, rows: 1_100 }];

	test('is read campaign by campaign where all were asked', async () => {
		const run = await from({ spikes }, { range: hour });
		expect(run.report.unproven).toEqual([]);
		expect(isExact(run, hour)).toBe(true);
	});

	test('is unproven where a campaign seen in it is missing from the list, and only it', async () => {
		const campaigns = ['1', '2', '3', '4'].map((id) => ({ id, name: id, share: 1, hidden: id === '3' }));
		const run = await from({ spikes, campaigns }, { range: hour });
		const at = wallSeconds(CROWDED);
		expect(run.report.unproven).toMatchObject([{ window: { from: at, to: at + 1 }, failure: { kind: 'tooMany' } }]);
		expect(run.records).toHaveLength(run.wire.operation.count(hour) - 1_100);
	});

	test('is unproven where one campaign alone is too many, or was asked alone', async () => {
		expect((await from({ spikes: [{ at: CROWDED, rows: 3_000 }] }, { range: hour })).report.unproven).toHaveLength(1);
		expect(
			(await from({ spikes: [{ at: CROWDED, rows: 3_000 }] }, { range: hour, campaign: '22109' })).report.unproven,
		).toHaveLength(1);
	});

	test('of very many campaigns is not read by one request each beyond what the day has left', async () => {
		const campaigns = Array.from({ length: 300 }, (_, index) => ({
			id: String(index + 1),
			name: `C${index + 1}`,
			share: 1,
		}));
		const run = await from({ spikes, campaigns, licences: 1, usedByOtherTokens: 850 }, { range: hour });
		expect(run.wire.sent.length).toBeLessThan(150);
		expect(run.report.unproven.at(-1)).toMatchObject({ failure: { kind: 'bounded', why: 'quota' } });
	});

	test('is not given up for good where the list of campaigns cannot be had: the run ends, and says why', async () => {
		const second = { from: wallSeconds(CROWDED), to: wallSeconds(CROWDED) + 1 };
		const run = await from({ spikes, licences: 1, usedByOtherTokens: 997 }, { range: second });
		expect(run.wire.sent.at(-1)?.query).toEqual({ api: 'campaigns' });
		expect(run.report.unproven).toMatchObject([{ window: second, failure: { kind: 'refused', why: 'quotaSpent' } }]);
	});
});

describe('bounds of a run', () => {
	test('its own limit of requests: what does not fit is unproven, by name', async () => {
		const run = await from({}, { range: day, maxRequests: 4 });
		expect(run.report.requests).toBe(4);
		expect(run.report.unproven.at(-1)).toMatchObject({
			window: { to: day.to },
			failure: { kind: 'bounded', why: 'maxRequests', limit: 4 },
		});
		expect(run.report.proven.length).toBeGreaterThan(0);
	});

	test('the day’s quota: asked once, before the 20th request, and never spent to the last call', async () => {
		const run = await from({ licences: 1, usedByOtherTokens: 950 }, { range: between('2024-05-01', '2024-05-20') });
		const asked = run.wire.sent.findIndex(({ query }) => query.api === 'token_info');
		expect(asked).toBeGreaterThan(10);
		expect(asked).toBeLessThan(19);
		expect(run.report.unproven.at(-1)?.failure).toMatchObject({ kind: 'bounded', why: 'quota' });
		expect(run.wire.sent.length).toBe(30);
		expect(run.wire.sent.filter(({ query }) => query.api === 'token_info')).toHaveLength(1);
	});

	test('a quota that is not told bounds nothing', async () => {
		const run = await from(
			{ campaigns: [{ id: '7', name: 'x', share: 1 }] },
			{ range: between('2024-05-01', '2024-05-10') },
		);
		expect(run.report.unproven).toEqual([]);
	});

	test('a spent quota ends it at once', async () => {
		const run = await from({ licences: 1, usedByOtherTokens: 1_000 }, { range: day });
		expect(run.report).toMatchObject({
			requests: 1,
			unproven: [{ window: day, failure: { kind: 'refused', why: 'quotaSpent' } }],
		});
	});

	test('a budget of time: the rest is unproven, and no request starts without a chance', async () => {
		const run = await from({ latencyMs: 3_000 }, { range: between('2024-05-01', '2024-05-20') }, 20_000);
		expect(run.report.unproven.at(-1)?.failure).toEqual({ kind: 'bounded', why: 'budget', limit: 0 });
		expect(run.wire.sent).toHaveLength(6);
	});

	test('an API that always has too many ends at the watchdog', async () => {
		const run = await from({ capRecords: 0, overCap: 'error400', rowsPerDay: 86_400 }, { range: day });
		expect(run.wire.sent.length).toBeLessThanOrEqual(16 * (64 + 16) + 10);
		expect(run.report.unproven.at(-1)?.failure).toMatchObject({ kind: 'bounded', why: 'watchdog' });
		expect(run.report.proven).toEqual([]);
	});
});

describe('what no retry changes', () => {
	test('a campaign that does not exist: one request', async () => {
		const run = await from({}, { range: day, campaign: '99' });
		expect(run.report).toMatchObject({
			requests: 1,
			records: 0,
			unproven: [{ window: day, failure: { kind: 'refused', why: 'noSuchCampaign' } }],
		});
	});

	test('a redirect', async () => {
		const run = await from({ faults: { script: [null, 'redirect'] } }, { range: day });
		expect(run.report.requests).toBe(2);
		expect(run.report.unproven.at(-1)?.failure).toMatchObject({ kind: 'refused', why: 'redirected' });
	});

	test('a host that never answers is given up after six tries of the first request', async () => {
		const run = await from({ faults: { random: { refuse: 1 } } }, { range: day, parallelRequests: 2 });
		expect(run.wire.sent.length).toBeLessThanOrEqual(12);
		expect(run.report.unproven[0].failure).toMatchObject({ kind: 'transient', why: 'reset' });
	});

	test('one window that is broken for a while is asked in pieces, and nothing is lost', async () => {
		const script = [null, ...Array.from({ length: 6 }, () => 'otherCode200' as const)];
		const run = await from({ faults: { script } }, { range: day });
		expect(run.report.unproven).toEqual([]);
		expect(isExact(run)).toBe(true);
	});
});

test('a row that is broken for good costs its own second and the two beside it, not its window', async () => {
	const broken = day.from + 9 * 86_400 + 40_271;
	const run = await answeredBy(
		({ first, last }) => {
			const minutes = Array.from(
				{ length: Math.floor(last / 600) - Math.ceil(first / 600) + 1 },
				(_, index) => (Math.ceil(first / 600) + index) * 600,
			);
			const data = [
				...minutes.map((at) => row(at)),
				...(first <= broken && broken <= last ? [{ date: formatWall(broken) }] : []),
			];
			return data.length === 0
				? answer(404, refusal('404', 'Validate dates entered'))
				: answer(200, envelope({ data, msg: '' }), { pieceBytes: 65_536 });
		},
		{ range: { from: day.from, to: day.from + 16 * 86_400 } },
	);
	expect(run.report.unproven.map(({ window }) => window)).toEqual([{ from: broken - 1, to: broken + 2 }]);
	expect(run.records).toHaveLength(16 * 144);
});

describe('an empty answer', () => {
	test('is asked for twice, also for a whole range', async () => {
		const run = await from({ dataTo: '2024-05-01' }, { range: hour });
		expect(run.report).toMatchObject({ records: 0, proven: [hour], empty: [hour], unproven: [] });
		expect(run.wire.sent).toHaveLength(2);
	});

	test('that was false is found out, and its records come in order', async () => {
		const run = await from({ faults: { script: ['falseEmpty'] } }, { range: hour });
		expect(run.report.falseEmpties).toBe(1);
		expect(isExact(run, hour)).toBe(true);
	});

	test('a long one is probed by an hour and by a day less a second at each end, too', async () => {
		const run = await from({ dataTo: '2024-05-01' }, { range: day });
		expect(run.wire.sent).toHaveLength(4);
	});

	test('is believed at once by who looks at the range again anyway', async () => {
		const run = await from({ dataTo: '2024-05-01' }, { range: hour, trustsEmpty: true });
		expect(run.wire.sent).toHaveLength(1);
		expect(run.report.empty).toEqual([hour]);
	});
});

/** What a host answers to a question about so many seconds, and the run that asked it. */
async function answeredBy(
	host: (asked: { first: number; last: number; turn: number }) => ReturnType<typeof answer>,
	options: Parameters<typeof runToEnd>[1],
) {
	let turn = 0;
	const secondsIn = (date: string | undefined): number => Number(parseRowDate(date ?? '')?.at);
	const transport: Connection['transport'] = async ({ query }) =>
		host({ first: secondsIn(query.date_ini), last: secondsIn(query.date_end), turn: ++turn });
	return await runToEnd({ world: new VirtualWorld(), transport }, options);
}
const row = (at: number, customer_id = '1') => ({
	customer_id,
	campaign_id: '7',
	file_name: '',
	telephone: '57',
	result: 'HUMAN',
	date: formatWall(at),
});

test('a probe that is too much itself proves that its window was not empty', async () => {
	const run = await answeredBy(
		({ first, last }) => {
			if (last - first > 7_202) return answer(404, refusal('404', 'Validate dates entered'));
			if (last - first > 300) return answer(200, envelope({ data: [], msg: '60000 records were found' }));
			const minutes = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
				(at) => at % 60 === 0,
			);
			return minutes.length === 0
				? answer(404, refusal('404', 'Validate dates entered'))
				: answer(200, envelope({ data: minutes.map((at) => row(at)), msg: '' }));
		},
		{ range: between('2024-05-06 08:00:00', '2024-05-06 13:00:00') },
	);
	expect(run.report.unproven).toEqual([]);
	expect(run.records).toHaveLength(300);
});

describe('dates that are not what is filtered', () => {
	test('a row of another week: its second was proven without it and is unproven after all, as is what follows', async () => {
		const days = { from: day.from, to: day.from + 6 * 86_400 };
		const astray = day.from + 36_000;
		const run = await answeredBy(
			({ first, last }) => {
				const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
					(at) => at % 3_600 === 0,
				);
				return answer(
					200,
					envelope({
						data: [...hours, ...(last > day.from + 4 * 86_400 ? [astray] : [])].map((at) => row(at)),
						msg: '',
					}),
				);
			},
			{ range: days, maxWindowSeconds: 86_400 },
		);
		expect(run.report.unproven).toMatchObject([
			{ window: { from: astray, to: astray + 1 }, failure: { kind: 'skewed' } },
			{ window: { to: days.to }, failure: { kind: 'skewed' } },
		]);
		expect(run.records).toHaveLength(24 * 3);
	});

	test('a row that an answer shows where nothing was found is not lost: dates two seconds before what is filtered', async () => {
		const minutes = Array.from({ length: 60 }, (_, index) => hour.from + index * 60 + 1);
		const run = await answeredBy(
			({ first, last }) => {
				const shown = minutes.filter((at) => first <= at && at <= last);
				return shown.length === 0
					? answer(404, refusal('404', 'Validate dates entered'))
					: answer(200, envelope({ data: shown.map((at) => row(at - 2)), msg: '' }));
			},
			{ range: { from: hour.from - 3_600, to: hour.to }, maxWindowSeconds: 3_600 },
		);
		expect(run.records).toHaveLength(60);
		expect(run.report.unproven).toEqual([]);
	});

	test('a stray row of a stretch that was believed empty opens that stretch again', async () => {
		const from = day.from + 86_400;
		const shown = [
			...[0, 1, 2, 3].map((hours) => [from + hours * 3_600, 0] as const),
			[from + 5 * 3_600, 6 * 3_600] as const,
		];
		const run = await answeredBy(
			({ first, last }) => {
				const data = shown.filter(([at]) => first <= at && at <= last).map(([at, earlier]) => row(at - earlier));
				return data.length === 0
					? answer(404, refusal('404', 'Validate dates entered'))
					: answer(200, envelope({ data, msg: '' }));
			},
			{ range: { from: day.from, to: day.from + 2 * 86_400 }, maxWindowSeconds: 2 * 3_600 },
		);
		expect(run.records.length + run.report.unproven.length).toBe(5);
	});

	test('neighbours that agree under no margin: nothing can be proven, and the run says so', async () => {
		const run = await answeredBy(
			({ first, last, turn }) => {
				const seconds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
				const data = seconds.filter((at) => at % 600 === 0).map((at) => row(at, String(turn)));
				return answer(200, envelope({ data, msg: '' }));
			},
			{ range: hour, maxWindowSeconds: 1_800 },
		);
		expect(run.report.unproven.at(-1)).toMatchObject({ failure: { kind: 'skewed' } });
		expect(run.records).toEqual([]);
	});

	test('further than any zone explains: nothing can be proven, and the run says so', async () => {
		const run = await from(
			{ filterSkewSeconds: 80_000, rowsPerDay: 200 },
			{ range: between('2024-05-01', '2024-05-04') },
		);
		expect(run.records).toEqual([]);
		expect(run.report.unproven[0].failure).toMatchObject({ kind: 'skewed' });
	});

	test('a host that gives the same rows whatever is asked is told as that, after a second look elsewhere', async () => {
		const days = { from: day.from, to: day.from + 6 * 86_400 };
		const rows = Array.from({ length: 5 }, (_, index) => row(days.from - 90 * 86_400 + index));
		let requests = 0;
		const run = await answeredBy(
			() => {
				requests++;
				return answer(200, envelope({ data: rows, msg: '5 records were found' }));
			},
			{ range: days },
		);
		expect(run.report.unproven.at(-1)).toMatchObject({ failure: { kind: 'skewed', isFixed: true } });
		expect(requests).toBe(2);
		const strict = await from({ filterSkewSeconds: 80_000, rowsPerDay: 200 }, { range: days });
		expect(strict.report.unproven[0].failure).not.toHaveProperty('isFixed');
	});

	test('by a few minutes: exact, and the report says how far', async () => {
		const run = await from({ filterSkewSeconds: 200, rowsPerDay: 9_000 }, { range: hour });
		expect(isExact(run, hour)).toBe(true);
		expect(run.report.skewSeconds).toBeGreaterThanOrEqual(200);
	});
});

test('a cap lower than documented is found, and then kept to', async () => {
	const run = await from(
		{ capRecords: 500, overCap: 'cutRandom' },
		{ range: between('2024-05-01', '2024-05-06'), capRecords: 60_000 },
	);
	expect(run.report.unproven).toEqual([]);
	expect(isExact(run, between('2024-05-01', '2024-05-06'))).toBe(true);
});

test('the youngest half hour of a range may still change, and a server whose clock is ahead changes nothing else', async () => {
	const range = between('2024-05-06 09:00:00', '2024-05-06 09:59:00');
	const run = await from(
		{ now: () => '2024-05-06 10:05:00' },
		{ range, wallNow: () => wallSeconds('2024-05-06 10:00:00') },
	);
	expect(run.report.unsettled).toEqual({ from: wallSeconds('2024-05-06 09:30:00'), to: range.to });
	expect(isExact(run, range)).toBe(true);
});

test('no window is longer than asked for, and none spans more than 31 days with its margins', async () => {
	const year = await from({ rowsPerDay: 1, now: () => '2026-01-01' }, { range: between('2024-01-01', '2025-01-01') });
	const spans = reports(year.wire).map(
		({ query: { date_ini: ini, date_end: end } }) => (Date.parse(iso(end)) - Date.parse(iso(ini))) / 86_400_000,
	);
	expect(Math.max(...spans)).toBeLessThanOrEqual(31);
	expect(Math.max(...spans)).toBeGreaterThan(30.9);
	const short = await from({}, { range: day, maxWindowSeconds: 600 });
	expect(Math.min(...[144, reports(short.wire).length])).toBe(144);
	expect(isExact(short)).toBe(true);
});
const iso = (compact: string): string => compact.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z');

test('two at once where it is allowed, and half the time', async () => {
	const elapsed = async (parallelRequests: number): Promise<number> => {
		const run = await from({ latencyMs: 1_000 }, { range: between('2024-05-01', '2024-05-08'), parallelRequests });
		expect(run.wire.peakInFlight()).toBe(parallelRequests);
		expect(isExact(run, between('2024-05-01', '2024-05-08'))).toBe(true);
		return Math.max(...run.wire.sent.map(({ endedMs }) => endedMs ?? 0)) - run.wire.sent[0].atMs;
	};
	expect(await elapsed(2)).toBeLessThan(0.75 * (await elapsed(1)));
});

test('whoever takes no more parts ends the run: no request follows', async () => {
	const world = new VirtualWorld();
	const wire = wireTo(world, { capRecords: CAP, rowsPerDay: 3_000, latencyMs: 500, now: () => '2024-06-01 00:00:00' });
	const lane = openLane(world, 'early', 'token', { parallel: 2 });
	const connection: Connection = {
		transport: wire.transport,
		world,
		lane,
		spending: nothingSpent(),
		signal: new AbortController().signal,
	};
	const run = extract(connection, {
		range: between('2024-05-01', '2024-05-20'),
		campaign: 'all',
		parallelRequests: 2,
		maxRequests: 0,
		capRecords: CAP,
		wallNow: () => day.to,
	});
	expect((await run.next()).done).toBe(false);
	const asked = wire.sent.length;
	await run.return({} as never);
	lane.close();
	await world.sleep(60_000);
	expect(wire.sent.length).toBe(asked);
	expect(wire.sent.every(({ endedMs }) => endedMs !== null)).toBe(true);
});

test('a run that is stopped before it starts asks nothing and names everything', async () => {
	const world = new VirtualWorld();
	const wire = wireTo(world, {});
	const { report } = await runToEnd({ world, transport: wire.transport, signal: AbortSignal.abort() }, { range: day });
	expect(report).toMatchObject({
		requests: 0,
		proven: [],
		unproven: [{ window: day, failure: { kind: 'cancelled' } }],
	});
});

test('progress only grows, up to the whole range', async () => {
	const seen: number[] = [];
	const run = await from(
		{},
		{ range: day, onProgress: ({ settledSeconds, askedSeconds }) => seen.push(settledSeconds / askedSeconds) },
	);
	expect(seen).toEqual([...seen].sort((a, b) => a - b));
	expect(seen.at(-1)).toBe(1);
	expect(run.report.records).toBe(run.records.length);
});

test('waiting for a busy API does not make it look slow', async () => {
	const api = {
		rowsPerDay: 9_000,
		capRecords: 60_000,
		latencyMs: 1_000,
		retryAfter: { seconds: 600, as: 'seconds' } as const,
	};
	const options = { range: between('2024-05-01', '2024-05-08'), capRecords: 60_000 };
	const calm = await from(api, options);
	const busy = await from({ ...api, faults: { script: ['busy'] } }, options);
	expect(busy.report.waitedMs).toBe(600_000);
	expect(reports(busy.wire)).toHaveLength(reports(calm.wire).length + 1);
});
