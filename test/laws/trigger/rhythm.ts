/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import * as fc from 'fast-check';

import { apiLimits, triggerLimits } from '../../../core/limits';
import { law } from '../hold';
import { type KillPoint, nameOf } from './host';
import { Life, MOST_LAG_MS, type Setting } from './life';
import { broken } from './verdict';

export const SCALE_RECORDS = process.env.SCALE === 'night' ? 100_000 : 20_000;

const MINUTE = 60_000;

/** Poll Times from a minute to once a quarter, in minutes. */
const RHYTHMS = [1, 5, 15, 60, 360, 1_440, 7 * 1_440, 30 * 1_440, 91 * 1_440];

/** What happens between one poll and the next. */
export type Event =
	| { readonly kind: 'none' }
	/** n8n ends, and starts again this often before the next poll; it polls at every start. */
	| { readonly kind: 'restarts'; readonly times: number }
	/** n8n is killed during the poll. */
	| { readonly kind: 'kill'; readonly at: KillPoint }
	/** The poll, and so many after it, find no answer. */
	| { readonly kind: 'outage'; readonly polls: number }
	/** n8n is off for so many polls. */
	| { readonly kind: 'off'; readonly polls: number }
	| { readonly kind: 'republish' };

export interface RhythmCase {
	readonly setting: Setting;
	/** Minutes between polls, in turn. */
	readonly rhythm: readonly number[];
	/** Records that come in all, about. */
	readonly records: number;
	readonly events: readonly Event[];
}

const event = fc.oneof(
	{ weight: 5, arbitrary: fc.constant<Event>({ kind: 'none' }) },
	{ weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }).map((times): Event => ({ kind: 'restarts', times })) },
	{
		weight: 2,
		arbitrary: fc
			.constantFrom<KillPoint>('beforeSave', 'betweenSaveAndRun', 'afterRun')
			.map((at): Event => ({ kind: 'kill', at })),
	},
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((polls): Event => ({ kind: 'outage', polls })) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((polls): Event => ({ kind: 'off', polls })) },
	{ weight: 1, arbitrary: fc.constant<Event>({ kind: 'republish' }) },
);

const cases = fc.record({
	setting: fc.record({
		seed: fc.integer({ min: 1, max: 1_000_000 }),
		engine: fc.constantFrom<Setting['engine'][]>('classic', 'durable'),
		afterRestart: fc.constantFrom<Setting['afterRestart'][]>('repeat', 'skip'),
		zone: fc.constantFrom('America/Bogota', 'America/Santiago', 'America/New_York'),
		startMs: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2025, 0, 1) }),
	}),
	rhythm: fc.array(fc.constantFrom(...RHYTHMS), { minLength: 1, maxLength: 3 }),
	records: fc.oneof(
		{ weight: 30, arbitrary: fc.integer({ min: 0, max: 800 }) },
		{ weight: 1, arbitrary: fc.integer({ min: 5_000, max: 20_000 }) },
	),
	events: fc.array(event, { minLength: 2, maxLength: 20 }),
});

const DAY_MS = 86_400_000;
/** In days. */
const QUARTER = 91;
const READ_BY_A_POLL = (triggerLimits.windowsPerTick * apiLimits.maxSpanSeconds) / 86_400;

/** What polls may ask on average: as much as one costs that takes on all it may, and finds nothing in it. */
const MOST_REQUESTS_A_POLL = 40;

/** Plays a trigger at its rhythm. @returns what it broke, in words */
export async function brokenAtRhythm({ setting, rhythm, records, events }: RhythmCase): Promise<string[]> {
	const life = new Life(setting);
	const { host } = life;
	host.options = { ...host.options, maxRecords: undefined };
	host.arrivals.takesTime = true;
	life.contents = 40;
	const minutesAt = (n: number): number => rhythm[n % rhythm.length];
	const polls = events.reduce((sum, one) => sum + ('polls' in one ? one.polls : 1), 0);
	const totalMs = Array.from({ length: polls }, (_, n) => minutesAt(n) * MINUTE).reduce((a, b) => a + b);
	life.rowsPerHour = records / (totalMs / 3_600_000);
	await host.activate();
	const faults: string[] = [];
	let n = 0;
	for (const one of events) {
		const times = 'polls' in one ? one.polls : 1;
		for (let poll = 0; poll < times; poll++) {
			const parts = one.kind === 'restarts' ? one.times + 1 : 1;
			for (let part = 1; part <= parts; part++) {
				life.pass((minutesAt(n) * MINUTE) / parts);
				if (part === parts) break;
				host.restart();
				if (host.engine === 'classic') await host.tick();
			}
			n++;
			if (one.kind === 'off') continue;
			host.arrivals.isDown = one.kind === 'outage';
			if (one.kind === 'republish') await host.republish();
			else await host.tick(one.kind === 'kill' ? one.at : 'never');
			host.arrivals.isDown = false;
		}
		if (one.kind === 'off') host.restart();
		if (one.kind === 'off' || one.kind === 'outage') faults.push(...(await unlevel(life, minutesAt(n))));
	}
	await life.comeToRest();
	const { results, arrivals } = host;
	if (arrivals.requests > MOST_REQUESTS_A_POLL * results.length)
		faults.push(`${arrivals.requests} requests in ${results.length} polls`);
	return [...faults, ...broken(setting, life)];
}

/**
 * After missed polls: level with the next one but one, where that many records can come in time. One poll reads eight months
 * of silence, and the next comes a quarter later: what was silent for longer than two can read takes as many as it takes.
 */
async function unlevel(life: Life, minutes: number): Promise<string[]> {
	const days = (life.host.trueMs - life.startMs) / DAY_MS;
	const polls = days + 2 * QUARTER <= 2 * READ_BY_A_POLL ? 2 : Math.ceil(days / (READ_BY_A_POLL - QUARTER)) + 1;
	for (let poll = 0; poll < polls; poll++) {
		life.pass(Math.max(6, minutes) * MINUTE);
		await life.host.tick();
	}
	const dueBefore = life.host.trueMs - MOST_LAG_MS - Math.max(6, minutes) * MINUTE;
	const { arrivals, handedOver } = life.host;
	const late = arrivals.all.filter(
		({ happenedMs, at, record }) => happenedMs < dueBefore && at >= life.start && !handedOver.has(nameOf(record)),
	);
	return late.length > 0 ? [`${late.length} rows had not come two polls after the trouble`] : [];
}

export const rhythmLaw = law({
	name: 'the trigger brings each version of a record once at any rhythm, from a minute to a quarter, however often n8n is restarted',
	cases,
	check: brokenAtRhythm,
	share: 2,
});

function atScale(
	setting: Pick<Setting, 'engine' | 'afterRestart'>,
	minutes: number,
	events: readonly Event[],
): RhythmCase {
	const rest = { seed: 11, zone: 'America/Bogota', startMs: Date.UTC(2024, 5, 3, 15) };
	return { setting: { ...setting, ...rest }, rhythm: [minutes], records: SCALE_RECORDS, events };
}

/** Of so many polls every ninth is troubled. */
const troubled = (polls: number, trouble: Event): Event[] =>
	Array.from({ length: polls }, (_, n) => (n % 9 === 4 ? trouble : { kind: 'none' }));

/** Rows of each: many where `SCALE=night` gives the time for them, else as many as a quick suite can have. */
export const AT_SCALE: ReadonlyArray<readonly [string, RhythmCase]> = [
	[
		'once a week, with n8n restarted every night',
		atScale(
			{ engine: 'classic', afterRestart: 'repeat' },
			7 * 1_440,
			Array<Event>(5).fill({ kind: 'restarts', times: 6 }),
		),
	],
	[
		'once a day, with n8n off for two days',
		atScale({ engine: 'durable', afterRestart: 'repeat' }, 1_440, troubled(10, { kind: 'off', polls: 2 })),
	],
	[
		'every quarter of an hour on the busiest of days, with outages',
		atScale({ engine: 'classic', afterRestart: 'skip' }, 15, troubled(30, { kind: 'outage', polls: 3 })),
	],
];
