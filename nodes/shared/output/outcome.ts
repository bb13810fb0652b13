import type { INodeExecutionData } from 'n8n-workflow';

import type { Failure } from '../../../core/failures';
import { explain } from '../../../core/messages';
import type { RunSummary } from './runSummary';
import type { Trouble } from './errors';

/** What an operation came to for one input item; `inAll` is how many items there are where not all are given, null where nobody knows. */
export type Outcome =
	| {
			readonly ok: true;
			readonly items: INodeExecutionData[];
			readonly summary?: RunSummary;
			readonly inAll?: number | null;
	  }
	| { readonly ok: false; readonly trouble: Trouble };

/** A failure that is told before any server is known. */
export const refused = (failure: Failure): Outcome & { ok: false } => ({
	ok: false,
	trouble: { failure, words: explain(failure, 'Wolkvox') },
});
