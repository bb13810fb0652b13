import * as fc from 'fast-check';

import { law } from '../hold';
import { Life, type Setting, steps } from './life';
import { broken } from './verdict';

/** Half a day before clocks go back, or forward, or do nothing. */
export const NIGHTS = [
	{ zone: 'America/Bogota', startMs: Date.UTC(2024, 5, 3, 15, 0, 30) },
	{ zone: 'America/Santiago', startMs: Date.UTC(2024, 3, 6, 15, 10, 2) },
	{ zone: 'America/New_York', startMs: Date.UTC(2024, 10, 2, 21, 40, 59) },
	{ zone: 'America/Tijuana', startMs: Date.UTC(2024, 10, 3, 2, 0, 0) },
	{ zone: 'America/Santiago', startMs: Date.UTC(2024, 8, 7, 20, 0, 0) },
] as const;

const settings = fc
	.record({
		seed: fc.integer({ min: 1, max: 1_000_000 }),
		engine: fc.constantFrom<Setting['engine'][]>('classic', 'durable'),
		afterRestart: fc.constantFrom<Setting['afterRestart'][]>('repeat', 'skip'),
		night: fc.constantFrom(...NIGHTS),
	})
	.map(({ night, ...setting }): Setting => ({ ...setting, ...night }));

type Commands = Iterable<fc.AsyncCommand<object, Life>>;

export async function brokenBy(setting: Setting, commands: Commands): Promise<string[]> {
	const life = new Life(setting);
	await life.host.activate();
	await fc.asyncModelRun(() => ({ model: {}, real: life }), commands);
	await life.comeToRest();
	const faults = broken(setting, life);
	return faults.length > 0 ? [...faults, String(commands)] : [];
}

/** What the trigger promises, whatever happens to n8n and to the operation. */
export const triggerLaw = law({
	name: 'the trigger loses no row, and doubles none but what its mode permits, through kills, outages, clock steps and nights of 25 hours',
	cases: fc.tuple(settings, fc.commands(steps, { maxCommands: 25 })),
	check: ([setting, commands]) => brokenBy(setting, commands),
	share: 2,
});
