import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { triggerLimits } from '../../core/limits';
import type { Failure } from '../../core/failures';
import type { Unproven } from '../../core/extraction/runReport';
import type { TriggerRow } from '../../core/trigger/readRange';
import type { Fresh } from '../../core/trigger/memory/memory';
import { newBatchName } from '../../core/trigger/memory/names';
import { type Occasion, type PollOptions, poll, stateAfter } from '../../core/trigger/poll';
import { explain } from '../../core/messages';
import { checkCampaign } from '../shared/form/campaignCheck';
import { readNames } from '../shared/form/campaignList';
import { type OpenConnection, openConnection } from '../shared/connection/connection';
import { world } from '../shared/connection/transport';
import type { Say } from '../shared/output/missing';
import { tooRare, toPollError } from './failures';
import { isWanted, itemsOf } from './items';
import { Journal } from './log';
import { occasionOf } from './occasion';
import { type Presence, isPolling, presenceOf } from './processState';
import { sample } from './sample';
import { type Settings, readSettings } from './settings';
import { watchStalls } from './stalls';

/** Ticks in a row that may run out of time before that is told as a failure. */
const QUIET_STALLS = 4;
/** Milliseconds for which the names of campaigns are not asked for again. */
const NAMES_FRESH_MS = 3_600_000;

/** One poll of n8n: the records that are new, or null. Throws what a person or n8n must know, and leaves the state alone then. */
export async function pollRecords(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(context);
	const presence = presenceOf(context.getWorkflow().id, context.getNode().id);
	if (context.getMode() === 'manual') {
		if (!settings.ok) throw toPollError(context.getNode(), settings.failure, explain(settings.failure, 'Wolkvox'), 0);
		return await pollSample(context, settings.value, presence);
	}
	const occasion = occasionOf(context, presence.contexts);
	if (!settings.ok) return fail(context, { failure: settings.failure, occasion }, presence);
	if (isPolling(presence, world.now())) return null;
	presence.pollingSinceMs = world.now();
	return await pollNew(context, settings.value, presence, occasion).finally(() => (presence.pollingSinceMs = null));
}

async function pollNew(
	context: IPollFunctions,
	settings: Settings,
	presence: Presence,
	occasion: Occasion,
): Promise<INodeExecutionData[][] | null> {
	const opened = await openConnection(context, { budgetMs: budgetMs(context, presence), goesFirst: true });
	if (!opened.ok) return fail(context, { failure: opened.failure, occasion }, presence);
	const over = new AbortController();
	const stalledMs = watchStalls(over.signal);
	return await readNew(context, settings, presence, { open: opened.value, occasion, stalledMs }).finally(() => {
		over.abort();
		opened.value.close();
	});
}

interface Reading {
	readonly open: OpenConnection;
	readonly occasion: Occasion;
	stalledMs(): number;
}

async function readNew(
	context: IPollFunctions,
	settings: Settings,
	presence: Presence,
	{ open, occasion, stalledMs }: Reading,
): Promise<INodeExecutionData[][] | null> {
	const { attendance } = presence;
	const options = { ...optionsOf(settings, open), occasion, stalledMs };
	const data = context.getWorkflowStaticData('node');
	const polled = await poll(open.connection, data.state, attendance, options);
	const { identity } = options;
	switch (polled.kind) {
		case 'notDue':
			return null;
		case 'damaged':
			return fail(context, { failure: unreadable(polled.damage), occasion, identity }, presence, open.say);
		case 'failed': {
			const { failure, isStall, retryAfterMs } = polled;
			const told: Failure = isStall ? { kind: 'bounded', why: 'budget', limit: 0 } : failure;
			if (!isStall || attendance.pace.stalls > QUIET_STALLS)
				return fail(context, { failure: told, occasion, identity, retryAfterMs }, presence, open.say);
			new Journal(context, open.say).failure(open.say(told));
			return null;
		}
		case 'read': {
			const journal = new Journal(context, open.say);
			presence.troubles.readIsOver();
			journal.read(polled);
			const { fresh, step, unproven, notice } = polled.tick;
			const records = fresh.map(({ row }) => row.record);
			journal.oddWords(records, presence.oddWords);
			if (notice !== null && presence.troubles.isNew('notice', '', world.now()))
				journal.notice(open.withoutToken(notice));
			const { campaign } = settings;
			const seen = new Set(records.map(({ campaign_id: id }) => id));
			const missing = await checkCampaign(context, open, presence, { campaign, seen });
			if (missing) return fail(context, { failure: missing, occasion, identity }, presence, open.say);
			const items = await toItems(fresh, unproven, settings, { presence, open, journal });
			const batch = items.length > 0 ? newBatchName(world.random) : null;
			if (polled.fallsBehind) presence.troubles.tellRhythm(context, tooRare(polled.tick), world.now());
			// Written once, last: what fails before changes nothing.
			const state = stateAfter(polled, batch, attendance, world.now());
			if (step || polled.begins) data.state = { ...state };
			return items.length > 0 ? [items] : null;
		}
	}
}

interface Surroundings {
	readonly presence: Presence;
	readonly open: OpenConnection;
	readonly journal: Journal;
}

async function toItems(
	fresh: ReadonlyArray<Fresh<TriggerRow>>,
	unproven: readonly Unproven[],
	settings: Settings,
	{ presence, open, journal }: Surroundings,
): Promise<INodeExecutionData[]> {
	if (fresh.length === 0) return [];
	const names = settings.addFields.includes('campaign_name')
		? await namesFor(presence, open, journal)
		: new Map<string, string>();
	const rows = fresh.map(({ row }) => row);
	return itemsOf(rows, settings, { ...settings, names }, { unproven, say: open.say });
}

async function namesFor(
	presence: Presence,
	open: OpenConnection,
	journal: Journal,
): Promise<ReadonlyMap<string, string>> {
	const known = presence.names?.of === open.account ? presence.names : null;
	if (known && world.now() - known.readMs < NAMES_FRESH_MS) return known.byId;
	const { names, missing } = await readNames(open);
	if (missing) journal.warn(missing);
	else presence.names = { byId: names, readMs: world.now(), of: open.account };
	return missing ? (known?.byId ?? names) : names;
}

interface Failed {
	readonly failure: Failure;
	readonly occasion: Occasion;
	readonly identity?: string;
	readonly retryAfterMs?: number;
}

/** Tells a poll that failed, as an error or, where that is told already, in the log. */
function fail(
	context: IPollFunctions,
	{ failure, occasion, identity = '', retryAfterMs = 0 }: Failed,
	presence: Presence,
	say: Say = (one) => explain(one, 'Wolkvox'),
): null {
	const words = say(failure);
	const telling = { occasion, identity, nowMs: world.now(), retryAfterMs, words };
	if (!presence.troubles.tell(context, failure, telling)) new Journal(context, say).failure(words);
	return null;
}

async function pollSample(
	context: IPollFunctions,
	settings: Settings,
	presence: Presence,
): Promise<INodeExecutionData[][]> {
	const opened = await openConnection(context, { budgetMs: budgetMs(context, presence), goesFirst: true });
	if (!opened.ok) throw toPollError(context.getNode(), opened.failure, explain(opened.failure, 'Wolkvox'), 0);
	return await showSample(context, settings, presence, opened.value).finally(opened.value.close);
}

async function showSample(
	context: IPollFunctions,
	settings: Settings,
	presence: Presence,
	open: OpenConnection,
): Promise<INodeExecutionData[][]> {
	const { result } = settings;
	const found = await sample(open.connection, {
		...settings,
		wants: (record) => isWanted(record, result),
	});
	const failure = 'kind' in found ? found : found.length === 0 ? NOTHING_RECENT : null;
	if (failure) throw toPollError(context.getNode(), failure, open.say(failure), 0);
	const rows = 'kind' in found ? [] : found;
	return [
		await toItems(
			rows.map((row) => ({ row, repeated: false })),
			[],
			settings,
			{ presence, open, journal: new Journal(context, open.say) },
		),
	];
}

function optionsOf(
	{ campaign, zone, overlapMinutes, afterRestart, minMinutesBetweenReads, startFrom }: Settings,
	{ account }: OpenConnection,
): Omit<PollOptions, 'occasion'> {
	return {
		campaign,
		zone,
		overlapSeconds: overlapMinutes * 60,
		identity: JSON.stringify([account, campaign]),
		startFrom,
		afterRestart,
		minMs: minMinutesBetweenReads * 60_000,
	};
}

/** What n8n gives this poll. The first one in a process is part of an activation, or of n8n's start: nobody wants to wait for that. */
function budgetMs(context: IPollFunctions, { attendance }: Presence): number {
	const given = typeof context.getPollBudgetMs === 'function' ? context.getPollBudgetMs() : triggerLimits.pollBudgetMs;
	const isFirst = attendance.pace.lastReadMs === null;
	return (isFirst ? Math.min(given, triggerLimits.pollBudgetMs) : given) - triggerLimits.pollReserveMs;
}

const unreadable = (damage: string): Failure => ({
	kind: 'invalid',
	parameter: 'state',
	message: `The saved state of this trigger cannot be read: ${damage}`,
	description:
		'It was left as it is. A newer version of this node may have written it: then install that version again. ' +
		'Otherwise duplicate this node, connect the copy in its place and delete the old one; ' +
		'Start From in the options tells the copy from which moment on records are needed.',
});

const NOTHING_RECENT: Failure = {
	kind: 'invalid',
	parameter: 'campaign',
	message: 'There are no AMD records of the last month to show',
	description:
		'Choose another campaign to see a sample. The trigger works all the same: once activated it emits records as they come.',
};
