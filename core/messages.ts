import type { Bound, Excess, Failure, Fault, Refusal } from './failures';

/** What happened, and how to get unstuck: what a person reads. */
export interface Words {
	readonly message: string;
	readonly description: string;
}

type Say = (failure: { said: string; status?: number }, server: string) => Words;

const REFUSED: Record<Refusal, Say> = {
	missingToken: () => ({
		message: 'Wolkvox received no token',
		description: 'Open the Wolkvox API credential, paste the token of your operation and save it.',
	}),
	wrongToken: (_, server) => ({
		message: `Wolkvox does not accept this token on ${server}`,
		description:
			'The token is wrong or expired, or it belongs to another operation. Copy it again from ' +
			'Wolkvox and check that Server in the credential is the one of the same operation.',
	}),
	quotaSpent: () => ({
		message: "Today's requests of this operation are used up",
		description:
			'Wolkvox allows 1,000 requests a day per licence, shared by all tokens of the ' +
			'operation. It counts again from midnight; Token > Get Usage shows what is left.',
	}),
	badRequest: ({ said }) => ({
		message: `Wolkvox does not understand the request${quoted(said)}`,
		description:
			'The report may have changed at Wolkvox. Update this node; if the message stays, ' +
			'ask Wolkvox whether report "7. AMD Detalle" is active for the operation.',
	}),
	noSuchCampaign: ({ said }) => ({
		message: `The campaign does not exist in this operation${quoted(said)}`,
		description: 'Choose the campaign from the list, or enter the number that Wolkvox shows beside its name.',
	}),
	notFound: ({ said }, server) => ({
		message: `${server} does not have this report${quoted(said)}`,
		description:
			'Check Server in the Wolkvox API credential, and ask Wolkvox whether report "7. AMD Detalle" is active for the operation.',
	}),
	forbidden: ({ said }) => ({
		message: `Wolkvox refused the request${quoted(said)}`,
		description: 'Ask Wolkvox what the token may read, and whether this machine may use the API.',
	}),
	redirected: ({ said }, server) => ({
		message: `${server} points to another address${said ? `: ${said}` : ''}`,
		description: 'The token is never sent to another address. Check Server in the Wolkvox API credential.',
	}),
	unexpectedStatus: ({ said, status }, server) => ({
		message: `${server} answered with HTTP status ${status}${quoted(said)}`,
		description:
			'This is not an answer that Wolkvox documents. Check Server in the Wolkvox API credential, and any proxy in between.',
	}),
};

const TRY_AGAIN = 'Run it again in some minutes. Nothing is lost: the same range gives the same records.';

const FAULTY: Record<Fault, Say> = {
	unreachable: ({ said }, server) => ({
		message: `${server} does not answer${said ? ` (${said})` : ''}`,
		description:
			"Most often the public IP address of this n8n is not in the operation's firewall list at Wolkvox, or the " +
			"server code in the credential is another operation's. Ask Wolkvox to allow the address, and check Server in the credential.",
	}),
	reset: ({ said }, server) => ({
		message: `${server} closed the connection before it answered${said ? ` (${said})` : ''}`,
		description:
			"Where this happens from the first request on, the public IP address of this n8n is not in the operation's " +
			"firewall list at Wolkvox, or the server code in the credential is another operation's. Otherwise run it again in some minutes.",
	}),
	serverStatus: ({ said, status }, server) => ({
		message: `${server} keeps answering with HTTP status ${status}${quoted(said)}`,
		description: TRY_AGAIN,
	}),
	webPage: ({ status }, server) => ({
		message: `${server} answered with a web page instead of data${status === 200 ? '' : ` (HTTP status ${status})`}`,
		description:
			'Something between n8n and Wolkvox may have answered, or the server is not a Wolkvox ' +
			'server. Check Server in the credential and any proxy; else run it again in some minutes.',
	}),
	cut: (_, server) => ({ message: `The answers of ${server} end before they are whole`, description: TRY_AGAIN }),
	stalled: (_, server) => ({ message: `The answers of ${server} stop coming half-way`, description: TRY_AGAIN }),
	otherCode: ({ said }, server) => ({
		message: `${server} answers with an unexpected code${quoted(said)}`,
		description: TRY_AGAIN,
	}),
	countDiffers: ({ said }, server) => ({
		message: `${server} announces another number of records than it sends${quoted(said)}`,
		description: TRY_AGAIN,
	}),
	oddRow: (_, server) => ({
		message: `${server} sends rows that are not AMD records`,
		description:
			'A record has customer_id, campaign_id, file_name, telephone, result and date. ' +
			'Check Server in the credential; the report may have changed at Wolkvox.',
	}),
	notWhole: ({ said }, server) => ({
		message: `The answers of ${server} cannot be read${said ? `: ${said}` : ''}`,
		description: TRY_AGAIN,
	}),
};

const TOO_MANY: Record<Excess, string> = {
	capReached: 'one second holds more records than Wolkvox returns at once',
	countTold: 'Wolkvox announces more records for one second than it returns at once',
	saidSo: 'Wolkvox says that one second holds too many records',
	tooSlow: 'Wolkvox does not answer within 60 seconds, even for the shortest window',
	tooLarge: 'the answer for the shortest window is larger than 256 MB',
	heavy: 'Wolkvox does not answer whole, even for the shortest window',
};

const BOUNDED: Record<Bound, (limit: number) => Words> = {
	maxRequests: (limit) => ({
		message: `The run stopped at its limit of ${limit} ${limit === 1 ? 'request' : 'requests'}`,
		description: 'Raise Max Requests in the options, or choose a shorter range.',
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
				description: 'If All Campaigns is chosen, choose single ones; or set On Incomplete to Return What Is Proven.',
			};
		case 'skewed':
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
			return { message: 'The run was stopped', description: 'Nothing is lost: the same range gives the same records.' };
	}
}

const quoted = (said: string): string => (said ? `: “${said}”` : '');
