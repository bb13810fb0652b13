import type { IExecuteFunctions } from 'n8n-workflow';

import { readOptions } from '../form/parameters';
import { missingText } from './missing';
import type { Outcome } from './outcome';

/**
 * Where a run goes on with what is complete, every item says so itself, in the same two fields whatever happened. Nothing
 * at all beside something that is missing is no result: there the run stops all the same.
 */
export function withCompleteness(context: IExecuteFunctions, itemIndex: number, outcome: Outcome): Outcome {
	if (!outcome.ok || !outcome.summary) return outcome;
	if (readOptions(context, itemIndex).onIncomplete !== 'returnProven') return outcome;
	const { missing, trouble, records } = outcome.summary;
	if (trouble && (outcome.items.length === 0 || records === 0)) return { ok: false, trouble };
	const said = { complete: missing.length === 0, missing: missingText(missing) };
	return { ...outcome, items: outcome.items.map((item) => ({ ...item, json: { ...item.json, ...said } })) };
}
