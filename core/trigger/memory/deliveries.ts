import { triggerLimits } from '../../limits';
import { type Cursor, type Step, advance } from './cursor';
import { degradeMemories, memoryWithout } from './memory';

/**
 * What was handed to n8n, and what is known to have arrived. A batch counts as delivered when the process that handed it
 * over polls again; when it ended before, the batch is handed over once more by the next one, and then counts as well.
 */
export interface Deliveries {
	/** Everything up to here was delivered. */
	readonly proven: Cursor;
	/** What an earlier process handed over last, as the step from `proven`: it is due once more. */
	readonly sent: Step | null;
	/** What was handed over last: the step from `proven`, or from behind `sent` where it reaches as far. */
	readonly pending: Step | null;
}

const reaches = (step: Step, other: Step): boolean => step.readTo >= other.readTo;

/** The deliveries once it is decided whether the last batch arrived; nothing is pending then. */
export function settle({ proven, sent, pending }: Deliveries, hasArrived: boolean): Deliveries {
	if (pending === null) return { proven, sent, pending };
	if (sent === null)
		return hasArrived
			? { proven: advance(proven, pending), sent, pending: null }
			: { proven, sent: pending, pending: null };
	if (!reaches(pending, sent))
		return { proven: advance(proven, pending), sent: rest(sent, pending, proven), pending: null };
	const twice = advance(proven, sent);
	return hasArrived
		? { proven: advance(twice, pending), sent: null, pending: null }
		: { proven: twice, sent: pending, pending: null };
}

/** The deliveries after a reading from `proven`, whose records are handed over, or which had none to hand over. */
export function handOver({ proven, sent }: Deliveries, step: Step, hasItems: boolean): Deliveries {
	if (hasItems) return { proven, sent, pending: sent && reaches(step, sent) ? rest(step, sent, proven) : step };
	const left = sent && !reaches(step, sent) ? rest(sent, step, proven) : null;
	return { proven: advance(proven, step), sent: left, pending: null };
}

/** A step from `known` as one that follows on another. */
const rest = (step: Step, other: Step, known: Cursor): Step => ({
	...step,
	added: memoryWithout(step.added, other.added, known.memory),
});

/** Bytes that places and names take beside the memories, at most. */
const PLACES_BYTES = 12_000;

/** Makes them fit in n8n's saved state: what takes too much room is kept by the minute. */
export function fitting({ proven, sent, pending }: Deliveries): Deliveries {
	const steps = [sent, pending].filter((step) => step !== null);
	const memories = [proven.memory, ...steps.map(({ added }) => added)];
	const [memory, ...added] = degradeMemories(memories, triggerLimits.stateMaxBytes - PLACES_BYTES);
	const fitted = steps.map((step, index): Step => ({ ...step, added: added[index] }));
	return { proven: { ...proven, memory }, sent: sent && fitted[0], pending: pending && fitted[fitted.length - 1] };
}
