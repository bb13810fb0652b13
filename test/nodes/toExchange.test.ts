import { noReply, sawAnswerOf } from '../../nodes/shared/connection/toExchange';

const SERVER = 'https://wv0022.wolkvox.com';

/** As n8n 2.41 throws: the client's own below n8n's. */
const wrapped = (code: string, message: string): unknown => ({
	message: 'The connection cannot be established',
	httpCode: code || null,
	messages: [message, message],
	cause: { message, code, cause: { message, code, errno: -1 } },
});
/** As n8n 1.123 throws: no cause is left, but its words. */
const bare = (code: string, message: string): unknown => ({
	message: 'The connection cannot be established',
	httpCode: code || null,
	messages: [message, message],
});
/** As the test of a credential gets it. */
const raw = (code: string, message: string): unknown => ({
	message,
	...(code ? { code } : {}),
	cause: { message, code },
});

describe.each([
	['n8n 2.41', wrapped],
	['n8n 1.123', bare],
	['a credential test', raw],
])('what %s throws', (_where, thrown) => {
	it.each([
		['ENOTFOUND', 'getaddrinfo ENOTFOUND wv0022.wolkvox.com', 'unknownHost', 'ENOTFOUND'],
		['ENOTFOUND', 'getaddrinfo ENOTFOUND proxy.office', 'unknownProxy', 'ENOTFOUND proxy.office'],
		['EAI_AGAIN', 'getaddrinfo EAI_AGAIN wv0022.wolkvox.com', 'dns', 'EAI_AGAIN'],
		['ECONNREFUSED', 'connect ECONNREFUSED 190.1.2.3:443', 'connectionRefused', 'ECONNREFUSED'],
		['ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.8:3128', 'proxyGone', 'ECONNREFUSED 10.0.0.8:3128'],
		['', 'Proxy connection ended before receiving CONNECT response', 'proxyGone', ''],
		[
			'SELF_SIGNED_CERT_IN_CHAIN',
			'self-signed certificate in certificate chain',
			'certificate',
			'SELF_SIGNED_CERT_IN_CHAIN',
		],
		['CERT_HAS_EXPIRED', 'certificate has expired', 'certificate', 'CERT_HAS_EXPIRED'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'Hostname/IP does not match', 'certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
		['ENETUNREACH', 'connect ENETUNREACH 190.1.2.3:443', 'noNetwork', 'ENETUNREACH'],
		['ECONNRESET', 'socket hang up', 'reset', 'ECONNRESET'],
		['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/', 'notHttp', 'HPE_INVALID_CONSTANT'],
		['ETIMEDOUT', 'connect ETIMEDOUT 190.1.2.3:443', 'unreachable', 'ETIMEDOUT'],
		['ECONNABORTED', 'timeout of 60000ms exceeded', 'timedOut', 'no answer in time'],
		['EWHATEVER', 'who knows', 'noNetwork', 'EWHATEVER'],
	])('%s, %s, is %s', (code, message, why, told) =>
		expect(noReply(thrown(code, message), SERVER)).toEqual({ status: null, why, code: told }),
	);
});

it('tells a refusal on the own port of a simulator from one of a proxy', () => {
	const refusal = raw('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:8080');
	expect(noReply(refusal, 'http://127.0.0.1:8080')).toMatchObject({ why: 'connectionRefused' });
	expect(noReply(refusal, 'http://127.0.0.1')).toMatchObject({ why: 'proxyGone' });
	expect(noReply(raw('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:80'), 'http://127.0.0.1')).toMatchObject({
		why: 'connectionRefused',
	});
});

it('takes a name that has answered before for one that is missing only now', () => {
	const missing = raw('ENOTFOUND', 'getaddrinfo ENOTFOUND wv0031.wolkvox.com');
	expect(noReply(missing, 'https://wv0031.wolkvox.com')).toMatchObject({ why: 'unknownHost' });
	sawAnswerOf('https://wv0031.wolkvox.com');
	expect(noReply(missing, 'https://wv0031.wolkvox.com')).toMatchObject({ why: 'dns' });
});

it.each([
	['timedOut' as const, 'timedOut'],
	['cancelled' as const, 'cancelled'],
])('goes by how we ended it: %s', (ended, why) =>
	expect(noReply(raw('ERR_CANCELED', 'canceled'), SERVER, ended)).toMatchObject({ why }),
);

it('survives what nobody throws', () => {
	for (const odd of [undefined, null, 'text', 7, {}, new TypeError('x'), { cause: { cause: {} } }])
		expect(noReply(odd, SERVER)).toMatchObject({ status: null, why: 'noNetwork' });
});
