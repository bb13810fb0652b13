import type { IPollFunctions } from 'n8n-workflow';

import { campaignNumberOf } from '../../../core/api/record';
import { severalIn } from '../../../core/extraction/severalCampaigns';
import type { Failure } from '../../../core/failures';
import type { OpenConnection } from '../connection/connection';
import { world } from '../connection/transport';
import { heldAgainstList } from './campaignList';

const DAY_MS = 86_400_000;

/**
 * Campaigns of which nothing comes are held against the list of campaigns, once a day: Wolkvox answers for one that is not
 * there as for one without calls. `seen`: the campaigns of the records that came with this poll. Gives what the poll fails
 * with, or null.
 */
export async function checkCampaign(
	context: IPollFunctions,
	open: OpenConnection,
	{ campaignsSeenMs }: { readonly campaignsSeenMs: Map<string, number> },
	{ campaign, seen }: { readonly campaign: string; readonly seen: Iterable<string> },
): Promise<Failure | null> {
	const nowMs = world.now();
	for (const id of seen) campaignsSeenMs.set(campaignNumberOf(id), nowMs);
	const chosen = [...(severalIn(campaign) ?? [campaign])].filter((one) => /^\d+$/.test(one));
	const unseen = chosen.filter((one) => nowMs - (campaignsSeenMs.get(one) ?? -Infinity) >= DAY_MS);
	if (unseen.length === 0) return null;
	for (const one of unseen) campaignsSeenMs.set(one, nowMs);
	const found = await heldAgainstList(open, unseen);
	if (found === null) return null;
	if ('failure' in found) return found.failure;
	const about = { node: context.getNode().name, workflowId: context.getWorkflow().id };
	context.logger.warn(`Wolkvox AMD Trigger: ${found.doubt}`, about);
	return null;
}
