import {
	OperationalError,
	type IAuthenticate,
	type Icon,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';

import { isOnServer, readServer } from '../core/api/server';

/** Where the operation's API lives, and the token that opens it. */
export class WolkvoxApi implements ICredentialType {
	name = 'wolkvoxApi';

	displayName = 'Wolkvox API';

	icon: Icon = { light: 'file:wolkvoxApi.svg', dark: 'file:wolkvoxApi.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-wolkvox/n8n-nodes-wolkvox#before-you-start';

	properties: INodeProperties[] = [
		{
			displayName:
				'Wolkvox answers only to addresses on the list of the operation, and a token is made in wolkvox Manager. ' +
				'<a href="https://github.com/n8n-nodes-wolkvox/n8n-nodes-wolkvox#before-you-start" target="_blank">' +
				'Before you start: what to ask for, with a mail to copy</a>',
			name: 'beforeYouStart',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Server',
			name: 'server',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 0022',
			description: 'The server code of the operation, as in wv0022.wolkvox.com. The host or its URL is taken as well.',
			hint:
				'Ask Wolkvox to put the <b>public IP address of this n8n</b> on the list of the operation; without it nothing ' +
				'answers. An HTTP Request node to <b>https://api.ipify.org</b> shows the address. n8n Cloud has several.',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. about 52 letters and digits',
			description: 'The wolkvox-token of the operation; it is sent to this server only',
			hint:
				'In wolkvox Manager: <b>Configuration</b> (the gear) → <b>Integrations</b> → <b>Tokens</b>. ' +
				'Add one for n8n alone, right-click it, <b>Copy Token</b>.',
		},
	];

	/** Adds the token for the credential's own server and refuses every other address, redirects included. */
	authenticate: IAuthenticate = async ({ server: entered, token }, options) => {
		const server = readServer(entered);
		if (!server.ok)
			throw new OperationalError(
				server.failure.kind === 'invalid' ? server.failure.message : 'Server is not a Wolkvox server',
			);
		if (!isOnServer(addressOf(options), server.value)) {
			throw new OperationalError(`The Wolkvox token is sent to ${server.value.host} alone, not to another address`);
		}
		return {
			...options,
			...NO_REDIRECTS,
			headers: { ...options.headers, 'wolkvox-token': String(token ?? '').trim() },
		};
	};
}

/** Both of n8n's request helpers follow redirects, with every header, unless they are told otherwise in their own way. */
const NO_REDIRECTS = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false, maxRedirects: 0 };

/** n8n's older request helper names the address `uri`. */
function addressOf(options: IHttpRequestOptions & { uri?: string }): string {
	const address = options.url ?? options.uri ?? '';
	return options.baseURL && URL.canParse(address, options.baseURL) ? new URL(address, options.baseURL).href : address;
}
