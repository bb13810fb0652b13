import type { Transient } from '../failures';
import { planningLimits } from '../limits';
import type { Forecast } from '../planning/forecast';
import { type Scale, narrow } from '../planning/narrowing';
import { tellingPieces } from '../planning/telling';
import { isOfAnswer } from '../reading/askWindow';
import { type Window, secondsOf, subtract } from '../time/window';
import type { Unproven } from './runReport';

/** What was heard of a window: rows, nothing, a fault; `unclear` where it must be asked otherwise. */
export type Heard = 'rows' | 'empty' | 'unclear' | Transient;

/** A window to ask: as a piece of one that failed, or to see whether the API answers at all. */
interface Question {
	readonly window: Window;
	readonly purpose: 'piece' | 'control';
	readonly tries?: number;
}

/**
 * What a failing window came to: nobody is answered; it holds more than an answer can; or these pieces are broken for good,
 * and those are to be asked anew.
 */
type Outcome =
	| { readonly kind: 'answersNobody'; readonly failure: Transient }
	| { readonly kind: 'heldTooMuch'; readonly window: Window; readonly failure: Transient }
	| { readonly kind: 'narrowed'; readonly broken: readonly Unproven[]; readonly open: readonly Window[] };

/** The fault that everybody gets, or the excess of this window alone; or what is broken in it. */
type Ended = Exclude<Outcome, { kind: 'narrowed' }> | Unproven[];

interface Trouble {
	readonly window: Window;
	readonly steps: Generator<Question, Ended, Heard>;
	step: IteratorResult<Question, Ended>;
	isAsked: boolean;
	/** Its pieces that came whole, or are asked otherwise. */
	readonly good: Window[];
}

/**
 * Windows that failed for good. Each is narrowed down to what is broken in it, all kinds by the same path: first it is seen
 * whether the API answers anything, then halves are asked until the second is found.
 */
export class BrokenWindows {
	private troubles: Trouble[] = [];
	private places = 0;
	private answered: Window | null = null;

	/** A window came with rows: a few minutes of it tell later whether the API answers. */
	cameWithRows({ from, to }: Window): void {
		this.answered = { from, to: Math.min(to, from + planningLimits.controlSeconds) };
	}

	/** A window failed. Gives what it came to where nothing need be asked. */
	add(window: Window, failure: Transient, forecast: Forecast, scale: Omit<Scale, 'unit'>): Outcome | null {
		const steps = this.lookInto(window, failure, forecast, scale);
		const trouble: Trouble = { window, steps, step: steps.next(), isAsked: false, good: [] };
		if (trouble.step.done) return outcomeOf(trouble, trouble.step.value);
		this.troubles.push(trouble);
		return null;
	}

	/** The next question; null where none is due, or its answer is awaited. */
	next(): Question | null {
		const [trouble] = this.troubles;
		if (!trouble || trouble.isAsked || trouble.step.done) return null;
		trouble.isAsked = true;
		return trouble.step.value;
	}

	/** Takes in the answer to the last question; gives what it came to, if it came to an end. */
	hear(heard: Heard): Outcome | null {
		const trouble = this.troubles.at(0);
		if (!trouble || trouble.step.done) return null;
		const { step, good } = trouble;
		trouble.isAsked = false;
		const asked = step.value;
		const isGood = heard === 'rows' || heard === 'empty';
		if (asked.purpose === 'piece' && isGood) good.push(asked.window);
		const isUnclear = heard === 'unclear' && asked.purpose === 'piece';
		if (!isUnclear) trouble.step = trouble.steps.next(heard);
		if (!isUnclear && !trouble.step.done) return null;
		this.troubles.shift();
		if (isUnclear) good.push(asked.window);
		return outcomeOf(trouble, trouble.step.done ? trouble.step.value : []);
	}

	private *lookInto(
		window: Window,
		failure: Transient,
		forecast: Forecast,
		scale: Omit<Scale, 'unit'>,
	): Generator<Question, Ended, Heard> {
		if (yield* this.answersNobody(window, failure, forecast)) return { kind: 'answersNobody', failure };
		if (failure.why === 'endless') return { kind: 'heldTooMuch', window, failure };
		const place = this.places++ - planningLimits.finePlaces;
		const unit = place < 0 ? scale.grain : Math.max(scale.grain, 60 * 4 ** place);
		if (unit >= secondsOf(window)) return [{ window, failure }];
		let said = failure;
		const search = narrow(window, { ...scale, unit });
		let step = search.next();
		while (!step.done) {
			const { window: piece, isLast } = step.value;
			const heard = yield { window: piece, purpose: 'piece', tries: isLast ? 2 : 1 };
			if (isFault(heard)) said = heard;
			step = search.next(!isFault(heard));
		}
		return step.value.map((broken) => ({ window: broken, failure: said }));
	}

	/**
	 * Whether the API fails whatever it is asked: about what it answered before; where it never did, about three places
	 * apart at which rows are likely. An answer that is broken in itself shows that it does answer.
	 */
	private *answersNobody(window: Window, failure: Transient, forecast: Forecast): Generator<Question, boolean, Heard> {
		if (this.answered) return !isOfAnswer(failure) && isFault(yield { window: this.answered, purpose: 'control' });
		const sixteenth = Math.floor(secondsOf(window) / 16);
		if (sixteenth < 1) return false;
		const seconds = isOfAnswer(failure) ? sixteenth : Math.min(planningLimits.controlSeconds, sixteenth);
		const tries = isOfAnswer(failure) ? 1 : undefined;
		for (const piece of tellingPieces(window, seconds, CONTROLS, forecast)) {
			const heard = yield { window: piece, purpose: 'control', tries };
			if (!isFault(heard) || !isAlike(heard, failure)) return false;
		}
		return true;
	}
}

function outcomeOf({ window, good }: Trouble, ended: Ended): Outcome {
	if (!Array.isArray(ended)) return ended;
	const settled = [...good, ...ended.map((one) => one.window)];
	return { kind: 'narrowed', broken: ended, open: subtract([window], settled) };
}

/** Places asked about before a first window is cut. */
const CONTROLS = 3;

const isFault = (heard: Heard): heard is Transient => typeof heard === 'object';

const isAlike = (one: Transient, other: Transient): boolean =>
	one.why === other.why && digitless(one.said) === digitless(other.said);

const digitless = (text: string): string => text.replace(/\d+/g, '#');
