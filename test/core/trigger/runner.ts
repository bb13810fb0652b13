import type { BodyEnd, Transport, World } from '../../../core/api/ports';
import { openLane } from '../../../core/api/tokenLane';
import { nothingSpent } from '../../../core/api/request';
import {
	type Attendance,
	type Occasion,
	type PollOptions,
	type Polled,
	newAttendance,
	poll,
	stateAfter,
} from '../../../core/trigger/poll';
import type { TriggerRow } from '../../../core/trigger/readRange';
import { wallFromInstant } from '../../../core/time/wallClock';
import { type Window, overlaps } from '../../../core/time/window';
import type { SimulatorOptions } from '../../simulator';
import { compactSeconds } from '../../simulator/wallTime';
import { VirtualWorld } from '../../support/virtualWorld';
import { type Wire, wireTo } from '../../support/wire';

export const ZONE = 'America/Bogota';
export const MINUTE = 60_000;

/** A trigger over the simulator without sockets, in a virtual clock. */
export class Runner {
	readonly world: VirtualWorld;
	readonly wire: Wire;
	readonly attendance: Attendance = newAttendance();
	options: PollOptions = {
		campaign: 'all',
		zone: ZONE,
		overlapSeconds: 3_600,
		identity: 'one',
		occasion: 'scheduled',
		startFrom: null,
		afterRestart: 'repeat',
		minMs: 5 * MINUTE,
	};
	/** What the next tick is part of; the ones after it are the schedule's. */
	occasion: Occasion = 'activated';
	/** Names its lane. */
	token = 'token';
	budgetMs = 33_000;
	/** How far n8n's clock is ahead of the operation's. */
	clockErrorMs = 0;
	stored: unknown;
	/** Seconds about which the API answers with 502, whatever the window. */
	poisoned: Window | null = null;
	private batch = 0;
	private readonly clock: World = {
		now: () => this.world.now() + this.clockErrorMs,
		random: () => this.world.random(),
		sleep: (delayMs, signal) => this.world.sleep(delayMs, signal),
	};

	constructor(api: Partial<SimulatorOptions>, options: Partial<PollOptions> = {}, startMs = Date.UTC(2024, 5, 3, 15)) {
		this.world = new VirtualWorld(1, startMs);
		this.wire = wireTo(this.world, { now: () => this.wallNow(), ...api });
		this.options = { ...this.options, ...options };
	}

	wallNow(): number {
		return wallFromInstant(this.world.now(), ZONE);
	}

	get stateBytes(): number {
		return JSON.stringify(this.stored).length;
	}

	/** One tick of the schedule; what it read is emitted and saved. */
	async tick(): Promise<Polled & { rows: readonly TriggerRow[]; requests: number }> {
		const end = new AbortController();
		const stop = new AbortController();
		void this.world.sleep(this.budgetMs, end.signal).then(() => stop.abort());
		const lane = openLane(this.clock, 'runner', this.token, { parallel: 1, goesFirst: true });
		const deadlineMs = this.clock.now() + this.budgetMs;
		const asked = this.wire.sent.length;
		const line = {
			transport: this.transport,
			world: this.clock,
			lane,
			spending: nothingSpent(),
			signal: stop.signal,
			deadlineMs,
		};
		const { occasion } = this;
		this.occasion = 'scheduled';
		const polled = await poll(line, this.stored, this.attendance, { ...this.options, occasion });
		end.abort();
		lane.close();
		const rows = polled.kind === 'read' ? polled.tick.fresh.map(({ row }) => row) : [];
		if (polled.kind === 'read') {
			const name = rows.length > 0 ? String(++this.batch) : null;
			const state = stateAfter(polled, name, this.attendance, this.clock.now());
			if (polled.tick.step || polled.begins) this.stored = JSON.parse(JSON.stringify(state));
		}
		return { ...polled, rows, requests: this.wire.sent.length - asked };
	}

	private readonly transport: Transport = (request) => {
		const { date_ini: first = '', date_end: last = '' } = request.query;
		const asked = { from: compactSeconds(first) ?? 0, to: (compactSeconds(last) ?? -1) + 1 };
		if (!this.poisoned || !overlaps(asked, this.poisoned)) return this.wire.transport(request);
		return Promise.resolve({ status: 502, headers: {}, read: () => Promise.resolve<BodyEnd>('complete') });
	};

	async wait(ms: number): Promise<void> {
		await this.world.sleep(ms);
	}

	/** Ticks every minute; gives all rows that came, and how each tick went. */
	async run(minutes: number): Promise<{ rows: TriggerRow[]; ticks: Array<Awaited<ReturnType<Runner['tick']>>> }> {
		const [rows, ticks]: [TriggerRow[], Array<Awaited<ReturnType<Runner['tick']>>>] = [[], []];
		for (let minute = 0; minute < minutes; minute++) {
			await this.wait(MINUTE);
			const tick = await this.tick();
			ticks.push(tick);
			for (const row of tick.rows) rows.push(row);
		}
		return { rows, ticks };
	}
}
