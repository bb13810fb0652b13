import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { testCredential } from '../shared/connection/credentialTest';
import { searchCampaigns } from '../shared/form/campaignList';
import { runItems } from '../shared/output/items';
import { operationOf, properties, subtitle } from './actions/registry';

/** What a language model is told where the tool's description is set by hand; it can be changed there. */
const TOOL_DESCRIPTION =
	'Answers from the answering machine detection (AMD) of a Wolkvox call centre. Counts and machine rates ' +
	'come from Summarize, in a few lines by campaign, day, hour or weekday: prefer it to single records, of ' +
	'which at most the limit (50) are returned. Write whole days as 2025-01-31, a moment as 2025-01-31 ' +
	'08:30:00 on the clock of the call centre, without Z or offset; a campaign as its number, or all.';

export class WolkvoxAmd implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wolkvox AMD',
		name: 'wolkvoxAmd',
		icon: { light: 'file:wolkvoxAmd.svg', dark: 'file:wolkvoxAmd.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle,
		description: 'Get answering machine detection (AMD) records of Wolkvox, every record of any date range',
		defaults: { name: 'Wolkvox AMD' },
		usableAsTool: { replacements: { description: TOOL_DESCRIPTION } },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wolkvoxApi', required: true, testedBy: 'testCredential' }],
		properties,
	};

	methods = { credentialTest: { testCredential }, listSearch: { searchCampaigns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, operationOf)];
	}
}
