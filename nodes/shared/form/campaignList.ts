import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { askCampaigns } from '../../../core/api/information';
import { type Result, failed, ok } from '../../../core/failures';
import { campaignNumberOf } from '../../../core/api/record';
import type { Connection } from '../../../core/api/request';
import { explain } from '../../../core/messages';
import { toNodeError } from '../output/errors';
import { type OpenConnection, openConnection } from '../connection/connection';

/** The editor waits for a list; longer than one request may take makes no sense. */
const LIST_BUDGET_MS = 60_000;

/** The operation's campaigns, the API's fields untouched. */
export async function readCampaigns(connection: Connection): Promise<Result<Array<Record<string, unknown>>>> {
	const answer = await askCampaigns(connection);
	if (answer.kind === 'empty') return ok([]);
	return answer.kind === 'whole' ? ok(answer.value) : failed(answer);
}

/** Names of campaigns by their number. */
export function namesOf(campaigns: ReadonlyArray<Record<string, unknown>>): Map<string, string> {
	return new Map(
		campaigns.map(({ campaign_id: id, campaign_name: name }) => [campaignNumberOf(String(id)), String(name ?? '')]),
	);
}

/** Where nobody asked for names. */
export const NO_NAMES = { names: new Map<string, string>(), missing: '' };

/** Names are an addition: without them the records still come, and a warning says so. */
export async function readNames({
	connection,
	say,
}: OpenConnection): Promise<{ names: Map<string, string>; missing: string }> {
	const campaigns = await readCampaigns(connection);
	if (campaigns.ok) return { names: namesOf(campaigns.value), missing: '' };
	return { names: new Map(), missing: `Campaign names could not be had: ${say(campaigns.failure).message}.` };
}

/** Fills the campaign list of the editor: all campaigns first, then by name. */
export async function searchCampaigns(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const opened = await openConnection(this, { budgetMs: LIST_BUDGET_MS });
	if (!opened.ok) throw toNodeError(this.getNode(), { failure: opened.failure, words: explain(opened.failure, '') });
	const { connection, say, close } = opened.value;
	const campaigns = await readCampaigns(connection).finally(close);
	if (!campaigns.ok) throw toNodeError(this.getNode(), { failure: campaigns.failure, words: say(campaigns.failure) });
	const wanted = filter.trim().toLowerCase();
	const named = [...namesOf(campaigns.value)]
		.map(([value, name]) => ({ name: name === '' ? value : `${name} (${value})`, value }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return {
		results: [{ name: 'All Campaigns', value: 'all' }, ...named].filter(({ name }) =>
			name.toLowerCase().includes(wanted),
		),
	};
}
