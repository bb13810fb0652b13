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

const afterRestart: INodeProperties = {
	displayName: 'After Restart',
	name: 'afterRestart',
	type: 'options',
	default: 'repeat',
	description: 'What to do with the last batch after a restart of n8n, since nobody knows whether its run had begun',
	options: [
		{
			name: 'Repeat the Last Batch',
			value: 'repeat',
			description: 'At least once: nothing is lost, and the last batch may come twice',
		},
		{
			name: 'Skip the Last Batch',
			value: 'skip',
			description: 'At most once: nothing comes twice, and the last batch may be lost',
		},
	],
};

const minMinutesBetweenReads: INodeProperties = {
	displayName: 'Min Minutes Between Reads',
	name: 'minMinutesBetweenReads',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1_440 },
	default: 5,
	description: 'Wolkvox asks for one read in 5 minutes at most. Poll Times that come earlier cost no request.',
};

const overlapMinutes: INodeProperties = {
	displayName: 'Overlap Minutes',
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
		'A moment in the past to begin at, on the clock of the operation. Empty begins with ' +
		'what comes after activation. It counts when the trigger starts anew, not later.',
};

const rhythm: INodeProperties = {
	displayName:
		'Wolkvox is asked every 5 minutes at most; Poll Times that come earlier cost no request. A test run shows a sample of ' +
		'real records and changes nothing: publish the workflow to get new ones.',
	name: 'rhythm',
	type: 'notice',
	default: '',
};

/** What the trigger asks a user for, beside when to poll. */
export const properties: INodeProperties[] = [
	rhythm,
	campaign,
	options(addTriggerFields, afterRestart, minMinutesBetweenReads, overlapMinutes, 'result', startFrom, 'timezone'),
];
