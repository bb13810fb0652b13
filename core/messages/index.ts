import type { Bound, Excess, Failure } from '../failures';
import { FAULTY } from './faults';
import { REFUSED } from './refusals';
import { TRY_AGAIN, type Words, quoted } from './words';

export type { Words } from './words';

const TOO_MANY: Record<Excess, string> = {
	capReached: 'one second holds more records than Wolkvox returns at once',
	countTold: 'Wolkvox announces more records for one second than it returns at once',
	saidSo: 'Wolkvox says that one second holds too many records',
	tooSlow: 'Wolkvox does not answer within 60 seconds, even for the shortest window',
	tooLarge: 'the answer for the shortest window is larger than 256 MB',
};

const BOUNDED: Record<Bound, (limit: number) => Words> = {
	maxRequests: (limit) => ({
		message: `The run stopped at its limit of ${limit} ${limit === 1 ? 'request' : 'requests'}`,
		description: 'Raise “Requests to Use at Most” in the options, or choose a shorter range.',
	}),
	quota: (limit) => ({
		message: `The run stopped before it used up today's requests of the operation (${limit} were left for it)`,
		description: 'Run the rest tomorrow, or choose a shorter range. Token > Get Usage shows what is left today.',
	}),
	watchdog: (limit) => ({
		message: `The run stopped after ${limit} requests, far more than its records need`,
		description: `Wolkvox does not return whole answers. ${TRY_AGAIN}`,
	}),
	retries: (limit) => ({ message: `The run stopped after ${limit} retries`, description: TRY_AGAIN }),
	budget: () => ({
		message: 'The time for this read is used up',
		description: 'The next read goes on where this one ended.',
	}),
};

/** Puts a failure in words. `server` is the host that was asked. */
export function explain(failure: Failure, server: string): Words {
	switch (failure.kind) {
		case 'refused':
			return REFUSED[failure.why](failure, server);
		case 'transient':
			return FAULTY[failure.why](failure, server);
		case 'busy':
			return {
				message: `Wolkvox stayed busy with other requests of this token${quoted(failure.said)}`,
				description:
					'Wolkvox allows two requests at once per token. Give this workflow a token of its own, or run it when nothing else uses this one.',
			};
		case 'closed':
			return {
				message: `Wolkvox has closed its API for now${quoted(failure.said)}`,
				description: 'It does so during its nightly backup. Run this later, or schedule it outside those hours.',
			};
		case 'tooMany':
			return {
				message: `Not every record could be had: ${TOO_MANY[failure.why]}`,
				description:
					'If All Campaigns or several are chosen, choose single ones; or set “If Data Is Missing” to ' +
					'“Return What Is Complete, With a Warning”.',
			};
		case 'skewed':
			if (failure.isFixed) {
				return {
					message: `${server} sends the same records whatever dates are asked for`,
					description:
						'What answers does not look at the dates: a cache or a proxy in between, or a test system. Check Server in the ' +
						'Wolkvox API credential and any proxy; else show this to Wolkvox.',
				};
			}
			return {
				message: `Records are dated up to ${Math.ceil(failure.marginSeconds / 60)} minutes outside the window that was asked`,
				description:
					'Wolkvox seems to filter by another moment than the date it shows. Check Timezone in ' +
					'the options; choose a range that is wider at both ends and keep the dates you need.',
			};
		case 'bounded':
			return BOUNDED[failure.why](failure.limit);
		case 'invalid':
			return failure;
		case 'cancelled':
			return {
				message: "The run was stopped: by hand, or by the workflow's time limit",
				description:
					'Nothing is lost: the same range gives the same records. The time limit stands in the settings of the workflow (Timeout Workflow).',
			};
	}
}
