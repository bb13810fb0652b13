import { Budget } from './budget';
import { CapWatch } from './cap';
import { Doubt } from './doubt';
import type { ExtractOptions } from './extractOptions';
import { learn, noHours } from './forecast';
import { type Reading, marginOf } from './hear';
import { CAP_RECORDS, MAX_MARGIN_SECONDS, MAX_SPAN_SECONDS, QUIET_MARGIN_SECONDS, SETTLED_AFTER_SECONDS } from './limits';
import type { Failure } from './outcome';
import { Pool } from './pack';
import { type Plan, closed, exhausted, planFor, reopened, take, tooMany } from './planner';
import { type Proof, type Whole, prove } from './prove';
import type { Line } from './request';
import { type RunReport, reportOf } from './runReport';
import { type Part, Sequence, eachOnce } from './sequence';
import { type Window, secondsOf } from './window';

export type { ExtractOptions, Progress } from './extractOptions';
export type { Part } from './sequence';

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
export async function* extract(line: Line, options: ExtractOptions): AsyncGenerator<Part, RunReport> {
	const stop = new AbortController();
	const forward = (): void => stop.abort();
	line.signal.addEventListener('abort', forward, { once: true });
	if (line.signal.aborted) forward();
	const run = new Run({ ...line, signal: stop.signal }, options);
	try {
		for (;;) {
			await run.start();
			yield* eachOnce(run.sequence.ready());
			if (!(await run.settleNext())) break;
		}
		yield* eachOnce(run.sequence.rest());
		return run.report();
	} finally {
		stop.abort();
		line.signal.removeEventListener('abort', forward);
	}
}

/** One run: what is planned, in flight, doubted and settled. */
class Run {
	readonly sequence: Sequence;
	private readonly reading: Reading;
	private readonly line: Line;
	private cap = new CapWatch();
	private readonly inFlight = new Map<Job, Promise<{ job: Job; proof: Proof }>>();
	private doubt = new Doubt();
	private probes: Job[] = [];
	private beginnings = 0;
	private plan: Plan;
	private ended: Failure | null = null;
	private readonly budget: Budget;

	constructor(
		line: Line,
		private readonly options: ExtractOptions,
	) {
		const capRecords = options.capRecords ?? CAP_RECORDS;
		this.reading = { campaign: options.campaign, capRecords, grainSeconds: 1, grainKnown: false, skewSeconds: 0, pool: new Pool(), boundsInclusive: false };
		this.plan = { ...planFor(options.range, this.longestSeconds()), capRecords };
		this.sequence = new Sequence(options.range);
		this.budget = new Budget(line.spending, options.maxRequests);
		const beforeMany = async (requests: number): Promise<void> => await this.budget.askQuota(this.line, requests);
		this.line = { ...line, requestsLeft: () => this.budget.exceeded() ?? exhausted(this.plan, line.spending.requests), beforeMany };
	}

	/** Starts as many requests as may run at once. */
	async start(): Promise<void> {
		while (this.inFlight.size < this.options.parallelRequests) {
			if (!this.ended) await this.budget.askQuota(this.line);
			const job = this.nextJob();
			if (!job) return;
			const asked = prove(this.line, this.reading, job.window, job.look === 'second').then((proof) => ({ job, proof }));
			this.inFlight.set(job, asked);
		}
	}

	/** Waits for the next answer and draws its consequence; false when none is awaited. */
	async settleNext(): Promise<boolean> {
		if (this.inFlight.size === 0) return false;
		const { job, proof } = await Promise.race(this.inFlight.values());
		this.inFlight.delete(job);
		this.settle(job, proof);
		const { sequence, options, line } = this;
		options.onProgress?.({
			settledSeconds: sequence.settledSeconds(),
			askedSeconds: secondsOf(options.range),
			records: sequence.recordsSettled(),
			requests: line.spending.requests,
		});
		return true;
	}

	report(): RunReport {
		const { sequence, reading, line, options } = this;
		return reportOf(options.range, sequence.tally, {
			spending: line.spending,
			reading,
			wallNow: options.wallNow(),
			ended: this.ended ?? { kind: 'cancelled' },
		});
	}

	private nextJob(): Job | null {
		if (this.ended) return null;
		const probe = this.probes.shift();
		if (probe) return probe;
		const due = this.doubt.next();
		if (due) return this.job(due, 'second');
		const taken = take(this.plan, this.reading.grainSeconds);
		if (taken) {
			this.plan = taken.plan;
			return this.job(taken.window, 'first');
		}
		if (this.inFlight.size > 0 || this.doubt.isEmpty) return null;
		this.lookAgain();
		return this.nextJob();
	}

	private job(window: Window, look: Job['look']): Job {
		return { window, look, marginSeconds: marginOf(this.reading), beginnings: this.beginnings };
	}

	private settle(job: Job, proof: Proof): void {
		const isStale = job.beginnings !== this.beginnings || job.marginSeconds !== marginOf(this.reading);
		if (isStale && ['whole', 'empty', 'tooMany', 'transient'].includes(proof.kind)) return;
		if (job.of && (proof.kind === 'whole' || proof.kind === 'empty' || proof.kind === 'tooMany')) return this.settleProbe(job.of, job.window, proof);
		switch (proof.kind) {
			case 'whole':
				return this.accept(job, proof);
			case 'empty':
				return job.look === 'second' ? this.believe(job.window) : this.settleEmpty(job.window);
			case 'changed':
				this.sequence.miss(proof.strays, { kind: 'skewed', marginSeconds: this.reading.skewSeconds });
				return this.beginAgain();
			case 'tooMany':
				return this.split(job.window, proof);
			case 'transient':
				this.sequence.unproven(job.of ?? job.window, proof);
				if (this.budget.givesUpAfter(proof)) this.end(proof);
				return;
			default:
				this.end(proof);
		}
	}

	private settleEmpty(window: Window): void {
		if (this.options.trustsEmpty && secondsOf(window) === secondsOf(this.options.range)) return this.believe(window);
		const probe = this.doubt.probeOf(window, this.plan.forecast);
		if (probe) this.probes.push({ ...this.job(probe, 'probe'), of: window });
		else this.believeOnce(window);
	}

	/** Rows in a part of an empty window: the window was not empty but too large, or not answered truly. */
	private settleProbe(window: Window, probe: Window, proof: Proof): void {
		if (proof.kind === 'empty' || (proof.kind === 'whole' && proof.served === 0)) return this.believeOnce(window);
		if (proof.kind === 'whole') this.plan = { ...this.plan, forecast: learn(this.plan.forecast, probe, proof.hours) };
		this.split(window, { kind: 'tooMany', why: 'saidSo' });
	}

	private believe(window: Window): void {
		const agrees = this.sequence.empty(window);
		this.cap.trust(window, 0, 0);
		if (!agrees && this.isSettled(window)) this.widen();
	}

	private believeOnce(window: Window): void {
		this.doubt.add(window);
		this.plan = closed(this.plan, window, noHours(), 0);
	}

	private accept({ window, look }: Job, proof: Whole): void {
		const { served, records, hours, elapsedSeconds } = proof;
		if (this.cap.isSuspicious(served)) {
			this.cap.suspect(window, served, records.length);
			return this.split(window, { kind: 'tooMany', why: 'capReached', count: served });
		}
		const lowerCap = this.cap.trust(window, served, records.length);
		if (lowerCap !== null) this.reading.capRecords = lowerCap;
		this.plan = { ...closed(this.plan, window, hours, elapsedSeconds), capRecords: this.reading.capRecords };
		const agrees = this.sequence.whole({ window, records, undated: proof.undated, beside: proof.beside }, look === 'second');
		if (!agrees && this.isSettled(window)) return this.widen();
		this.lookAgain();
	}

	private split(window: Window, failure: Failure): void {
		const { grainSeconds, skewSeconds } = this.reading;
		// A window much shorter than its margins gains nothing by being cut.
		const shortest = Math.max(grainSeconds, Math.floor(skewSeconds / 8));
		const parts = secondsOf(window) > shortest ? tooMany(this.plan, window, grainSeconds) : null;
		if (parts) this.plan = parts;
		else this.sequence.unproven(window, failure);
	}

	/** Where records may still arrive, a later answer may well show more. */
	private isSettled({ to }: Window): boolean {
		return to <= this.options.wallNow() - SETTLED_AFTER_SECONDS;
	}

	private widen(): void {
		this.reading.skewSeconds = 2 * Math.max(QUIET_MARGIN_SECONDS / 2, marginOf(this.reading));
		this.beginAgain();
	}

	/**
	 * Dates are otherwise than assumed: whatever was not handed over yet is asked again, cut and widened as they need. Where
	 * no margin can make up for them, nothing of it is proven.
	 */
	private beginAgain(): void {
		this.beginnings++;
		this.cap = new CapWatch();
		this.doubt = new Doubt();
		this.probes = [];
		this.plan = reopened(this.plan, this.sequence.takeBack(), this.longestSeconds());
		const marginSeconds = this.reading.skewSeconds;
		if (marginSeconds > MAX_MARGIN_SECONDS) this.end({ kind: 'skewed', marginSeconds });
	}

	private lookAgain(): void {
		this.doubt.lookAgain(this.longestSeconds());
	}

	/** The longest window whose margins still fit in what one request may span. */
	private longestSeconds(): number {
		return Math.min(this.options.maxWindowSeconds ?? Infinity, MAX_SPAN_SECONDS - 2 * marginOf(this.reading));
	}

	private end(failure: Failure): void {
		this.ended ??= failure;
	}
}
