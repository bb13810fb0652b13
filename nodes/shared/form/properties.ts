import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { country } from './country';
import { ADDED_FIELDS, USUAL_FIELDS } from '../output/addedFields';

/** Which records: a campaign from the list, or by number one or several. */
export const campaign: INodeProperties = {
	displayName: 'Campaign',
	name: 'campaign',
	type: 'resourceLocator',
	default: { mode: 'list', value: 'all', cachedResultName: 'All Campaigns' },
	required: true,
	description: 'The campaign whose records are read, several by their numbers, or all campaigns of the operation',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 22109, 22110',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\s*(\\d+|[aA][lL][lL])([\\s,;]+(\\d+|[aA][lL][lL]))*[\\s,;]*$',
						errorMessage: 'A campaign is a number, several with commas, or all',
					},
				},
			],
		},
	],
};

/** In the order in which people look for them. */
const presets: INodePropertyOptions[] = [
	{ name: 'Today', value: 'today', description: 'From midnight to now' },
	{ name: 'Yesterday', value: 'yesterday', description: 'The whole day before today' },
	{ name: 'Last 7 Days', value: 'last7Days', description: 'The 7 whole days before today' },
	{ name: 'Previous Week', value: 'previousWeek', description: 'Monday to Sunday of the week before this one' },
	{ name: 'Last 30 Days', value: 'last30Days', description: 'The 30 whole days before today' },
	{ name: 'This Month', value: 'thisMonth', description: 'From the first of this month to now' },
	{ name: 'Previous Month', value: 'previousMonth', description: 'The whole month before this one' },
	{ name: 'Custom', value: 'custom', description: 'From a moment to a moment, of any length' },
];

/**
 * From when to when, on the operation's wall clock. From and To are not `required`: n8n would ask for them where Date Range
 * is an expression, whatever that gives.
 */
export const dateRange = (usual: 'last30Days' | 'last7Days' | 'yesterday'): INodeProperties[] => [
	{
		displayName: 'Date Range',
		name: 'dateRange',
		type: 'options',
		default: usual,
		description: "The days of the operation's own clock; see Timezone in the options",
		options: presets,
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description:
			'First second that is read, on the clock of the operation. Pick a day, or type 2025-01-31 08:30:00. ' +
			'An expression may give a date alone, or a moment with an offset, which is converted.',
		displayOptions: { show: { dateRange: ['custom'] } },
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description:
			'A day that is picked is read to its end, 23:59:59. Any other moment: read up to it where its seconds are 00, ' +
			'else that second is read too. Empty reads up to now, and so does a moment in the future.',
		displayOptions: { show: { dateRange: ['custom'] } },
	},
];

/** How many. */
export const limits: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

const addedFieldOptions: Record<(typeof ADDED_FIELDS)[number], INodePropertyOptions> = {
	campaign_name: {
		name: 'Campaign Name',
		value: 'campaign_name',
		description: "The campaign's name, empty when the list of campaigns does not have it",
	},
	dial_route: {
		name: 'Dial Route',
		value: 'dial_route',
		description:
			'What the dialler put before the number: empty where nothing, null where the number is none of the country',
	},
	is_machine: {
		name: 'Is Machine',
		value: 'is_machine',
		description: 'True for a machine, false for a human, null for anything else',
	},
	record_id: {
		name: 'Record ID',
		value: 'record_id',
		description: 'The same in every run, to write each record once into a database or CRM',
	},
	telephone_national: {
		name: 'Telephone, National',
		value: 'telephone_national',
		description:
			'The number without route and country code, the same for every way to dial it; null where it is none of the country',
	},
	timestamp: {
		name: 'Timestamp',
		value: 'timestamp',
		description: 'The date as ISO 8601 with the offset of the time zone',
	},
};

export const addFields: INodeProperties = {
	displayName: 'Add Fields',
	name: 'addFields',
	type: 'multiOptions',
	default: [...USUAL_FIELDS],
	description: "Fields that follow the record's own six",
	options: ADDED_FIELDS.map((field) => addedFieldOptions[field]),
};

const maxRequests: INodeProperties = {
	displayName: 'Requests to Use at Most',
	name: 'maxRequests',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Of those that the operation has for today; 0 sets no limit of its own',
};

/** A model always gets what is proven, with what is missing. */
const onIncomplete: INodeProperties = {
	displayName: 'If Data Is Missing',
	name: 'onIncomplete',
	displayOptions: { hide: { '@tool': [true] } },
	type: 'options',
	default: 'stop',
	description: 'What to do when some records of the range cannot be had',
	options: [
		{ name: 'Stop With an Error', value: 'stop', description: 'Name what is missing, and return nothing' },
		{
			name: 'Return What Is Complete, With a Warning',
			value: 'returnProven',
			description: 'Return all that is complete, and name what is missing in a warning and in every item',
		},
	],
};

const parallelRequests: INodeProperties = {
	displayName: 'Speed',
	name: 'parallelRequests',
	type: 'options',
	default: 1,
	description: 'How many requests run at once',
	options: [
		{ name: 'Normal', value: 1, description: 'One request after the other' },
		{
			name: 'Double',
			value: 2,
			description: 'Two at once: about twice as fast, and nothing else can use the token meanwhile',
		},
	],
};

/** Which detections. */
export const result: INodeProperties = {
	displayName: 'Result',
	name: 'result',
	type: 'options',
	default: 'all',
	description: 'Which detections to return',
	options: [
		{ name: 'All', value: 'all' },
		{ name: 'Human', value: 'human' },
		{ name: 'Machine', value: 'machine' },
	],
};

const timezone: INodeProperties = {
	displayName: 'Timezone',
	name: 'timezone',
	type: 'string',
	default: 'America/Bogota',
	placeholder: 'e.g. America/Mexico_City',
	description:
		'The zone in which Wolkvox dates the records. It writes the time of Bogota for every country that it documents, so ' +
		'change it only where the times of your records are those of another place.',
};

/** Where a file goes in the output item. */
export const binaryPropertyName: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

const ready = { addFields, country, maxRequests, onIncomplete, parallelRequests, result, timezone };
export type ReadyOption = keyof typeof ready;

/** The collection of options: ready ones by name, others as they are, in the order of their titles. */
export function options(...wanted: Array<ReadyOption | INodeProperties>): INodeProperties {
	const chosen = wanted.map((one) => (typeof one === 'string' ? ready[one] : one));
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: chosen.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
