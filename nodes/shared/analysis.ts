import type { IExecuteFunctions } from 'n8n-workflow';

import { type Observation, observer } from '../../core/analysis/observation';
import { OtherWords } from './output/otherWords';
import { type RunSummary, summaryOf, withWarnings } from './output/runSummary';
import type { Trouble } from './output/errors';
import { type ReadResult, readRecords } from './extraction';
import type { OpenConnection } from './connection/connection';
import type { Source } from './form/parameters';

/** Folds of `core/analysis`: whatever takes records one by one. */
interface Fold {
	take(seen: Observation): void;
}

/** Reads a source to its end and shows each record to a fold; nothing of it is kept. */
export async function analyse(
	context: IExecuteFunctions,
	open: OpenConnection,
	source: Source,
	fold: Fold,
): Promise<(ReadResult & { readonly summary: RunSummary }) | { readonly ok: false; readonly trouble: Trouble }> {
	const observe = observer();
	const words = new OtherWords();
	const read = await readRecords(context, open, source, ({ records }) => {
		for (const record of records) {
			const seen = observe(record);
			if (seen.detection === 'other') words.take(record);
			fold.take(seen);
		}
		return true;
	});
	if (!read.ok) return read;
	const summary = summaryOf(read.report, {
		...read,
		kept: read.report.records,
		isItems: false,
		say: open.say,
		withoutToken: open.withoutToken,
	});
	return { ...read, summary: withWarnings(summary, words.warnings()) };
}
