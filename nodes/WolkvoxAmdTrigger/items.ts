import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Failure } from '../../core/failures';
import { type AmdRecord, detectionOf } from '../../core/api/record';
import type { Unproven } from '../../core/extraction/runReport';
import type { Words } from '../../core/messages';
import { nameWindow } from '../shared/output/missing';
import { type AddedContext, type AddedField, adder } from '../shared/output/addedFields';
import type { Settings } from './settings';

/** A record on its way out. */
export interface Emission {
	readonly record: AmdRecord;
	readonly key: string;
	/** It may have been emitted before, nobody can tell any more. */
	readonly repeated: boolean;
}

export const isWanted = (record: AmdRecord, result: Settings['result']): boolean =>
	result === 'all' || detectionOf(record) === result;

/** Makes items of records, as the node makes them, with what was asked to be added. */
export function itemsOf(
	emissions: readonly Emission[],
	{ result, addFields }: Settings,
	context: AddedContext,
	{ unproven, say }: { unproven: readonly Unproven[]; say(failure: Failure): Words },
): INodeExecutionData[] {
	const fields = addFields.filter((field): field is AddedField => field !== 'unproven');
	const add = adder(fields, context)(0);
	const named = addFields.includes('unproven')
		? {
				unproven: unproven.map(({ window, failure }) => ({ window: nameWindow(window), reason: say(failure).message })),
			}
		: {};
	const items: INodeExecutionData[] = [];
	for (const { record, key, repeated } of emissions) {
		if (!isWanted(record, result)) continue;
		const added = add(record);
		// The number of identical records goes on from those that were emitted before.
		if ('key' in added) added.key = key;
		const json: IDataObject = { ...record, ...added, ...named, ...(repeated ? { possiblyRepeated: true } : {}) };
		items.push({ json });
	}
	return items;
}
