import { NIGHTS } from './law';
import { Life, type Setting } from './life';
import { broken } from './verdict';

test.each(NIGHTS)('a night in $zone from $startMs, with an overlap shorter than the hour that comes twice', async (night) => {
	for (const seed of [1, 2, 3, 4]) {
		const setting: Setting = { ...night, seed, engine: seed % 2 === 0 ? 'durable' : 'classic', afterRestart: 'skip' };
		const life = new Life(setting);
		life.host.options = { ...life.host.options, overlapSeconds: 20 * 60 };
		await life.host.activate();
		await life.run(15 * 60);
		await life.comeToRest();
		expect(broken(setting, life)).toEqual([]);
		expect(life.host.delivered.length).toBeGreaterThan(300);
	}
});

describe('failures found on the way', () => {
	test('a clock a day ahead was put right while n8n was off for as long: the rows that came late before that are read', async () => {
		const setting: Setting = { ...NIGHTS[0], seed: 1, engine: 'classic', afterRestart: 'repeat' };
		const life = new Life(setting);
		await life.host.activate();
		life.host.clockErrorMs = 1_412 * 60_000;
		await life.run(26);
		life.pass(22 * 3_600_000);
		life.host.restart();
		await life.comeToRest();
		expect(broken(setting, life)).toEqual([]);
	});
});
