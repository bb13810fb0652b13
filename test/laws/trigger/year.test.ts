/* eslint-disable no-console */
import { Life, type Setting } from './life';
import { broken } from './verdict';

const DAY_MINUTES = 24 * 60;

/** Requests, milliseconds of this machine and bytes of state that a day's ticks take. */
async function cost(life: Life): Promise<{ requests: number; ms: number; stateBytes: number }> {
	const { host } = life;
	const before = host.arrivals.requests;
	host.stateBytes = 0;
	const startedMs = performance.now();
	await life.run(DAY_MINUTES);
	return { requests: host.arrivals.requests - before, ms: performance.now() - startedMs, stateBytes: host.stateBytes };
}

test('a tick costs after a year what it cost on the first day', async () => {
	const setting: Setting = {
		seed: 7,
		engine: 'classic',
		afterRestart: 'repeat',
		zone: 'America/Bogota',
		startMs: Date.UTC(2024, 0, 8, 15),
	};
	const life = new Life(setting);
	life.rowsPerHour = 10;
	await life.host.activate();
	const first = await cost(life);
	// The days between in steps of two hours.
	for (let step = 0; step < 363 * 12; step++) {
		life.pass(2 * 3_600_000);
		await life.host.tick();
	}
	const last = await cost(life);
	expect(last.requests).toBeLessThanOrEqual(first.requests * 1.02);
	expect(last.stateBytes).toBeLessThan(first.stateBytes * 1.5);
	expect(last.ms).toBeLessThan(first.ms * 3 + 500);
	await life.comeToRest();
	expect(broken(setting, life)).toEqual([]);
	console.log(`first day ${JSON.stringify(first)}, after a year ${JSON.stringify(last)}`);
});
