import type { IExecuteFunctions } from 'n8n-workflow';

import type { Progress } from '../../../core/extraction/extract';
import { world } from '../connection/transport';

/** Milliseconds between two words on how far a run is. */
const PROGRESS_EVERY_MS = 3_000;

/** Tells the log, and in a manual run the browser's console, how far a run is; every few seconds at most. */
export function progressOf(context: IExecuteFunctions): (progress: Progress) => void {
	let toldMs = world.now();
	return ({ settledSeconds, askedSeconds, records, requests }) => {
		if (world.now() - toldMs < PROGRESS_EVERY_MS) return;
		toldMs = world.now();
		const percent = askedSeconds > 0 ? Math.floor((100 * settledSeconds) / askedSeconds) : 100;
		tell(
			context,
			`Wolkvox AMD: ${percent} % of the range read, ${records.toLocaleString('en-US')} records in ${requests} requests`,
		);
	};
}

/** One line to the log, and in a manual run to the browser's console. */
export function tell(context: IExecuteFunctions, message: string): void {
	context.logger.info(message, about(context));
	if (context.getMode() === 'manual') context.sendMessageToUI(message);
}

/** One line to the log of what a run in production must not hide. */
export const warnOf = (context: IExecuteFunctions, message: string): void =>
	context.logger.warn(message, about(context));

const about = (context: IExecuteFunctions) => ({ node: context.getNode().name, workflowId: context.getWorkflow().id });
