import type { IExecuteFunctions } from 'n8n-workflow';

import { type Observation, observer } from '../../core/analysis/observation';
import { type Account, accountOf } from './account';
import type { Trouble } from './errors';
import { type Reading, readRecords } from './extraction';
import type { OpenLine } from './line';
import type { Source } from './parameters';

/** Folds of `core/analysis`: whatever takes records one by one. */
interface Fold {
	take(seen: Observation): void;
}

/** Reads a source to its end and shows each record to a fold; nothing of it is kept. */
export async function analyse(
	context: IExecuteFunctions,
	open: OpenLine,
	source: Source,
	fold: Fold,
): Promise<(Reading & { readonly account: Account }) | { readonly ok: false; readonly trouble: Trouble }> {
	const observe = observer();
	const reading = await readRecords(context, open, source, ({ records }) => {
		for (const record of records) fold.take(observe(record));
		return true;
	});
	if (!reading.ok) return reading;
	return { ...reading, account: accountOf(reading.report, { ...reading, kept: reading.report.records, isItems: false, say: open.say }) };
}
