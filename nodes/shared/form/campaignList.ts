import type { ILoadOptionsFunctions, INode, INodeListSearchResult } from 'n8n-workflow';

import { askCampaigns } from '../../../core/api/information';
import { type Failure, type Result, failed, ok } from '../../../core/failures';
import { campaignNumberOf } from '../../../core/api/record';
import type { Connection } from '../../../core/api/request';
import { textOf } from '../../../core/api/json/values';
import { type Words, explain } from '../../../core/messages';
import { lastAskedOf } from '../connection/lastAsked';
import { asNodeError, toNodeError } from '../output/errors';
import { type OpenConnection, openConnection } from '../connection/connection';
import { world } from '../connection/transport';

/** The editor waits for a list; longer than one request may take makes no sense. */
const LIST_BUDGET_MS = 60_000;

type Campaigns = ReadonlyArray<Record<string, unknown>>;

/** A list is kept for so long (a person types, a run follows another): nine keystrokes ask once … */
const KEPT_MS = 60_000;
/** … and of so many operations. */
const KEPT_LISTS = 64;
const kept = new Map<string, { readonly askedMs: number; readonly list: Promise<Result<Campaigns>> }>();

/** The operation's campaigns, the API's fields untouched. */
export async function readCampaigns(connection: Connection): Promise<Result<Campaigns>> {
	const answer = await askCampaigns(connection);
	if (answer.kind === 'empty') return ok([]);
	return answer.kind === 'whole' ? ok(answer.value) : failed(answer);
}

/** The same, at most a minute old. A list that somebody else failed to get is asked for again. */
export async function recentCampaigns({ connection, account: key }: OpenConnection): Promise<Result<Campaigns>> {
	const nowMs = world.now();
	for (const [one, { askedMs }] of kept) if (Math.abs(nowMs - askedMs) >= KEPT_MS) kept.delete(one);
	const known = kept.get(key);
	if (known) {
		const campaigns = await known.list;
		if (campaigns.ok) return campaigns;
	}
	const list = readCampaigns(connection);
	if (kept.size >= KEPT_LISTS) kept.clear();
	kept.set(key, { askedMs: nowMs, list });
	const campaigns = await list;
	if (!campaigns.ok) kept.delete(key);
	return campaigns;
}

/** Of campaigns of which nothing came: whether there are such ones. `doubt`: what a warning says of it. */
export async function heldAgainstList(
	open: OpenConnection,
	silent: readonly string[],
): Promise<{ readonly failure: Failure } | { readonly doubt: string } | null> {
	const campaigns = await recentCampaigns(open);
	if (!campaigns.ok || campaigns.value.length === 0) {
		const why = campaigns.ok ? 'the list of campaigns is empty' : open.say(campaigns.failure).message;
		const told = silent.slice(0, TOLD).join(', ');
		return { doubt: `No records of campaign ${told} came, and whether there is one could not be checked: ${why}.` };
	}
	const names = namesOf(campaigns.value);
	const unknown = silent.filter((number) => !names.has(number));
	if (unknown.length === 0) return null;
	return {
		failure: {
			kind: 'invalid',
			parameter: 'campaign',
			message: `There is no campaign ${unknown.slice(0, TOLD).join(', ')} in this operation`,
			description:
				'No records came for it, and the list of campaigns does not have it. Choose one from the list, or enter the ' +
				'number that Wolkvox shows beside its name; Server in the credential says which operation is asked.',
		},
	};
}

/** Numbers that a message names. */
const TOLD = 5;

/** Names of campaigns by their number. */
export function namesOf(campaigns: Campaigns): Map<string, string> {
	return new Map(
		campaigns.map(({ campaign_id: id, campaign_name: name }) => [campaignNumberOf(textOf(id)), textOf(name)]),
	);
}

/** Where nobody asked for names. */
export const NO_NAMES = { names: new Map<string, string>(), missing: '' };

/** Names are an addition: without them the records still come, and a warning says so. */
export async function readNames(open: OpenConnection): Promise<{ names: Map<string, string>; missing: string }> {
	const campaigns = await recentCampaigns(open);
	if (campaigns.ok) return { names: namesOf(campaigns.value), missing: '' };
	return { names: new Map(), missing: `Campaign names could not be had: ${open.say(campaigns.failure).message}.` };
}

/** Fills the campaign list of the editor: all campaigns first, then by name. */
export async function searchCampaigns(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await searchIn(this, filter).catch((reason: unknown) => {
		throw asNodeError(this.getNode(), reason, undefined, lastAskedOf(this));
	});
}

async function searchIn(context: ILoadOptionsFunctions, filter: string): Promise<INodeListSearchResult> {
	const opened = await openConnection(context, { budgetMs: LIST_BUDGET_MS });
	if (!opened.ok) throw toListError(context.getNode(), opened.failure, explain(opened.failure, ''));
	const { say, close } = opened.value;
	const campaigns = await recentCampaigns(opened.value).finally(close);
	// An error shows nothing to choose, and the list says why there is none.
	if (!campaigns.ok)
		return { results: [{ ...ALL, name: `All Campaigns (no list: ${say(campaigns.failure).message})` }] };
	const named = [...namesOf(campaigns.value)]
		.map(([value, name]) => ({ name: name === '' ? value : `${name} (${value})`, value }))
		.sort((a, b) => a.name.localeCompare(b.name));
	const wanted = folded(filter);
	const hits = [ALL, ...named].filter(
		({ name, value }) =>
			folded(name).includes(wanted) || (value === 'all' && ALL_WORDS.some((word) => word.startsWith(wanted))),
	);
	// Without a hit the editor would show the chosen value as if it were one.
	return {
		results: hits.length > 0 ? hits : [{ ...ALL, name: `All Campaigns (no campaign matches “${filter.trim()}”)` }],
	};
}

const ALL = { name: 'All Campaigns', value: 'all' };
/** What people look for who want all of them. */
const ALL_WORDS = ['todas', 'todas las campanas', 'todos'];

/** As people type: without accents or case. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** The editor shows a list's message alone: how to get unstuck stands in it. */
const toListError = (node: INode, failure: Failure, { message, description }: Words): Error =>
	toNodeError(node, { failure, words: { message: `${message}. ${description}`, description } });
