import type { Fault, Outage } from '../failures';
import { type Say, TRY_AGAIN, coded, quoted } from './words';

const FIREWALL =
	"Most often the public IP address of this n8n is not in the operation's firewall list at Wolkvox, or the " +
	"server code in the credential is another operation's. Ask Wolkvox to allow the address, and check Server in the credential.";

const OUTAGES: Record<Outage, Say> = {
	dns: ({ said }, server) => ({
		message: `The address of ${server} cannot be looked up right now${coded(said)}`,
		description:
			'The name service that the machine of n8n asks gives no answer. Run it again in some minutes; if it stays so, ' +
			'check the DNS of that machine, or of its container.',
	}),
	noNetwork: ({ said }, server) => ({
		message: `This n8n has no way to ${server}${coded(said)}`,
		description: 'Check the network of the machine that runs n8n, its routes and its own firewall.',
	}),
	proxyGone: ({ said }, server) => ({
		message: `The proxy between n8n and ${server} does not connect${coded(said)}`,
		description:
			'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment of n8n, and whether the proxy is running and lets this host pass.',
	}),
	connectionRefused: ({ said }, server) => ({
		message: `${server} refuses the connection${coded(said)}`,
		description: FIREWALL,
	}),
	notHttp: ({ said }, server) => ({
		message: `What answers for ${server} does not speak HTTP${coded(said)}`,
		description:
			'Check Server in the Wolkvox API credential, and any proxy in between; else run it again in some minutes.',
	}),
	unreachable: ({ said }, server) => ({
		message: `${server} does not answer${coded(said)}`,
		description: FIREWALL,
	}),
	reset: ({ said }, server) => ({
		message: `${server} closed the connection before it answered${coded(said)}`,
		description:
			"Where this happens from the first request on, the public IP address of this n8n is not in the operation's " +
			"firewall list at Wolkvox, or the server code in the credential is another operation's. Otherwise run it again in some minutes.",
	}),
};

/** What passes by itself, where it did not. */
export const FAULTY: Record<Fault, Say> = {
	...OUTAGES,
	serverStatus: ({ said, status }, server) => ({
		message: `${server} keeps answering with HTTP status ${status}${quoted(said)}`,
		description: TRY_AGAIN,
	}),
	webPage: ({ said, status }, server) => ({
		message: `${server} answered with a web page instead of data${status === 200 ? '' : ` (HTTP status ${status})`}${quoted(said)}`,
		description:
			'Something between n8n and Wolkvox may have answered, or the server is not a Wolkvox ' +
			'server. Check Server in the credential and any proxy; else run it again in some minutes.',
	}),
	notice: ({ said }, server) => ({
		message: `${server} wrote a notice of its own software in place of whole data${quoted(said)}`,
		description: `Ask Wolkvox about it, with these words, if it stays. ${TRY_AGAIN}`,
	}),
	cut: (_, server) => ({ message: `The answers of ${server} end before they are whole`, description: TRY_AGAIN }),
	stalled: (_, server) => ({ message: `The answers of ${server} stop coming half-way`, description: TRY_AGAIN }),
	someHang: (_, server) => ({
		message: `Some connections to ${server} are never made, others are answered`,
		description:
			'This n8n may have several outgoing IP addresses (n8n Cloud has), and not all of them are in the firewall list of ' +
			'the operation. Each must be on it; ask Wolkvox to allow all of them, or give n8n one fixed outgoing address.',
	}),
	endless: (_, server) => ({
		message: `The answers of ${server} have no end`,
		description:
			'They hold more than 256 MB, or do not close within 60 seconds: what answers is not Wolkvox as it should be. ' +
			'Check Server in the Wolkvox API credential and any proxy in between; else ask Wolkvox.',
	}),
	otherCode: ({ said }, server) => ({
		message: `${server} answers with an unexpected code${quoted(said)}`,
		description: TRY_AGAIN,
	}),
	countDiffers: ({ said }, server) => ({
		message: `${server} announces another number of records than it sends${quoted(said)}`,
		description: TRY_AGAIN,
	}),
	oddRow: ({ said }, server) => ({
		message: `${server} sends rows that are not AMD records${said ? `: ${said}` : ''}`,
		description:
			'A record has customer_id, campaign_id, file_name, telephone, result and date. ' +
			'Check Server in the credential; the report may have changed at Wolkvox.',
	}),
	notWhole: ({ said }, server) => ({
		message: `The answers of ${server} cannot be read${said ? `: ${said}` : ''}`,
		description: TRY_AGAIN,
	}),
};
