import { world } from '../shared/connection/transport';

const SLICE_MS = 200;
/** Less than this is how timers are. */
const JITTER_MS = 100;

/** Counts how long this process was held up, until the signal. @returns milliseconds so far */
export function watchStalls(signal: AbortSignal): () => number {
	let [stalledMs, wokenMs] = [0, world.now()];
	const watch = async (): Promise<void> => {
		while (!signal.aborted) {
			await world.sleep(SLICE_MS, signal);
			stalledMs += lateness(wokenMs);
			wokenMs = world.now();
		}
	};
	void watch();
	// What is under way counts already: whoever asks may be the first to run after the stall.
	return () => stalledMs + lateness(wokenMs);
}

const lateness = (wokenMs: number): number => {
	const late = world.now() - wokenMs - SLICE_MS;
	return late > JITTER_MS ? late : 0;
};
