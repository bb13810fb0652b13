import type { Connection } from '../api/request';
import type { Failure } from '../failures';
import { extractionLimits } from '../limits';
import { type WindowResult, readWindow } from '../reading/readWindow';
import { secondsOf } from '../time/window';
import type { Job } from './job';
import type { ExtractOptions } from './options';
import type { OrderedParts } from './orderedParts';
import { RequestBudget } from './requestBudget';
import { type RunReport, reportOf } from './runReport';
import { RunState } from './runState';

const CANCELLED: Failure = { kind: 'cancelled' };

/** One run: asks what its state wants to know, as many questions at once as may be, and hands it the answers. */
export class Run {
	private readonly state: RunState;
	private readonly connection: Connection;
	private readonly budget: RequestBudget;
	private readonly inFlight = new Map<Job, Promise<{ job: Job; result: WindowResult }>>();
	/** A range that came wholly empty is not asked again at once. */
	private secondLookAtMs = Infinity;

	constructor(
		connection: Connection,
		private readonly options: ExtractOptions,
	) {
		const { spending } = connection;
		// Runs of one connection spend together; the watchdog is each one's own.
		const before = spending.requests;
		this.budget = new RequestBudget(spending, options.maxRequests, options.execution);
		this.state = new RunState(this.budget, options);
		this.connection = {
			...connection,
			requestsLeft: () => this.budget.exceeded() ?? this.state.exhausted(spending.requests - before),
			beforeMany: async (requests) => await this.budget.askQuota(this.connection, requests),
		};
	}

	get parts(): OrderedParts {
		return this.state.parts;
	}

	/** Starts as many requests as may run at once. */
	async start(): Promise<void> {
		while (this.inFlight.size < this.options.parallelRequests) {
			if (!this.state.ended) await this.budget.askQuota(this.connection);
			const job = this.state.nextJob(this.inFlight.size > 0);
			if (!job) return;
			this.inFlight.set(job, this.ask(job));
		}
	}

	/** Waits for the next answer and lets its consequence be drawn; false when none is awaited. */
	async settleNext(): Promise<boolean> {
		if (this.inFlight.size === 0) return false;
		const { job, result } = await Promise.race(this.inFlight.values());
		this.inFlight.delete(job);
		this.state.settle(job, result);
		const { parts, options, connection } = this;
		options.onProgress?.({
			settledSeconds: parts.settledSeconds(),
			askedSeconds: secondsOf(options.range),
			records: parts.recordsSettled(),
			requests: connection.spending.requests,
		});
		return true;
	}

	report(): RunReport {
		const { knowledge, parts, ended } = this.state;
		const { spending } = this.connection;
		const circumstances = { spending, knowledge, wallNow: this.options.wallNow(), ended: ended ?? CANCELLED };
		return reportOf(this.options.range, parts.tally, circumstances);
	}

	private async ask(job: Job): Promise<{ job: Job; result: WindowResult }> {
		const { connection, state } = this;
		const { world, signal } = connection;
		const isSecond = job.look === 'second';
		if (isSecond && this.parts.recordsSettled() === 0) {
			this.secondLookAtMs = Math.min(this.secondLookAtMs, world.now() + extractionLimits.secondLookAfterMs);
			const waitMs = this.secondLookAtMs - world.now();
			if (waitMs > 0) await world.sleep(waitMs, signal);
		}
		const { window, tries } = job;
		const looksCut = (served: number): boolean => state.looksCut(window, served);
		// The last window has no neighbour that covers its end; the trigger reads its last minutes again.
		const isLast = window.to === this.options.range.to && (isSecond || job.look === 'first');
		const toMinute = isLast && !this.options.leftOut && !this.options.takesFaultsAsTheyCome;
		const look = { wasEmpty: isSecond, tries, toMinute, looksCut };
		return { job, result: await readWindow(connection, state.knowledge, window, look) };
	}
}
