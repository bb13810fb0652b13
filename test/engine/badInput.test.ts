import type { INodeParameters } from 'n8n-workflow';

import { type Simulator, startSimulator } from '../simulator';
import { runNode } from './harness';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => await simulator.close());

const custom = (from: unknown, to: unknown): INodeParameters => ({
	dateRange: 'custom',
	from: from as string,
	to: to as string,
});

it.each<[string, INodeParameters, RegExp]>([
	[
		'From after To',
		custom('2025-03-05', '2025-03-04'),
		/^From \(2025-03-05 00:00:00\) is after To \(2025-03-04 23:59:59\)$/,
	],
	['From in the future', custom('2199-01-01', '2199-01-02'), /^From \(2199-01-01 00:00:00\) is in the future$/],
	['a day that the month has not', custom('2025-02-29', '2025-03-04'), /^From is not a date: “2025-02-29”$/],
	[
		'a moment that the day has not',
		custom('2025-03-04', '2025-03-04 25:00:00'),
		/^To is not a date: “2025-03-04 25:00:00”$/,
	],
	['a date in words', custom('last Monday', '2025-03-04'), /^From is not a date: “last Monday”$/],
	['no From', custom('', '2025-03-04'), /^From is empty$/],
	['a To in words', custom('2025-03-04', 'tomorrow'), /^To is not a date: “tomorrow”$/],
	[
		'a date range that does not exist',
		{ dateRange: '=nextWeek' },
		/^Date Range is not one that can be chosen: “nextWeek”$/,
	],
	[
		'a campaign that is not a number',
		{ campaign: { __rl: true, mode: 'id', value: '=COBRANZA' } },
		/^Campaign is not the number of a campaign: “COBRANZA”$/,
	],
	['no campaign', { campaign: { __rl: true, mode: 'id', value: '={{ "" }}' } }, /^Campaign is empty$/],
	['a limit of 0', { limit: 0 }, /^Limit is not a whole number from 1 upwards: “0”$/],
	['half a record', { limit: '={{ 1.5 }}' }, /^Limit is not a whole number from 1 upwards: “1.5”$/],
	[
		'an unknown zone',
		{ options: { timezone: 'America/Macondo' } },
		/^Timezone is not a time zone: “America\/Macondo”$/,
	],
	[
		'three requests at once',
		{ options: { parallelRequests: '={{ 3 }}' } },
		/^Speed is not a whole number from 1 to 2: “3”$/,
	],
	[
		'fewer than no requests',
		{ options: { maxRequests: -1 } },
		/^Requests to Use at Most is not a whole number from 0 upwards: “-1”$/,
	],
	[
		'an unknown way out',
		{ options: { onIncomplete: '=ignore' } },
		/^If Data Is Missing is not one that can be chosen: “ignore”$/,
	],
	['an unknown result', { result: '=fax' }, /^Result is not one that can be chosen: “fax”$/],
	[
		'an unknown field',
		{ options: { addFields: ['record_id', 'colour'] } },
		/^Add Fields is not one that can be chosen: “colour”$/,
	],
	[
		'a year long before Wolkvox',
		custom('1970-01-01', '2025-03-04'),
		/^From \(1970-01-01 00:00:00\) is before the year 2000$/,
	],
	[
		'a list that is not one of campaigns',
		{ campaign: { __rl: true, mode: 'id', value: '={{ ["22109", { id: 7 }] }}' } },
		/^Campaign is not the number of a campaign: “{"id":7}”$/,
	],
	[
		'a name among campaigns',
		{ campaign: { __rl: true, mode: 'id', value: '=22109, COBRANZA' } },
		/^Campaign is not the number of a campaign: “COBRANZA”$/,
	],
	['an empty list of campaigns', { campaign: { __rl: true, mode: 'id', value: '={{ [] }}' } }, /^Campaign is empty$/],
	['a switch that is a word', { returnAll: '={{ "perhaps" }}' }, /^Return All is neither true nor false: “perhaps”$/],
	[
		'a name that is an object',
		{ operation: 'export', options: { fileName: '={{ ({ a: 1 }) }}' } },
		/^File Name is not text: “{"a":1}”$/,
	],
	[
		'a field without a name',
		{ operation: 'export', binaryPropertyName: '={{ null }}' },
		/^Put Output File in Field is empty$/,
	],
	[
		'an unknown delimiter',
		{ operation: 'export', format: 'csv', options: { delimiter: '=|' } },
		/^Delimiter is not one that can be chosen: “\|”$/,
	],
	['an unknown operation', { operation: '=deleteAll' }, /^This node has no operation “deleteAll” for “record”$/],
])('tells %s before any request', async (_what, parameters, message) => {
	const { error } = await runNode({ parameters, credentials: { server: simulator.url, token: simulator.token } });
	expect(error?.message).toMatch(message);
	expect(error?.description).toMatch(/^(Enter|Choose|Exchange|In the time zone|Wolkvox has no records|Switch it)/);
	expect(error?.context?.itemIndex).toBe(0);
	expect(simulator.requests).toEqual([]);
});

it.each([
	[
		'a server elsewhere',
		{ server: 'wolkvox.example.com', token: 'abc' },
		/^Server in the Wolkvox API credential is no Wolkvox server: “wolkvox.example.com”$/,
	],
	['no server', { server: ' ', token: 'abc' }, /^Server is empty in the Wolkvox API credential$/],
	['no token', { server: '0022', token: ' ' }, /^Token is empty in the Wolkvox API credential$/],
	[
		'a token with a line break',
		{ server: '0022', token: 'abc\ndef' },
		/^Token is not readable in the Wolkvox API credential$/,
	],
])('tells %s', async (_what, credentials, message) => {
	const { error } = await runNode({ parameters: {}, credentials });
	expect(error?.message).toMatch(message);
});
