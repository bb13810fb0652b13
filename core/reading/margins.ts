import { apiLimits, readingLimits } from '../limits';
import { secondsOf, type Window } from '../time/window';
import { type DateKnowledge, marginOf } from './askWindow';

/** The longest window whose margins still fit in what one request may span. */
export const longestWindow = (knowledge: DateKnowledge, atMostSeconds = Infinity): number =>
	Math.min(atMostSeconds, apiLimits.maxSpanSeconds - 2 * marginOf(knowledge));

/** Whether a window can be cut: one much shorter than its margins gains nothing by it. */
export const canBeCut = ({ grainSeconds, skewSeconds }: DateKnowledge, window: Window): boolean =>
	secondsOf(window) > Math.max(grainSeconds, Math.floor(skewSeconds / 8));

/** How fine broken records are looked for. */
export const scaleOf = (knowledge: DateKnowledge): { readonly grain: number; readonly margin: number } => ({
	grain: knowledge.grainSeconds,
	margin: marginOf(knowledge),
});

/** Neighbours do not agree: dates stray further than the margins reach. */
export function widenMargins(knowledge: DateKnowledge): void {
	knowledge.skewSeconds = 2 * Math.max(readingLimits.quietMarginSeconds / 2, marginOf(knowledge));
}

/** Dates stray so far that the date is not what the window filters at all: nothing can be proven. */
export const isPastMargins = ({ skewSeconds }: DateKnowledge): boolean => skewSeconds > readingLimits.maxMarginSeconds;
