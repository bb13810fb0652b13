import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { addFields, campaign, options } from '../shared/form/properties';

const missing: INodePropertyOptions = {
	name: 'Missing Periods',
	value: 'missing',
	description: 'The periods of this read whose records could not be had for now, in every item; most often null',
};

const addTriggerFields: INodeProperties = {
	...addFields,
	options: [...(addFields.options ?? []), missing].sort((a, b) => a.name.localeCompare(b.name)),
};

/** A name that n8n's lint would write with a capital N. */
const IF_N8N_WAS_KILLED = 'If n8n Was Killed';

const afterRestart: INodeProperties = {
	displayName: IF_N8N_WAS_KILLED,
	name: 'afterRestart',
	type: 'options',
	default: 'repeat',
	description: 'What to do with the last records then, since nobody knows whether their run had begun',
	options: [
		{
			name: 'Send the Last Records Again',
			value: 'repeat',
			description: 'Nothing is lost, and the last records may come twice: write by record_id',
		},
		{
			name: 'Skip Them',
			value: 'skip',
			description: 'Nothing comes twice, and the last records may be lost',
		},
	],
};

const minMinutesBetweenReads: INodeProperties = {
	displayName: 'Ask Wolkvox Every (Minutes)',
	name: 'minMinutesBetweenReads',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1_440 },
	default: 5,
	description: 'Wolkvox asks for one read in 5 minutes at most. Poll Times that come earlier cost no request.',
};

const overlapMinutes: INodeProperties = {
	displayName: 'Look Back for Late Records (Minutes)',
	name: 'overlapMinutes',
	type: 'number',
	typeOptions: { minValue: 5, maxValue: 1_440 },
	default: 60,
	description:
		'How far before the last read each read begins. Records that Wolkvox shows later than this after their own date are not seen.',
};

const startFrom: INodeProperties = {
	displayName: 'Start From',
	name: 'startFrom',
	type: 'dateTime',
	default: '',
	description:
		'A moment to begin at, on the clock of the operation; empty begins with what comes after activation. It counts once, ' +
		'when it is set or changed: a later one skips what lies before it, an earlier one reads again.',
};

const rhythm: INodeProperties = {
	displayName:
		'Wolkvox is asked every 5 minutes at most; Poll Times that come earlier cost no request. A test run shows a sample of ' +
		'real records and changes nothing: publish the workflow to get new ones. ' +
		'In queue mode no other node of this workflow may write static data.',
	name: 'rhythm',
	type: 'notice',
	default: '',
};

/** What the trigger asks a user for, beside when to poll. */
export const properties: INodeProperties[] = [
	rhythm,
	campaign,
	options(
		addTriggerFields,
		afterRestart,
		'country',
		minMinutesBetweenReads,
		overlapMinutes,
		'result',
		startFrom,
		'timezone',
	),
];
