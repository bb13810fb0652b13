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
import { hints } from './hints';
import { operationOf, properties, subtitle } from './actions/registry';

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
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wolkvoxApi', required: true, testedBy: 'testCredential' }],
		properties,
		hints,
	};

	methods = { credentialTest: { testCredential }, listSearch: { searchCampaigns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, operationOf)];
	}
}
