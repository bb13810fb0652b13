import type { INodeExecutionData } from 'n8n-workflow';

import type { Failure } from '../../core/failures';
import { type AmdRecord, type Identified, detectionOf } from '../../core/api/record';
import type { Unproven } from '../../core/extraction/runReport';
import type { Words } from '../../core/messages';
import { missingOf, missingText } from '../shared/output/missing';
import { type AddedContext, type AddedField, adder } from '../shared/output/addedFields';
import type { Settings } from './settings';

export const isWanted = (record: AmdRecord, result: Settings['result']): boolean =>
	result === 'all' || detectionOf(record) === result;

/** Makes items of records, as the node makes them, with what was asked to be added. */
export function itemsOf(
	rows: readonly Identified[],
	{ result, addFields }: Settings,
	context: AddedContext,
	{ unproven, say }: { unproven: readonly Unproven[]; say(failure: Failure): Words },
): INodeExecutionData[] {
	const fields = addFields.filter((field): field is AddedField => field !== 'missing');
	const add = adder(fields, context);
	const missing = addFields.includes('missing') ? { missing: missingText(missingOf(unproven, say)) } : {};
	return rows
		.filter(({ record }) => isWanted(record, result))
		.map((row) => ({ json: { ...row.record, ...add(row), ...missing } }));
}
