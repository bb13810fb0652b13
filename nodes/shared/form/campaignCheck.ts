import type { IPollFunctions } from 'n8n-workflow';

import type { Failure } from '../../../core/failures';
import type { OpenConnection } from '../connection/connection';
import { world } from '../connection/transport';
import { heldAgainstList } from './campaignList';

const DAY_MS = 86_400_000;

/**
 * A campaign of which nothing comes is held against the list of campaigns, once a day: Wolkvox answers for one that is not
 * there as for one without calls. `records`: how many came with this poll. Gives what the poll fails with, or null.
 */
export async function checkCampaign(
	context: IPollFunctions,
	open: OpenConnection,
	presence: { campaignSeenMs: number },
	{ campaign, records }: { readonly campaign: string; readonly records: number },
): Promise<Failure | null> {
	const nowMs = world.now();
	if (records > 0) presence.campaignSeenMs = nowMs;
	if (!/^\d+$/.test(campaign) || nowMs - presence.campaignSeenMs < DAY_MS) return null;
	presence.campaignSeenMs = nowMs;
	const found = await heldAgainstList(open, [campaign]);
	if (found === null) return null;
	if ('failure' in found) return found.failure;
	const about = { node: context.getNode().name, workflowId: context.getWorkflow().id };
	context.logger.warn(`Wolkvox AMD Trigger: ${found.doubt}`, about);
	return null;
}
