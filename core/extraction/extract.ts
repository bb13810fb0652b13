import { RequestBudget } from './requestBudget';
import { CapDetector } from '../planning/capDetector';
import { EmptyWindows } from '../planning/emptyWindows';
import type { ExtractOptions } from './options';
import { learn, noHours } from '../planning/forecast';
import { type DateKnowledge, marginOf, nothingKnown } from '../reading/askWindow';
import { apiLimits, extractionLimits, planningLimits } from '../limits';
import type { Failure } from '../failures';
import { canBeCut, isPastMargins, longestWindow, widenMargins } from '../reading/margins';
import { type Plan, closeWindow, exhausted, planFor, reopened, takeNextWindow, halveWindow } from '../planning/planner';
import { type WindowResult, type ProvenWindow, readWindow } from '../reading/readWindow';
import type { Connection } from '../api/request';
import { type RunReport, reportOf } from './runReport';
import { type Part, OrderedParts, eachOnce } from './orderedParts';
import { type Window, secondsOf } from '../time/window';

export type { ExtractOptions, Progress } from './options';
export type { Part } from './orderedParts';

interface Job {
	readonly window: Window;
	readonly look: 'first' | 'second' | 'probe';
	/** The empty window that a probe is for. */
	readonly of?: Window;
	/** What was assumed of the dates when it was asked: an answer on another assumption is dropped. */
	readonly marginSeconds: number;
	readonly beginnings: number;
}

/**
 * Reads a range of any length: yields its windows in order of time, each proven whole, and returns the account of the
 * run. A part's records are there until the next part is asked for. Failures never reject; what could not be proven is
 * in the account, by name.
 */
export async function* extract(connection: Connection, options: ExtractOptions): AsyncGenerator<Part, RunReport> {
	const stop = new AbortController();
	const forward = (): void => stop.abort();
	connection.signal.addEventListener('abort', forward, { once: true });
	if (connection.signal.aborted) forward();
	const run = new Run({ ...connection, signal: stop.signal }, options);
	try {
		for (;;) {
			await run.start();
			yield* eachOnce(run.parts.ready());
			if (!(await run.settleNext())) break;
		}
		yield* eachOnce(run.parts.rest());
		return run.report();
	} finally {
		stop.abort();
		connection.signal.removeEventListener('abort', forward);
	}
}

/** One run: what is planned, in flight, doubted and settled. */
class Run {
	readonly parts: OrderedParts;
	private readonly knowledge: DateKnowledge;
	private readonly connection: Connection;
	private cap = new CapDetector();
	private readonly inFlight = new Map<Job, Promise<{ job: Job; proof: WindowResult }>>();
	private emptyWindows = new EmptyWindows();
	private beginnings = 0;
	private plan: Plan;
	private ended: Failure | null = null;
	private readonly budget: RequestBudget;

	constructor(
		connection: Connection,
		private readonly options: ExtractOptions,
	) {
		this.knowledge = nothingKnown(options.campaign, options.capRecords ?? apiLimits.capRecords);
		const { capRecords } = this.knowledge;
		const { firstWindowSeconds: firstSeconds = planningLimits.firstWindowSeconds } = options;
		this.plan = { ...planFor(options.range, this.longestSeconds()), capRecords, firstSeconds };
		this.parts = new OrderedParts(options.range);
		this.budget = new RequestBudget(connection.spending, options.maxRequests);
		const beforeMany = async (requests: number): Promise<void> => await this.budget.askQuota(this.connection, requests);
		this.connection = {
			...connection,
			requestsLeft: () => this.budget.exceeded() ?? exhausted(this.plan, connection.spending.requests),
			beforeMany,
		};
	}

	/** Starts as many requests as may run at once. */
	async start(): Promise<void> {
		while (this.inFlight.size < this.options.parallelRequests) {
			if (!this.ended) await this.budget.askQuota(this.connection);
			const job = this.nextJob();
			if (!job) return;
			const asked = readWindow(this.connection, this.knowledge, job.window, job.look === 'second').then((proof) => ({
				job,
				proof,
			}));
			this.inFlight.set(job, asked);
		}
	}

	/** Waits for the next answer and draws its consequence; false when none is awaited. */
	async settleNext(): Promise<boolean> {
		if (this.inFlight.size === 0) return false;
		const { job, proof } = await Promise.race(this.inFlight.values());
		this.inFlight.delete(job);
		this.settle(job, proof);
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
		const { parts, knowledge, connection, options } = this;
		return reportOf(options.range, parts.tally, {
			spending: connection.spending,
			knowledge,
			wallNow: options.wallNow(),
			ended: this.ended ?? { kind: 'cancelled' },
		});
	}

	private nextJob(): Job | null {
		if (this.ended) return null;
		const probe = this.emptyWindows.nextProbe();
		if (probe) return { ...this.job(probe.window, 'probe'), of: probe.of };
		const due = this.emptyWindows.next();
		if (due) return this.job(due, 'second');
		const taken = takeNextWindow(this.plan, this.knowledge.grainSeconds);
		if (taken) {
			this.plan = taken.plan;
			return this.job(taken.window, 'first');
		}
		if (this.inFlight.size > 0 || this.emptyWindows.isEmpty) return null;
		this.lookAgain();
		return this.nextJob();
	}

	private job(window: Window, look: Job['look']): Job {
		return { window, look, marginSeconds: marginOf(this.knowledge), beginnings: this.beginnings };
	}

	private settle(job: Job, proof: WindowResult): void {
		const isStale = job.beginnings !== this.beginnings || job.marginSeconds !== marginOf(this.knowledge);
		if (isStale && ['whole', 'empty', 'tooMany', 'transient'].includes(proof.kind)) return;
		if (job.of && (proof.kind === 'whole' || proof.kind === 'empty' || proof.kind === 'tooMany'))
			return this.settleProbe(job.of, job.window, proof);
		switch (proof.kind) {
			case 'whole':
				return this.accept(job, proof);
			case 'empty':
				return job.look === 'second' ? this.believe(job.window) : this.settleEmpty(job.window);
			case 'changed':
				this.parts.miss(proof.strays, { kind: 'skewed', marginSeconds: this.knowledge.skewSeconds });
				return this.beginAgain();
			case 'tooMany':
				return this.split(job.window, proof);
			case 'transient':
				this.parts.unproven(job.of ?? job.window, proof);
				if (this.budget.givesUp()) this.end(proof);
				return;
			default:
				this.end(proof);
		}
	}

	private settleEmpty(window: Window): void {
		if (this.options.trustsEmpty && secondsOf(window) === secondsOf(this.options.range)) return this.believe(window);
		if (this.emptyWindows.cameEmpty(window, this.plan.forecast)) this.closeEmpty(window);
	}

	/** Rows in a part of an empty window: the window was not empty but too large, or not answered truly. */
	private settleProbe(window: Window, probe: Window, proof: WindowResult): void {
		if (proof.kind === 'empty' || (proof.kind === 'whole' && proof.served === 0)) {
			this.emptyWindows.add(window);
			return this.closeEmpty(window);
		}
		if (proof.kind === 'whole') this.plan = { ...this.plan, forecast: learn(this.plan.forecast, probe, proof.hours) };
		this.split(window, { kind: 'tooMany', why: 'saidSo' });
	}

	private believe(window: Window): void {
		const agrees = this.parts.empty(window);
		this.cap.trust(window, 0, 0);
		if (!agrees && this.isSettled(window)) this.widen();
	}

	private closeEmpty(window: Window): void {
		this.plan = closeWindow(this.plan, window, noHours(), 0);
	}

	private accept({ window, look }: Job, proof: ProvenWindow): void {
		const { served, records, hours, elapsedSeconds } = proof;
		if (this.cap.isSuspicious(served)) {
			this.cap.suspect(window, served, records.length);
			return this.split(window, { kind: 'tooMany', why: 'capReached', count: served });
		}
		const lowerCap = this.cap.trust(window, served, records.length);
		if (lowerCap !== null) this.knowledge.capRecords = lowerCap;
		this.plan = { ...closeWindow(this.plan, window, hours, elapsedSeconds), capRecords: this.knowledge.capRecords };
		const agrees = this.parts.whole(
			{ window, records, undated: proof.undated, beside: proof.beside },
			look === 'second',
		);
		if (!agrees && this.isSettled(window)) return this.widen();
		this.lookAgain();
	}

	private split(window: Window, failure: Failure): void {
		const { knowledge, plan } = this;
		const parts = canBeCut(knowledge, window) ? halveWindow(plan, window, knowledge.grainSeconds) : null;
		if (parts) this.plan = parts;
		else this.parts.unproven(window, failure);
	}

	/** Where records may still arrive, a later answer may well show more. */
	private isSettled({ to }: Window): boolean {
		return to <= this.options.wallNow() - extractionLimits.settledAfterSeconds;
	}

	private widen(): void {
		widenMargins(this.knowledge);
		this.beginAgain();
	}

	/**
	 * Dates are otherwise than assumed: whatever was not handed over yet is asked again, cut and widened as they need. Where
	 * no margin can make up for them, nothing of it is proven.
	 */
	private beginAgain(): void {
		this.beginnings++;
		this.cap = new CapDetector();
		this.emptyWindows = new EmptyWindows();
		this.plan = reopened(this.plan, this.parts.takeBack(), this.longestSeconds());
		if (isPastMargins(this.knowledge)) this.end({ kind: 'skewed', marginSeconds: this.knowledge.skewSeconds });
	}

	private lookAgain(): void {
		this.emptyWindows.lookAgain(this.longestSeconds());
	}

	private longestSeconds(): number {
		return longestWindow(this.knowledge, this.options.maxWindowSeconds);
	}

	private end(failure: Failure): void {
		this.ended ??= failure;
	}
}
