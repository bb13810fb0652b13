import type { IDataObject } from 'n8n-workflow';

import { readCampaigns } from '../../shared/campaigns';
import { openLine } from '../../shared/line';
import { refused } from '../../shared/outcome';
import { readLimit } from '../../shared/parameters';
import type { Operation } from '../operation';
import { limits } from '../../shared/properties';

export const campaignGetAll: Operation = {
	resource: 'campaign',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many campaigns',
	description: 'Get the campaigns of the operation, as Wolkvox describes them',
	properties: limits,

	async run(context, itemIndex) {
		const limit = readLimit(context, itemIndex);
		if (!limit.ok) return refused(limit.failure);
		const opened = await openLine(context, { itemIndex });
		if (!opened.ok) return refused(opened.failure);
		const { line, say, close } = opened.value;
		const campaigns = await readCampaigns(line).finally(close);
		if (!campaigns.ok) return { ok: false, trouble: { failure: campaigns.failure, words: say(campaigns.failure) } };
		const items = campaigns.value.slice(0, limit.value).map((fields) => ({ json: fields as IDataObject, pairedItem: { item: itemIndex } }));
		return { ok: true, items };
	},
};
