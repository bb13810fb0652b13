import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../../core/api/request';
import { apiLimits } from '../../../core/limits';
import { type Window, secondsOf } from '../../../core/time/window';
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

/** A range as long is told to cost requests before the first of them is made, in days. */
const LONG_DAYS = 366;
/** Requests that an empty range costs beside two for each 31 days: probes, and what is asked of the quota. */
const PROBES = 48;
export const DAILY_REQUESTS = 'Wolkvox allows 1,000 requests a day for each licence';

export const isLong = ({ from, to }: Window): boolean => to - from > LONG_DAYS * 86_400;

/** Says, before the first request, that a range may cost more than what a day allows. */
export function tellLength(context: IExecuteFunctions, range: Window): void {
	if (!isLong(range)) return;
	const days = Math.ceil(secondsOf(range) / 86_400).toLocaleString('en-US');
	const least = Math.ceil(secondsOf(range) / apiLimits.maxSpanSeconds);
	tell(
		context,
		`Wolkvox AMD: ${days} days take at least ${least} requests, up to ${2 * least + PROBES} where nothing is there, and ` +
			`more where there are many records; ${DAILY_REQUESTS}. The run stops, and names what is missing, before they are spent`,
	);
}

/** Milliseconds without a first answer after which it is said that it is waited for, and until it is said again. */
const FIRST_WORD_MS = 10_000;
const NEXT_WORD_MS = 30_000;

/** Says that the first answer is being waited for, until it is there or `signal` says that nobody waits any more. */
export async function tellWaiting(
	context: IExecuteFunctions,
	{ spending }: Pick<Connection, 'spending'>,
	host: string,
	signal: AbortSignal,
): Promise<void> {
	const startedMs = world.now();
	for (let delayMs = FIRST_WORD_MS; ; delayMs = NEXT_WORD_MS) {
		await world.sleep(delayMs, signal);
		if (signal.aborted || spending.answered) return;
		const waited = `${Math.round((world.now() - startedMs) / 1_000)} seconds`;
		tell(
			context,
			spending.requests === 0
				? `Wolkvox AMD: waiting for ${waited} until other runs with the same token are done`
				: `Wolkvox AMD: no answer from ${host} yet, after ${waited}; it is waited for`,
		);
	}
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
