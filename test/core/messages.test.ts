import type { Bound, Excess, Failure, Fault, Refusal } from '../../core/failures';
import { explain } from '../../core/messages';

const refusals: readonly Refusal[] = [
	'missingToken',
	'wrongToken',
	'quotaSpent',
	'badRequest',
	'noSuchCampaign',
	'notFound',
	'forbidden',
	'redirected',
	'unexpectedStatus',
	'certificate',
	'unknownHost',
	'unknownProxy',
	'notAllowed',
	'proxyLogin',
	'proxyForbids',
];
const faults: readonly Fault[] = [
	'dns',
	'noNetwork',
	'proxyGone',
	'connectionRefused',
	'reset',
	'notHttp',
	'unreachable',
	'serverStatus',
	'webPage',
	'notice',
	'cut',
	'stalled',
	'someHang',
	'endless',
	'otherCode',
	'countDiffers',
	'oddRow',
	'notWhole',
];
const excesses: readonly Excess[] = ['capReached', 'countTold', 'saidSo', 'tooSlow', 'tooLarge'];
const bounds: readonly Bound[] = ['maxRequests', 'quota', 'watchdog', 'retries', 'budget'];

const all: readonly Failure[] = [
	...refusals.map((why): Failure => ({ kind: 'refused', why, status: 403, said: 'WHAT THE API SAID' })),
	...faults.map((why): Failure => ({ kind: 'transient', why, status: 503, said: 'WHAT WAS SAID' })),
	...excesses.map((why): Failure => ({ kind: 'tooMany', why })),
	...bounds.map((why): Failure => ({ kind: 'bounded', why, limit: 7 })),
	{ kind: 'busy', said: 'BUSY' },
	{ kind: 'closed', said: 'CLOSED' },
	{ kind: 'skewed', marginSeconds: 90 },
	{ kind: 'skewed', marginSeconds: 90_000, isFixed: true },
	{ kind: 'invalid', parameter: 'from', message: 'The message', description: 'The description' },
	{ kind: 'cancelled' },
];

/** As a person reads them. */
const page = (failures: readonly Failure[]): string =>
	failures
		.map((failure) => {
			const { message, description } = explain(failure, 'wv0022.wolkvox.com');
			return `${failure.kind}${'why' in failure ? ` ${failure.why}` : ''}\n  ${message}\n  ${description}`;
		})
		.join('\n\n');

test('every message, and how to get unstuck', () => {
	expect(page(all)).toMatchSnapshot();
});

test('where the API said nothing, nothing is quoted', () => {
	expect(page(all.filter((failure) => 'said' in failure).map((failure) => ({ ...failure, said: '' })))).not.toMatch(
		/[“”]|\(\)|: $/m,
	);
	expect(explain({ kind: 'transient', why: 'webPage', status: 200, said: '' }, 'x').message).toBe(
		'x answered with a web page instead of data',
	);
});

test('no message speaks of errors, problems, failures or mistakes', () => {
	expect(page(all)).not.toMatch(/\b(error|problem|failure|mistake)/i);
});

test('the firewall list is advised for a refusal, a reset, a time-out and where some connections are never made', () => {
	const advised = all.filter((failure) => /firewall list/.test(explain(failure, 'x').description));
	expect(advised.map((failure) => 'why' in failure && failure.why)).toEqual([
		'connectionRefused',
		'reset',
		'unreachable',
		'someHang',
	]);
});

test('a certificate out of its time sends to the clock, any other to its authority', () => {
	const advice = (said: string): string => explain({ kind: 'refused', why: 'certificate', said }, 'x').description;
	expect(advice('CERT_HAS_EXPIRED')).toContain('clock');
	expect(advice('SELF_SIGNED_CERT_IN_CHAIN')).toContain('NODE_EXTRA_CA_CERTS');
});

test('one request is one', () => {
	expect(explain({ kind: 'bounded', why: 'maxRequests', limit: 1 }, 'wv0022.wolkvox.com').message).toBe(
		'The run stopped at its limit of 1 request',
	);
});
