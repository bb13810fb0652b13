import type { World } from '../../../core/api/ports';
import { openLane } from '../../../core/api/tokenLane';
import { type AmdRecord } from '../../../core/api/record';
import { nothingSpent } from '../../../core/api/request';
import {
	type Attendance,
	type PollOptions,
	type Polled,
	newAttendance,
	poll,
	stateAfter,
} from '../../../core/trigger/poll';
import { writeState } from '../../../core/trigger/memory/state';
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
	readonly results: Polled['kind'][] = [];
	stateBytes = 0;
	maxRequestsOfATick = 0;
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
		this.arrivals = new Arrivals(options.zone, () => this.trueMs);
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
			holder.state = JSON.parse(
				JSON.stringify(writeState(stateAfter(polled, batch, this.attendance, this.world.now()))),
			);
			this.stateBytes = Math.max(this.stateBytes, JSON.stringify(holder.state).length);
			this.handOver(polled, holder, killedAt, commits);
		}
		if (killedAt !== 'never') this.restart();
		return polled;
	}

	/** The process ends and starts: what was not saved is gone, and nobody remembers what was emitted. */
	restart(): void {
		this.live = JSON.parse(this.saved);
		this.attendance = newAttendance();
		this.life++;
	}

	/** Deactivated and activated again in the same process: the state comes from the database. */
	reactivate(): void {
		this.live = JSON.parse(this.saved);
	}

	/** n8n saves the state when a workflow is activated. */
	async activate(): Promise<void> {
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
		return await poll(line, stored, this.attendance, this.options).finally(() => lane.close());
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
		if (killedAt === 'beforeSave' || (this.engine === 'durable' && !commits)) return;
		if (this.engine === 'durable') {
			this.saved = JSON.stringify(holder);
		} else if (items.length > 0) {
			this.saved = JSON.stringify(holder);
			if (killedAt === 'betweenSaveAndRun') return void this.lost.push(items);
		}
		this.delivered.push(...items);
	}
}
