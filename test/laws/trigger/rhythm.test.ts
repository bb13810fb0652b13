import { AT_SCALE, type Event, SCALE_RECORDS, brokenAtRhythm } from './rhythm';

test.each(AT_SCALE)(
	`${SCALE_RECORDS} records, %s: each version once, and level again after the trouble`,
	async (_, one) => {
		expect(await brokenAtRhythm(one)).toEqual([]);
	},
	600_000,
);

test('a poll over two years of silence asks for what it can read in its time, and the next ones go on', async () => {
	const none: Event = { kind: 'none' };
	const events: Event[] = [
		{ kind: 'kill', at: 'beforeSave' },
		...Array<Event>(5).fill(none),
		{ kind: 'restarts', times: 3 },
		{ kind: 'restarts', times: 5 },
		none,
		{ kind: 'outage', polls: 2 },
		{ kind: 'off', polls: 1 },
	];
	const setting = {
		seed: 7,
		engine: 'classic' as const,
		afterRestart: 'repeat' as const,
		zone: 'America/Bogota',
		startMs: Date.UTC(2024, 0, 1),
	};
	expect(await brokenAtRhythm({ setting, rhythm: [15, 91 * 1_440], records: 1, events })).toEqual([]);
});
