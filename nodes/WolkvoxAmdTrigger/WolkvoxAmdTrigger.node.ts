import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { searchCampaigns } from '../shared/form/campaignList';
import { testCredential } from '../shared/connection/credentialTest';
import { lastAskedOf } from '../shared/connection/lastAsked';
import { asNodeError } from '../shared/output/errors';
import { pollRecords } from './poll';
import { properties } from './properties';

/** What the canvas shows below the name. There a locator is the value that was chosen, not the locator itself. */
const subtitle =
	'={{ ({ human: "new human answers", machine: "new machine answers" }[$parameter["options"]["result"]] || "new records") + ' +
	'(["all", undefined].includes($parameter["campaign"]) ? "" : ", " + $parameter["campaign"]) }}';

/** The dialog after publishing. */
const ACTIVATION_MESSAGE =
	'The first records come with the first call that is dialled from now on, within about 20 minutes: Wolkvox shows a call ' +
	'up to a quarter of an hour late. After a crash a batch may come twice, so write by record_id. Set a published error ' +
	'workflow in Settings: nobody else tells you when the token expires.';

export class WolkvoxAmdTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wolkvox AMD Trigger',
		name: 'wolkvoxAmdTrigger',
		icon: { light: 'file:wolkvoxAmdTrigger.svg', dark: 'file:wolkvoxAmdTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle,
		description:
			'Starts the workflow with the answering machine detection (AMD) records of Wolkvox that are new, late ones included',
		defaults: { name: 'Wolkvox AMD Trigger' },
		polling: true,
		activationMessage: ACTIVATION_MESSAGE,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wolkvoxApi', required: true, testedBy: 'testCredential' }],
		// A list of its own: n8n puts Poll Times in front of it each time that it loads the node types anew.
		properties: [...properties],
		hints: [
			{
				message:
					'Write by “record_id”: after a crash or a restart the last records may come once more, with the same ids.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition: '={{ $parameter["options"]["afterRestart"] !== "skip" }}',
			},
		],
	};

	methods = { credentialTest: { testCredential }, listSearch: { searchCampaigns } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		// One boundary for what nobody foresaw; the saved state is written last, so that it stays as it was.
		return await pollRecords(this).catch((reason: unknown) => {
			throw asNodeError(this.getNode(), reason, undefined, lastAskedOf(this));
		});
	}
}
