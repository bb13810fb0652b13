import { defaultOptions } from './defaults';
import type { SimulatorOptions } from './options';

type Name = keyof SimulatorOptions;

/** What each switch does, in the groups in which somebody looks for it. */
const GROUPS: Record<string, Partial<Record<Name, string>>> = {
	'To practise with': {
		port: 'where it listens; 0 takes a free port',
		token: 'what the credential must hold; empty makes one of the seed',
		serverCode: 'of the operation, as in wv0022.wolkvox.com',
		story: 'one bad list, one bad hour, a list that ages, ids with leading zeros',
		rowsPerDay: 'calls of a working day',
		seed: 'another operation with the same settings',
	},
	'What there is': {
		shape: 'callCentre, bursty, flat, step or sparse',
		dataFrom: 'no calls before, as 2024-01-01',
		dataTo: 'no calls from here on',
		timezone: 'of the operation',
		quiet: 'stretches without calls: [{"from":…,"to":…}]',
		spikes: 'so many calls in one second: [{"at":…,"rows":…,"campaign":…}]',
		campaigns: '[{"id":…,"name":…,"share":…}]',
		contacts: 'people who are dialled',
		duplicateShare: 'of calls that have an identical twin',
		lateSeconds: 'part of the calls that is shown later: {"min":…,"max":…,"share":…}',
		filterSkewSeconds: 'date shown minus date filtered',
		resultCase: 'upper, lower or title',
		otherResults: 'beside machine and human: ["FAX"]',
		dateForm: 'as YYYY-MM-DD HH:MM:SS',
		unreadableDateShare: 'of calls without a date that can be read',
		campaignIdWithName: '"22109 - NAME" in place of 22109',
	},
	'How it answers': {
		capRecords: 'records of one answer',
		overCap: 'what becomes of more: cutNewest, cutOldest, cutRandom, grouped, error400, error500, notFound',
		msgOverCap: 'whether msg counts what is served or what there is: served, true',
		order: 'ascending, descending, shuffled or grouped',
		bounds: 'closed, fromOpen, toOpen or open',
		codeAs: 'text or number',
		emptyAs: 'an answer without calls: 404, [], null, {} or absent',
		envelope: 'contract, dataFirst, bareArray or dataObject',
		keyOrder: 'contract, reversed or mixed',
		extraFields: 'fields that no page names',
		padBytes: 'more in every row',
		msgLeadingSpace: 'a blank in front of the words of an answer',
		prettyPrint: 'JSON with line ends',
		escapeUnicode: 'as PHP writes it',
		bomAtStart: 'a mark in front of the JSON',
		latin1: 'in place of UTF-8',
		gzip: 'when the client takes it',
		campaignIdsAs: 'text or number, in the list of campaigns',
		unknownCampaignAs: 'a report on a campaign that is not there: refusal, or empty as for a range without records',
		accumulates: 'what report 6 counts: records, machines, absent',
		maxSpanSeconds: 'of one request',
		overSpanAs: 'the answer to a longer one: 404, 400, html, 500',
		badDatesAs: 'the answer to dates that are none: 404, 400, html, 500',
	},
	'How busy it is': {
		licences: 'the quota of a day is this times 1,000 requests',
		usedByOtherTokens: 'what is spent of it today',
		maxInFlight: 'requests at once',
		busyAs: 'the answer to one more: 403 or 429',
		busyCounts: 'whether that counts in the quota',
		retryAfter: 'sent with it: {"seconds":…,"as":"seconds"} or "date"',
		gateway: 'before it, with a rate: {"perMinute":30,"burst":1,"as":503}',
		backup: 'closed every night: {"from":"02:00:00","to":"03:00:00"}',
		latencyMs: 'before each answer',
		rowsPerSecond: 'how fast it writes',
		pace: 'whether that time passes before the head or over the body',
		tooSlowAfterMs: 'when it gives an answer up',
		tooSlowAs: 'html504, cut or stall',
		faults: 'as {"reset":{"probability":0.1}}',
	},
};

const kebab = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const LONGEST_DEFAULT = 24;

function shownDefault(value: unknown): string {
	const text = value === Infinity ? 'no limit' : value === null || value === '' ? '' : JSON.stringify(value);
	return text === '' || text === '[]' || text === '{}' || text.length > LONGEST_DEFAULT ? '' : ` (${text})`;
}

/** What `--help` prints. */
export function help(): string {
	const defaults: Partial<Record<string, unknown>> = { ...defaultOptions() };
	const grouped = Object.values(GROUPS).flatMap((group) => Object.keys(group));
	const others = Object.keys(defaults).filter(
		(name) => !grouped.includes(name) && typeof defaults[name] !== 'function',
	);
	const groups = { ...GROUPS, Others: Object.fromEntries(others.map((name) => [name, ''])) };
	const listed = Object.entries(groups)
		.filter(([, group]) => Object.keys(group).length > 0)
		.map(([title, group]) =>
			[title, ...Object.entries(group).map(([name, does]) => line(name, does, defaults[name]))].join('\n'),
		);
	return [
		'npm run simulator -- [switches]\n\n' +
			'The Wolkvox API of an operation that does not exist, until Ctrl-C. Put the server and the token that it prints into\n' +
			'a Wolkvox API credential. To practise: npm run simulator -- --port 8022 --story true --rows-per-day 3000',
		...listed,
	].join('\n\n');
}

const line = (name: string, does: string, value: unknown): string =>
	`  ${kebab(name).padEnd(26)} ${does}${shownDefault(value)}`.trimEnd();
