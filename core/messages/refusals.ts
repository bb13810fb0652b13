import type { Barrier, Refusal } from '../failures';
import { type Say, coded, quoted } from './words';

/** The clock of n8n's machine is as likely as the certificate itself. */
const BY_DATE = /EXPIRED|NOT_YET_VALID/;

const BARRED: Record<Barrier, Say> = {
	certificate: ({ said }, server) => ({
		message: `The certificate that answers for ${server} is not trusted by this n8n${coded(said)}`,
		description: BY_DATE.test(said)
			? 'Check the clock of the machine that runs n8n, and any proxy in between. Nothing was sent.'
			: 'Most often a proxy or firewall of your company opens the connection with a certificate of its own. Save the ' +
				'certificate of its authority (PEM) where n8n runs, name that file in the environment variable ' +
				'NODE_EXTRA_CA_CERTS and restart n8n, its workers too. Nothing was sent.',
	}),
	unknownHost: ({ said }, server) => ({
		message: `There is no server ${server}${coded(said)}`,
		description:
			'Check Server in the Wolkvox API credential: the code of your operation, such as 0022, as in the address ' +
			'wv0022.wolkvox.com. If it is right, the machine that runs n8n cannot look up names of the internet.',
	}),
	unknownProxy: ({ said }) => ({
		message: `The proxy that this n8n is set to use is not found${coded(said)}`,
		description: 'Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY in the environment of n8n, and restart it.',
	}),
	notAllowed: ({ said }, server) => ({
		message: `n8n does not let this node reach ${server}${quoted(said)}`,
		description:
			"This is n8n's own protection of networks (SSRF). Whoever runs n8n can allow the host or its addresses in " +
			'N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES, and restarts n8n.',
	}),
	proxyLogin: ({ said }, server) => ({
		message: `The proxy between n8n and ${server} asks for a login${quoted(said)}`,
		description:
			'Set user and password in the HTTPS_PROXY of n8n (http://user:password@proxy:port) and restart it, or let the ' +
			'proxy pass this host without a login.',
	}),
	proxyForbids: ({ said }, server) => ({
		message: `A proxy or firewall between n8n and ${server} forbids the request${quoted(said)}`,
		description: 'Ask whoever runs your network to allow this host for the machine of n8n.',
	}),
};

/** What the API refuses, or what stands before it. */
export const REFUSED: Record<Refusal, Say> = {
	...BARRED,
	missingToken: () => ({
		message: 'Wolkvox received no token',
		description: 'Open the Wolkvox API credential, paste the token of your operation and save it.',
	}),
	wrongToken: (_, server) => ({
		message: `Wolkvox does not accept this token on ${server}`,
		description:
			'The token is wrong or expired, or it belongs to another operation. Copy it ' +
			'once more from Wolkvox and check that Server in the credential is the one of the same operation.',
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
