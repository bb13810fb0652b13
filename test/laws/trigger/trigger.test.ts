import { NIGHTS } from './law';
import { Life, type Setting } from './life';
import { broken } from './verdict';

test.each(NIGHTS)(
	'a night in $zone from $startMs, with an overlap shorter than the hour that comes twice',
	async (night) => {
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
	},
);

describe('failures found on the way', () => {
	test('n8n’s clock was 83 minutes fast in the night when clocks went back: the hour that came twice is read twice', async () => {
		const setting: Setting = {
			seed: 4,
			engine: 'durable',
			afterRestart: 'skip',
			zone: 'America/Santiago',
			startMs: 1_712_416_202_000,
		};
		const life = new Life(setting);
		await life.host.activate();
		life.host.clockErrorMs = 83 * 60_000;
		life.host.arrivals.mishaps.push('cut', 'none', 'falseEmpty', 'cut', 'serverFault', 'falseEmpty', 'falseEmpty');
		life.pass(11 * 3_600_000);
		life.host.restart();
		life.host.options = { ...life.host.options, overlapSeconds: 20 * 60 };
		await life.run(30);
		life.host.reactivate();
		life.pass(17 * 3_600_000);
		life.host.restart();
		await life.comeToRest();
		expect(broken(setting, life)).toEqual([]);
	});

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
