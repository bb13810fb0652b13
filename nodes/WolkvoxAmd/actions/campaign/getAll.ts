import type { IDataObject } from 'n8n-workflow';

import { readCampaigns } from '../../../shared/form/campaignList';
import { openConnection } from '../../../shared/connection/connection';
import { refused } from '../../../shared/output/outcome';
import { readLimit } from '../../../shared/form/parameters';
import { MORE, TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';
import { limits } from '../../../shared/form/properties';

export const campaignGetAll: Operation = {
	resource: 'campaign',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many campaigns',
	description: 'Get the campaigns of the operation, as Wolkvox describes them',
	properties: limits,

	tool: { description: TOOL_DESCRIPTIONS.getCampaigns, answer: { more: MORE.campaigns } },

	async run(context, itemIndex) {
		const limit = readLimit(context, itemIndex);
		if (!limit.ok) return refused(limit.failure);
		const opened = await openConnection(context, { itemIndex });
		if (!opened.ok) return refused(opened.failure);
		const { connection, say, close } = opened.value;
		const campaigns = await readCampaigns(connection).finally(close);
		if (!campaigns.ok) return { ok: false, trouble: { failure: campaigns.failure, words: say(campaigns.failure) } };
		const items = campaigns.value
			.slice(0, limit.value)
			.map((fields) => ({ json: fields as IDataObject, pairedItem: { item: itemIndex } }));
		return { ok: true, items, inAll: campaigns.value.length };
	},
};
