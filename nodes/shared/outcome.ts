import type { INodeExecutionData } from 'n8n-workflow';

import type { Failure } from '../../core/outcome';
import { explain } from '../../core/words';
import type { Account } from './account';
import type { Trouble } from './errors';

/** What an operation came to for one input item. */
export type Outcome =
	| { readonly ok: true; readonly items: INodeExecutionData[]; readonly account?: Account }
	| { readonly ok: false; readonly trouble: Trouble };

/** A failure that is told before any server is known. */
export const refused = (failure: Failure): Outcome & { ok: false } => ({ ok: false, trouble: { failure, words: explain(failure, 'Wolkvox') } });
