import { type DateKnowledge, marginOf } from '../reading/askWindow';
import type { WindowResult } from '../reading/readWindow';
import type { Window } from '../time/window';

/** One question of a run. */
export interface Job {
	readonly window: Window;
	/**
	 * Asked for the first time, or once more; as a probe of what came empty, as a piece of what failed, or to see whether
	 * the API answers at all.
	 */
	readonly look: 'first' | 'second' | 'probe' | 'piece' | 'control';
	/** What a probe is for: an empty window, or a window of an empty stretch. */
	readonly of?: Window;
	readonly isOfStretch?: boolean;
	readonly tries?: number;
	readonly assumed: Assumed;
}

/** What was assumed of the dates when it was asked. */
interface Assumed {
	readonly marginSeconds: number;
	readonly beginnings: number;
}

/** An answer to take in, or a failure that may be its window's own. */
export type JobResult = Extract<WindowResult, { kind: 'whole' | 'empty' | 'tooMany' | 'transient' }>;

export const assumptions = (knowledge: DateKnowledge, beginnings: number): Assumed => ({
	marginSeconds: marginOf(knowledge),
	beginnings,
});

/** Whether an answer rests on what is assumed no longer. */
export const isOutdated = ({ assumed }: Job, { kind }: WindowResult, now: Assumed): boolean =>
	['whole', 'empty', 'tooMany', 'transient'].includes(kind) &&
	(assumed.marginSeconds !== now.marginSeconds || assumed.beginnings !== now.beginnings);

/** Whether there was nothing at all, beside the window neither. */
export const isNothing = (result: JobResult): boolean =>
	result.kind === 'empty' || (result.kind === 'whole' && result.served === 0 && result.records.length === 0);
