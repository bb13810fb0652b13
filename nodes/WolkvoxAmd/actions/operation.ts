import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { AnswerForm } from '../../shared/tool/answer';
import type { Outcome } from '../../shared/output/outcome';

/** One operation of the node: what the editor shows of it, and what it does for one input item. */
export interface Operation {
	readonly resource: 'analysis' | 'campaign' | 'record' | 'token';
	/** Its value, as workflows keep it. */
	readonly operation: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	/** Its parameters; the registry shows them for this operation alone. */
	readonly properties: readonly INodeProperties[];
	/** What a language model is sent of it, and how it is answered. */
	readonly tool: { readonly description: string; readonly answer: AnswerForm; readonly isHidden?: true };
	/** Never rejects because of the API: that is the outcome's to tell. */
	run(context: IExecuteFunctions, itemIndex: number): Promise<Outcome>;
}
