import { apiLimits } from '../../../core/limits';
import type { GatewayOptions } from '../../simulator';
import { between, runToEnd } from '../../support/runs';
import { VirtualWorld } from '../../support/virtualWorld';
import { wireTo } from '../../support/wire';

const month = between('2024-05-01', '2024-05-31');
const now = () => '2030-01-01 00:00:00';
let hosts = 0;

/** A month through a gateway, in virtual time. At a tenth of the scale, cap and rows alike, the plan is the same. */
async function through(gateway: GatewayOptions, { scale = 0.1, latencyMs = 0 } = {}) {
	const world = new VirtualWorld();
	const startMs = world.now();
	const capRecords = 60_000 * scale;
	const wire = wireTo(world, { rowsPerDay: 14_000 * scale, capRecords, latencyMs, gateway, now });
	const { report } = await runToEnd(
		{ world, transport: wire.transport, host: `pace-${hosts++}` },
		{ range: month, capRecords },
	);
	const refused = wire.sent.filter(({ outcome }) => outcome === 'gateway').length;
	const served = wire.sent.length - refused;
	return {
		report,
		missing: wire.operation.count(month) - report.records,
		refused,
		refusedShare: refused / wire.sent.length,
		/** Times the time that the gateway's pace allows. */
		slowness: (world.now() - startMs) / 1_000 / ((served * 60) / gateway.perMinute + (gateway.banSeconds ?? 0)),
	};
}

const STATUSES = [503, 429, 403] as const;
const cases = [30, 12, 6].flatMap((perMinute) => STATUSES.map((as, index) => ({ perMinute, burst: index + 1, as })));

const withoutBurst = [30, 12, 6].map((perMinute) => ({ perMinute, burst: 0, as: 503 as const }));

test.each([...cases, ...withoutBurst])(
	'$perMinute requests a minute, burst $burst, page $as: the month comes whole, the pace is found',
	async (gateway) => {
		const { report, missing, refusedShare, slowness } = await through(gateway);
		expect({ missing, unproven: report.unproven }).toEqual({ missing: 0, unproven: [] });
		expect(refusedShare).toBeLessThanOrEqual(0.15);
		expect(slowness).toBeLessThanOrEqual(1.25);
		expect(report.pace).toMatchObject({ by: { kind: gateway.as === 429 ? 'busy' : 'transient' } });
		expect(Math.abs(Math.log2(report.pace!.perMinute / gateway.perMinute))).toBeLessThanOrEqual(1.01);
	},
);

test('the same at 14,000 a day', async () => {
	const { missing, refusedShare, slowness } = await through({ perMinute: 30, burst: 1, as: 503 }, { scale: 1 });
	expect(missing).toBe(0);
	expect(refusedShare).toBeLessThanOrEqual(0.15);
	expect(slowness).toBeLessThanOrEqual(1.25);
});

test.each([
	{ perMinute: 30, burst: 1, as: 403 as const, banSeconds: 120 },
	{ perMinute: 30, burst: 3, as: 503 as const, banSeconds: 120 },
	{ perMinute: 12, burst: 2, as: 503 as const, banSeconds: 120 },
])('a gateway that bans for two minutes ($perMinute a minute, burst $burst)', async (gateway) => {
	const { missing, refusedShare, slowness } = await through(gateway);
	expect(missing).toBe(0);
	expect(refusedShare).toBeLessThanOrEqual(0.15);
	expect(slowness).toBeLessThanOrEqual(1.25);
});

test.each<GatewayOptions>([
	{ perMinute: 12, burst: 2, as: 'words' },
	{ perMinute: 12, burst: 2, as: 502 },
	{ perMinute: 12, burst: 2, as: 200 },
	{ perMinute: 12, burst: 2, as: 503, countsRefused: true },
	{ perMinute: 20, burst: 2, as: 503 },
	{ perMinute: 20, burst: 0, as: 503 },
	{ perMinute: 3, burst: 1, as: 429 },
	{ perMinute: 3, burst: 0, as: 503 },
	{ perMinute: 6, burst: 2, as: 503, banSeconds: 120, countsRefused: true },
])('another gateway: everything comes, few are refused (%j)', async (gateway) => {
	const { report, missing, refused } = await through(gateway, { latencyMs: 300 });
	expect({ missing, unproven: report.unproven }).toEqual({ missing: 0, unproven: [] });
	expect(refused).toBeLessThanOrEqual(6);
});

test('a busy word of the API is no pace: it is over when the others are done', async () => {
	const world = new VirtualWorld();
	const wire = wireTo(world, { rowsPerDay: 1_400, capRecords: 6_000, now, faults: { script: ['busy', null, 'busy'] } });
	const { report } = await runToEnd(
		{ world, transport: wire.transport, host: 'busy' },
		{ range: month, capRecords: 6_000 },
	);
	expect(report.unproven).toEqual([]);
	expect(report.waitedMs).toBeLessThanOrEqual(60_000);
});

test('two runs of one token keep to the pace that one of them found, and a free way is used freely again', async () => {
	const world = new VirtualWorld();
	const gateway: GatewayOptions = { perMinute: 6, burst: 1, as: 503 };
	const wire = wireTo(world, { rowsPerDay: 1_400, capRecords: 6_000, gateway, now });
	const run = async () =>
		await runToEnd({ world, transport: wire.transport, host: 'shared' }, { range: month, capRecords: 6_000 });
	await run();
	const found = wire.sent.length;
	const { report } = await run();
	const refused = wire.sent.slice(found).filter(({ outcome }) => outcome === 'gateway').length;
	expect(report.unproven).toEqual([]);
	expect(refused).toBeLessThanOrEqual(1);
	wire.options.gateway = null;
	await world.sleep(apiLimits.rememberedMs);
	const fromMs = world.now();
	await run();
	expect(world.now() - fromMs).toBe(0);
});

test('trouble that follows the window is cut down: its neighbours come, at the pace of an API without a limit', async () => {
	const world = new VirtualWorld();
	const startMs = world.now();
	const wire = wireTo(world, { rowsPerDay: 1_400, capRecords: 6_000, now });
	const isBad = (query: Readonly<Record<string, string>>): boolean =>
		query.date_ini <= '20240514101723' && query.date_end >= '20240514101723';
	let refused = 0;
	const { report } = await runToEnd(
		{
			world,
			host: 'window',
			transport: async (request) => {
				if (request.path !== 'reports_manager.php' || !isBad(request.query)) return await wire.transport(request);
				refused++;
				return {
					status: 503,
					headers: {},
					read: async (onBytes) => (onBytes(Buffer.from('<html>503</html>')) ? 'complete' : 'stopped'),
				};
			},
		},
		{ range: month, capRecords: 6_000 },
	);
	const named = report.unproven.reduce((sum, { window }) => sum + window.to - window.from, 0);
	expect(report.unproven.length).toBeLessThanOrEqual(2);
	expect(named).toBeLessThanOrEqual(7_200);
	expect(refused).toBeLessThanOrEqual(40);
	expect((world.now() - startMs) / 60_000).toBeLessThanOrEqual(15);
});
