import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { searchCampaigns } from '../shared/form/campaignList';
import { testCredential } from '../shared/connection/credentialTest';
import { pollRecords } from './poll';
import { properties } from './properties';

export class WolkvoxAmdTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wolkvox AMD Trigger',
		name: 'wolkvoxAmdTrigger',
		icon: { light: 'file:wolkvoxAmdTrigger.svg', dark: 'file:wolkvoxAmdTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{"campaign: " + ($parameter["campaign"]["cachedResultName"] || $parameter["campaign"]["value"])}}',
		description:
			'Starts the workflow with the answering machine detection (AMD) records of Wolkvox that are new, late ones included',
		defaults: { name: 'Wolkvox AMD Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wolkvoxApi', required: true, testedBy: 'testCredential' }],
		properties,
	};

	methods = { credentialTest: { testCredential }, listSearch: { searchCampaigns } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollRecords(this);
	}
}
