import { apiLimits } from '../../limits';
import type { Transient } from '../../failures';
import type { Exchange } from '../ports';
import type { Answer } from '../response';
import { type Spending, isProgress } from '../nextStep';

/** Counts bodies in a row that never close, or not within what a body may hold: a head came, and no end. */
export function countEnds<T>(spending: Spending, { status }: Exchange, answer: Answer<T>): void {
	const isEndless = answer.kind === 'tooMany' && (answer.why === 'tooLarge' || answer.why === 'tooSlow');
	if (status !== null && isEndless) spending.endless++;
	else if (isProgress(answer) && status !== null) spending.endless = 0;
}

/** Whether so many bodies had no end that no window would fare better. */
export const isEndless = ({ endless }: Readonly<Spending>): boolean => endless >= apiLimits.endlessAtMost;

/** Whether a body without an end may be what everybody is sent, and not what its window holds. */
export const mayBeEndless = ({ endless }: Readonly<Spending>): boolean => endless >= apiLimits.endlessInARow;

export const ENDLESS: Transient = { kind: 'transient', why: 'endless', said: '' };
