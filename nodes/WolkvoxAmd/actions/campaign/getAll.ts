import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readCampaigns } from '../../../shared/form/campaignList';
import { openConnection } from '../../../shared/connection/connection';
import { refused } from '../../../shared/output/outcome';
import { readLimit } from '../../../shared/form/parameters';
import { readBoolean } from '../../../shared/form/values';
import { MORE, TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';
import { limits } from '../../../shared/form/properties';

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** What tells campaigns apart and what they are doing; the dialler's settings are left out. */
const SIMPLE_FIELDS = [
	'campaign_id',
	'campaign_name',
	'campaign_description',
	'type_campaign',
	'status',
	'records',
	'last_use',
	'skill_id',
];

const simplified = (fields: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(SIMPLE_FIELDS.map((name) => [name, fields[name] ?? null]));

export const campaignGetAll: Operation = {
	resource: 'campaign',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many campaigns',
	description: 'Get the campaigns of the operation, as Wolkvox describes them',
	properties: [...limits, simplify],

	tool: { description: TOOL_DESCRIPTIONS.getCampaigns, answer: { more: MORE.campaigns } },

	async run(context, itemIndex) {
		const limit = readLimit(context, itemIndex);
		if (!limit.ok) return refused(limit.failure);
		const isSimple = readBoolean('simplify', 'Simplify', context.getNodeParameter('simplify', itemIndex, true));
		if (!isSimple.ok) return refused(isSimple.failure);
		const opened = await openConnection(context, { itemIndex });
		if (!opened.ok) return refused(opened.failure);
		const { connection, say, close } = opened.value;
		const campaigns = await readCampaigns(connection).finally(close);
		if (!campaigns.ok) return { ok: false, trouble: { failure: campaigns.failure, words: say(campaigns.failure) } };
		const items = campaigns.value
			.slice(0, limit.value)
			.map((fields) => (isSimple.value ? simplified(fields) : fields))
			.map((fields) => ({ json: fields as IDataObject, pairedItem: { item: itemIndex } }));
		return { ok: true, items, inAll: campaigns.value.length };
	},
};
