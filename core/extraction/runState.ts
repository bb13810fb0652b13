import type { Failure, Transient } from '../failures';
import { apiLimits, extractionLimits, planningLimits } from '../limits';
import { CapDetector } from '../planning/capDetector';
import { EmptyWindows } from '../planning/emptyWindows';
import { noHours } from '../planning/forecast';
import {
	type Plan,
	boundWindows,
	closeWindow,
	exhausted,
	halveWindow,
	heldTooMuch,
	learnFrom,
	openAgain,
	planFor,
	reconsidered,
	reopened,
	takeNextWindow,
} from '../planning/planner';
import { type DateKnowledge, isOfWindows, nothingKnown } from '../reading/askWindow';
import { canBeCut, isPastMargins, longestWindow, scaleOf, widenMargins } from '../reading/margins';
import type { ProvenWindow, WindowResult } from '../reading/readWindow';
import { type Window, secondsOf, subtract } from '../time/window';
import { BrokenWindows, type Heard } from './brokenWindows';
import { type Job, type JobResult, assumptions, isNothing, isOutdated } from './job';
import { type ExtractOptions, LEFT_OUT } from './options';
import { OrderedParts } from './orderedParts';
import { RequestBudget } from './requestBudget';

/**
 * How far a run has come: what is planned, doubted, broken and settled. Says what to ask next, and draws the consequence of
 * each answer; asks and waits for nothing itself.
 */
export class RunState {
	readonly parts: OrderedParts;
	readonly knowledge: DateKnowledge;
	ended: Failure | null = null;
	private plan: Plan;
	private readonly cap = new CapDetector();
	private emptyWindows = new EmptyWindows();
	private brokenWindows = new BrokenWindows();
	private beginnings = 0;

	constructor(
		private readonly budget: RequestBudget,
		private readonly options: ExtractOptions,
	) {
		this.knowledge = nothingKnown(options.campaign, options.capRecords ?? apiLimits.capRecords);
		const { range, leftOut = [], firstWindowSeconds: firstSeconds = planningLimits.firstWindowSeconds } = options;
		this.plan = { ...planFor(range, this.longestSeconds()), capRecords: this.knowledge.capRecords, firstSeconds };
		this.parts = new OrderedParts(range);
		const asked = subtract([range], leftOut);
		for (const window of subtract([range], asked)) this.parts.unproven(window, LEFT_OUT);
		this.plan = reopened(this.plan, asked, this.plan.maxSeconds);
	}

	readonly exhausted = (requests: number): Failure | null => exhausted(this.plan, requests);

	/** What to ask next; null where nothing is left, or an answer must come first. */
	nextJob(isAwaiting: boolean): Job | null {
		if (this.ended) return null;
		const doubtful = this.brokenWindows.next();
		if (doubtful) return this.job(doubtful.window, doubtful.purpose, { tries: doubtful.tries });
		const probe = this.emptyWindows.nextProbe();
		if (probe) return this.job(probe.window, 'probe', probe);
		const due = this.emptyWindows.next();
		if (due) return this.job(due, 'second');
		const taken = takeNextWindow(this.plan, this.knowledge.grainSeconds);
		if (taken) {
			this.plan = taken.plan;
			return this.job(taken.window, 'first', { tries: this.options.takesFaultsAsTheyCome ? 2 : undefined });
		}
		if (isAwaiting || this.emptyWindows.isEmpty) return null;
		this.emptyWindows.lookAgain(this.plan.maxSeconds, this.plan.forecast);
		return this.nextJob(isAwaiting);
	}

	private job(window: Window, look: Job['look'], more: Partial<Job> = {}): Job {
		return { ...more, window, look, assumed: assumptions(this.knowledge, this.beginnings) };
	}

	settle(job: Job, result: WindowResult): void {
		if (isOutdated(job, result, assumptions(this.knowledge, this.beginnings))) return;
		switch (result.kind) {
			case 'whole':
			case 'empty':
			case 'tooMany':
			case 'transient':
				return this[job.look](job, result);
			case 'changed':
				this.parts.miss(result.strays, { kind: 'skewed', marginSeconds: this.knowledge.skewSeconds });
				return this.beginAgain();
			default:
				this.end(result);
		}
	}

	private first({ window, look }: Job, result: JobResult): void {
		if (result.kind === 'whole') this.accept(window, result, look === 'second');
		else if (result.kind === 'tooMany') this.split(window, result, look === 'second');
		else if (result.kind === 'transient') this.failed(window, result);
		else this.cameEmpty(window);
	}

	private second(job: Job, result: JobResult): void {
		if (result.kind === 'empty') this.believe(job.window);
		else this.first(job, result);
	}

	/** What came empty is believed by its probe, or was not empty. */
	private probe({ window, of = window, isOfStretch }: Job, result: JobResult): void {
		if (isNothing(result)) return isOfStretch ? this.emptyWindows.probedInVain(window) : this.countEmpty(of);
		if (result.kind === 'transient' && this.budget.givesUp()) return this.end(result);
		if (isOfStretch) this.plan = reconsidered(this.plan, this.emptyWindows.convict(window));
		else this.split(of, { kind: 'tooMany', why: 'saidSo' });
		if (result.kind !== 'whole') return;
		result.records.release();
		this.plan = learnFrom(this.plan, window, result.hours);
	}

	private piece(job: Job, result: JobResult): void {
		const { window } = job;
		if (result.kind === 'whole') return this.hear(this.accept(window, result, false) ? 'rows' : 'unclear');
		if (result.kind === 'transient' && this.isItsOwn(result)) return this.hear(result);
		this.first(job, result);
		this.hear(result.kind === 'empty' ? 'empty' : 'unclear');
	}

	private control(_: Job, result: JobResult): void {
		if (result.kind === 'whole') result.records.release();
		this.hear(result.kind === 'transient' ? result : isNothing(result) ? 'empty' : 'rows');
	}

	/** Takes in what was heard of a piece of a window that failed. */
	private hear(heard: Heard): void {
		this.conclude(this.brokenWindows.hear(heard));
	}

	private conclude(outcome: ReturnType<BrokenWindows['hear']>): void {
		if (outcome?.kind === 'answersNobody') this.end(outcome.failure);
		if (outcome?.kind === 'heldTooMuch') this.split(outcome.window, outcome.failure);
		if (outcome?.kind !== 'narrowed') return;
		for (const { window, failure } of outcome.broken) this.parts.unproven(window, failure);
		this.plan = openAgain(this.plan, outcome.open);
		if (outcome.broken.length === 0 && outcome.open.length === 0) this.plan = heldTooMuch(this.plan);
	}

	/** Whether a fault may be the window's own, and not everybody's. */
	private isItsOwn(failure: Transient): boolean {
		return isOfWindows(failure) && !this.budget.givesUp();
	}

	private failed(window: Window, failure: Transient): void {
		const { knowledge, options, plan } = this;
		if (this.isItsOwn(failure) && canBeCut(knowledge, window) && !options.takesFaultsAsTheyCome)
			return this.conclude(this.brokenWindows.add(window, failure, plan.forecast, scaleOf(knowledge)));
		this.parts.unproven(window, failure);
		if (this.budget.givesUp()) this.end(failure);
	}

	private cameEmpty(window: Window): void {
		if (this.options.trustsEmpty && secondsOf(window) === secondsOf(this.options.range)) return this.believe(window);
		const verdict = this.emptyWindows.cameEmpty(window, this.plan.forecast);
		if (verdict === 'cut' && canBeCut(this.knowledge, window))
			this.plan = openAgain(this.plan, [window], Math.ceil(secondsOf(window) / 2));
		else if (verdict !== 'probing') this.countEmpty(window);
	}

	private countEmpty(window: Window): void {
		this.emptyWindows.add(window, this.plan.forecast);
		this.plan = closeWindow(this.plan, window, noHours(), 0);
	}

	private believe(window: Window): void {
		const agrees = this.parts.empty(window);
		if (!this.trust(window, 0, 0) && !agrees && this.isSettled(window)) this.widen();
	}

	/** Gives false where the answer may have been cut, so that its window is asked in parts. */
	private accept(window: Window, proof: ProvenWindow, wasDoubted: boolean): boolean {
		const { served, records, hours, elapsedSeconds, undated, beside } = proof;
		const { cap, knowledge } = this;
		const isDoubted = canBeCut(knowledge, window) && cap.doubts(window, proof, knowledge.capRecords);
		if (isDoubted || this.looksCut(window, served)) {
			this.split(window, { kind: 'tooMany', why: 'capReached', count: served }, wasDoubted);
			return false;
		}
		if (this.trust(window, served, records.length)) return false;
		this.plan = { ...closeWindow(this.plan, window, hours, elapsedSeconds), capRecords: knowledge.capRecords };
		if (records.length > 0) {
			this.plan = boundWindows(this.plan, this.emptyWindows.cameWithRows(window));
			this.brokenWindows.cameWithRows(window);
		}
		const agrees = this.parts.whole({ window, records, undated, beside }, wasDoubted);
		if (!agrees && this.isSettled(window)) this.widen();
		else this.emptyWindows.lookAgain(this.plan.maxSeconds, this.plan.forecast);
		return true;
	}

	/** Whether an answer to a window that cannot be cut looks like a part of it. */
	readonly looksCut = (window: Window, served: number): boolean =>
		!canBeCut(this.knowledge, window) && this.cap.looksCut(served, this.knowledge.skewSeconds);
	/** Gives true where a lower cap was found by it that windows not handed over yet have reached: all begins again. */
	private trust(window: Window, served: number, records: number): boolean {
		const found = this.cap.trust(window, served, records);
		if (found) this.knowledge.capRecords = found.capRecords;
		if (!found || !this.parts.reachedCap(found)) return false;
		this.beginAgain();
		return true;
	}

	private split(window: Window, failure: Failure, wasEmpty = false): void {
		const { knowledge, plan } = this;
		if (!canBeCut(knowledge, window)) this.parts.unproven(window, failure);
		else if (wasEmpty) this.emptyWindows.halve(window, knowledge.grainSeconds);
		else this.plan = halveWindow(plan, window, knowledge.grainSeconds) ?? plan;
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
		this.cap.beginAgain();
		this.emptyWindows = new EmptyWindows();
		this.brokenWindows = new BrokenWindows();
		this.plan = reopened(this.plan, this.parts.takeBack(), this.longestSeconds());
		const { skewSeconds: marginSeconds, isFixed } = this.knowledge;
		if (isPastMargins(this.knowledge)) this.end({ kind: 'skewed', marginSeconds, ...(isFixed ? { isFixed } : {}) });
	}

	private longestSeconds(): number {
		return longestWindow(this.knowledge, this.options.maxWindowSeconds);
	}

	private end(failure: Failure): void {
		this.ended ??= failure;
	}
}
