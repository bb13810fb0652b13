import * as fc from 'fast-check';

import type { PollOptions } from '../../../core/trigger/poll';
import type { Mishap } from './arrivals';
import { wallFromInstant } from '../../../core/time/wallClock';
import { type Engine, Host, type KillPoint } from './host';

const MINUTE = 60_000;
/** Rows become visible so much later at most: less than the shortest overlap that is tried. */
export const MOST_LAG_MS = 18 * MINUTE;

export interface Setting {
	readonly seed: number;
	readonly engine: Engine;
	readonly afterRestart: PollOptions['afterRestart'];
	readonly zone: string;
	readonly startMs: number;
}

/** An operation at work and an n8n that reads it. */
export class Life {
	readonly host: Host;
	rowsPerHour = 30;
	/** How many customers there are: few make equals common. */
	contents = 4;
	readonly startMs: number;
	private generatedMs: number;
	private chance: number;

	constructor(setting: Setting) {
		const { seed, engine, afterRestart, zone, startMs } = setting;
		const options: PollOptions = {
			campaign: 'all',
			zone,
			overlapSeconds: 3_600,
			identity: 'one',
			occasion: 'scheduled',
			startFrom: null,
			afterRestart,
			minMs: 5 * MINUTE,
			maxRecords: 60,
		};
		this.host = new Host(engine, options, startMs);
		this.startMs = startMs;
		this.chance = (seed % 2_147_483_646) + 1;
		this.generatedMs = startMs - 40 * MINUTE;
	}

	/** The first second that is owed. */
	get start(): number {
		return wallFromInstant(this.startMs, this.host.options.zone);
	}

	/** Time goes by, and rows come. */
	pass(ms: number): void {
		const { host } = this;
		host.trueMs += ms;
		while (this.rowsPerHour > 0) {
			this.generatedMs += -Math.log(1 - this.random()) * (3_600_000 / this.rowsPerHour);
			if (this.generatedMs > host.trueMs) break;
			const lagMs = this.random() < 0.3 ? this.random() * MOST_LAG_MS : 0;
			const happenedMs = Math.floor(this.generatedMs);
			const settlesMs = this.random() < 0.1 ? this.random() * MOST_LAG_MS : 0;
			host.arrivals.add(happenedMs, lagMs, Math.floor(this.random() * this.contents), settlesMs);
			// One in eight has an identical twin, shown at its own time.
			if (this.random() < 0.125)
				host.arrivals.all.push({ ...host.arrivals.all.at(-1)!, visibleMs: happenedMs + this.random() * MOST_LAG_MS });
		}
		this.generatedMs = host.trueMs;
	}

	/** The schedule's minutes, some seconds off. */
	async run(minutes: number): Promise<void> {
		for (let minute = 0; minute < minutes; minute++) {
			this.pass(MINUTE + Math.floor((this.random() - 0.5) * 4_000));
			await this.host.tick();
		}
	}

	/** Everything that came becomes visible, and is read. */
	async comeToRest(): Promise<void> {
		this.host.clockErrorMs = 0;
		this.host.arrivals.isDown = false;
		this.host.arrivals.mishaps.length = 0;
		this.pass(MINUTE);
		this.rowsPerHour = 0;
		this.pass(2 * 3_600_000);
		for (let round = 0; round < 400; round++) {
			await this.run(6);
			const before = this.host.delivered.length;
			const polled = await this.runUntilRead();
			if (polled && this.host.delivered.length === before) return;
		}
		throw new Error('It never comes to rest');
	}

	/** Ticks until one reads; tells whether that one is through. */
	private async runUntilRead(): Promise<boolean> {
		for (let minute = 0; minute < 90; minute++) {
			this.pass(MINUTE);
			const polled = await this.host.tick();
			if (polled.kind === 'read') return polled.tick.behindSeconds === 0;
		}
		return false;
	}

	private random(): number {
		this.chance = (this.chance * 16_807) % 2_147_483_647;
		return this.chance / 2_147_483_647;
	}
}

type Deed = (life: Life) => Promise<void> | void;

class Step implements fc.AsyncCommand<object, Life> {
	constructor(
		private readonly name: string,
		private readonly deed: Deed,
	) {}

	check(): boolean {
		return true;
	}

	async run(_: object, life: Life): Promise<void> {
		await this.deed(life);
	}

	toString(): string {
		return this.name;
	}
}

const step = <T>(
	name: string,
	values: fc.Arbitrary<T>,
	deed: (life: Life, value: T) => Promise<void> | void,
): fc.Arbitrary<Step> =>
	values.map((value) => new Step(`${name}(${fc.stringify(value)})`, (life) => deed(life, value)));

const mishap = fc.constantFrom<Mishap>(
	'falseEmpty',
	'falseEmpty',
	'serverFault',
	'cut',
	'refused',
	'unreachable',
	'none',
	'none',
);
const killPoint = fc.constantFrom<KillPoint>('beforeSave', 'betweenSaveAndRun', 'afterRun');

/** Whatever may happen to an n8n and its operation. */
export const steps = [
	step('run', fc.integer({ min: 1, max: 40 }), (life, minutes) => life.run(minutes)),
	step('rate', fc.constantFrom(0, 2, 30, 120), (life, rate) => void (life.rowsPerHour = rate)),
	step(
		'mishaps',
		fc.array(mishap, { minLength: 1, maxLength: 12 }),
		(life, mishaps) => void life.host.arrivals.mishaps.push(...mishaps),
	),
	step('kill', killPoint, async (life, point) => {
		life.pass(6 * MINUTE);
		await life.host.tick(point);
	}),
	step('restart', fc.constant(null), (life) => life.host.restart()),
	step('reactivate', fc.constant(null), (life) => life.host.reactivate()),
	step('commitFails', fc.constant(null), async (life) => {
		life.pass(6 * MINUTE);
		await life.host.tick('never', false);
	}),
	step('isOff', fc.integer({ min: 1, max: 30 }), (life, hours) => {
		life.pass(hours * 3_600_000);
		life.host.restart();
	}),
	step('outage', fc.integer({ min: 1, max: 120 }), async (life, minutes) => {
		life.host.arrivals.isDown = true;
		await life.run(minutes);
		life.host.arrivals.isDown = false;
	}),
	step(
		'clock',
		fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -150, max: 150 }) }, fc.integer({ min: -4_500, max: 4_500 })),
		(life, minutes) => void (life.host.clockErrorMs += minutes * MINUTE),
	),
	step(
		'overlap',
		fc.constantFrom(20, 60, 180),
		(life, minutes) => void (life.host.options = { ...life.host.options, overlapSeconds: minutes * 60 }),
	),
];
