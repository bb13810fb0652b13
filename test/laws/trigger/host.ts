import type { World } from '../../../core/api/ports';
import { openLane } from '../../../core/api/tokenLane';
import { type AmdRecord } from '../../../core/api/record';
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
import { Arrivals } from './arrivals';

export type Engine = 'classic' | 'durable';
/** Where n8n is killed during a tick. */
export type KillPoint = 'never' | 'beforeSave' | 'betweenSaveAndRun' | 'afterRun';

export interface Delivered {
	readonly record: AmdRecord;
	readonly recordId: string;
	readonly repeated: boolean;
	/** How often n8n had been restarted by then. */
	readonly life: number;
	readonly batch: number;
}

/** Few rows share it. */
export const nameOf = ({ customer_id, date }: AmdRecord): string => `${customer_id} ${date}`;

/**
 * n8n as far as a polling trigger sees it. Classic: the state is a live object, saved after a poll that gave items, before
 * their run. Durable: each poll works on a copy, and the copy is saved together with the run, or not at all.
 */
export class Host {
	trueMs: number;
	clockErrorMs = 0;
	readonly arrivals: Arrivals;
	readonly delivered: Delivered[] = [];
	/** Batches that were handed over, and never ran. */
	readonly lost: Delivered[][] = [];
	/** What was handed over, by name, whether it ran or not. */
	readonly handedOver = new Set<string>();
	readonly results: Polled['kind'][] = [];
	stateBytes = 0;
	maxRequestsOfATick = 0;
	/** What the next poll is part of. */
	private occasion: Occasion = 'scheduled';
	private live: { state?: unknown } = {};
	private saved = '{}';
	private attendance: Attendance = newAttendance();
	private life = 0;
	private batches = 0;
	private readonly world: World;

	constructor(
		readonly engine: Engine,
		public options: PollOptions,
		startMs: number,
	) {
		this.trueMs = startMs;
		this.arrivals = new Arrivals(
			options.zone,
			() => this.trueMs,
			(ms) => void (this.trueMs += ms),
		);
		let chance = 1;
		this.world = {
			now: () => this.trueMs + this.clockErrorMs,
			random: () => (chance = (chance * 16_807) % 2_147_483_647) / 2_147_483_647,
			sleep: (delayMs) => {
				this.trueMs += Math.max(0, delayMs);
				return Promise.resolve();
			},
		};
	}

	/** One occurrence of the schedule. `commits`: whether the durable engine still holds its lease when it saves. */
	async tick(killedAt: KillPoint = 'never', commits = true): Promise<Polled> {
		const holder: { state?: unknown } = this.engine === 'classic' ? this.live : JSON.parse(this.saved);
		const requests = this.arrivals.requests;
		const polled = await this.poll(holder.state);
		this.results.push(polled.kind);
		this.maxRequestsOfATick = Math.max(this.maxRequestsOfATick, this.arrivals.requests - requests);
		if (polled.kind === 'read') {
			const batch = polled.tick.fresh.length > 0 ? String(++this.batches + this.life * 1_000_000) : null;
			const state = stateAfter(polled, batch, this.attendance, this.world.now());
			if (polled.tick.step || polled.begins) holder.state = JSON.parse(JSON.stringify(state));
			this.stateBytes = Math.max(this.stateBytes, JSON.stringify(state).length);
			this.handOver(polled, holder, killedAt, commits);
		}
		if (killedAt !== 'never') this.restart();
		return polled;
	}

	/** The process ends and starts: what was not saved is gone, and nobody remembers what was emitted. */
	restart(): void {
		this.live = JSON.parse(this.saved);
		this.attendance = newAttendance();
		this.occasion = this.engine === 'classic' ? 'started' : 'scheduled';
		this.life++;
	}

	/** The saved state is gone, as after a worker's write or an import; the process begins anew. */
	forget(): void {
		this.saved = '{}';
		this.restart();
	}

	/** Deactivated and activated again in the same process: the state comes from the database. */
	reactivate(): void {
		this.live = JSON.parse(this.saved);
	}

	/** Published again in the same process. */
	async republish(): Promise<void> {
		this.reactivate();
		this.occasion = 'published';
		await this.tick();
	}

	/** n8n saves the state when a workflow is activated. */
	async activate(): Promise<void> {
		this.occasion = 'activated';
		await this.tick();
		if (this.engine === 'classic') this.saved = JSON.stringify(this.live);
	}

	private async poll(stored: unknown): Promise<Polled> {
		const lane = openLane(this.world, 'trigger-laws', 'token', { parallel: 1 });
		const deadlineMs = this.world.now() + 33_000;
		const line = {
			transport: this.arrivals.transport,
			world: this.world,
			lane,
			spending: nothingSpent(),
			signal: new AbortController().signal,
			deadlineMs,
		};
		const { occasion } = this;
		this.occasion = 'scheduled';
		return await poll(line, stored, this.attendance, { ...this.options, occasion }).finally(() => lane.close());
	}

	private handOver(
		{ tick }: Polled & { kind: 'read' },
		holder: { state?: unknown },
		killedAt: KillPoint,
		commits: boolean,
	): void {
		const items = tick.fresh.map(({ row, repeated }) => ({
			record: row.record,
			recordId: row.recordId,
			repeated,
			life: this.life,
			batch: this.batches,
		}));
		for (const { record } of items) this.handedOver.add(nameOf(record));
		if (killedAt === 'beforeSave' || (this.engine === 'durable' && !commits)) return;
		if (this.engine === 'durable') {
			this.saved = JSON.stringify(holder);
		} else if (items.length > 0) {
			this.saved = JSON.stringify(holder);
			if (killedAt === 'betweenSaveAndRun') return void this.lost.push(items);
		}
		for (const item of items) this.delivered.push(item);
	}
}
