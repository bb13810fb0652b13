import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { triggerLimits } from '../../core/limits';
import type { Failure } from '../../core/failures';
import type { Unproven } from '../../core/extraction/runReport';
import type { TriggerRow } from '../../core/trigger/readRange';
import type { Fresh } from '../../core/trigger/memory/memory';
import { fingerprintOf, newBatchName } from '../../core/trigger/memory/names';
import { type PollOptions, type Polled, poll, stateAfter } from '../../core/trigger/poll';
import { writeState } from '../../core/trigger/memory/state';
import { explain } from '../../core/messages';
import { readNames } from '../shared/form/campaignList';
import { type OpenConnection, openConnection } from '../shared/connection/connection';
import { world } from '../shared/connection/transport';
import { needsPerson, toPollError } from './failures';
import { isWanted, itemsOf } from './items';
import { Journal } from './log';
import { type Presence, isPolling, presenceOf } from './processState';
import { sample } from './sample';
import { type Settings, readSettings } from './settings';

/** Ticks in a row that may run out of time before that is told as a failure. */
const QUIET_STALLS = 4;
/** Milliseconds for which the names of campaigns are not asked for again. */
const NAMES_FRESH_MS = 3_600_000;

/** One poll of n8n: the records that are new, or null. Throws what a person or n8n must know, and leaves the state alone then. */
export async function pollRecords(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(context);
	if (!settings.ok) throw toPollError(context.getNode(), settings.failure, explain(settings.failure, 'Wolkvox'), 0);
	const presence = presenceOf(context.getWorkflow().id, context.getNode().id, world.now());
	if (context.getMode() === 'manual') return await pollSample(context, settings.value, presence);
	if (isPolling(presence, world.now())) return null;
	presence.pollingSinceMs = world.now();
	return await pollNew(context, settings.value, presence).finally(() => (presence.pollingSinceMs = null));
}

async function pollNew(
	context: IPollFunctions,
	settings: Settings,
	presence: Presence,
): Promise<INodeExecutionData[][] | null> {
	const open = await openOrThrow(context, budgetMs(context, presence));
	return await readNew(context, settings, presence, open).finally(open.close);
}

async function readNew(
	context: IPollFunctions,
	settings: Settings,
	presence: Presence,
	open: OpenConnection,
): Promise<INodeExecutionData[][] | null> {
	const { attendance } = presence;
	// Whoever activates the workflow again has changed something, and wants to know.
	if (presence.isRefused && !presence.told.has(context)) attendance.pace = { ...attendance.pace, notBeforeMs: 0 };
	const data = context.getWorkflowStaticData('node');
	if (!data.state && context.getActivationMode() === 'activate') attendance.start = null;
	const polled = await poll(open.connection, data.state, attendance, optionsOf(settings, open));
	const journal = new Journal(context, open.say);
	switch (polled.kind) {
		case 'notDue':
			return null;
		case 'damaged':
			throw toPollError(
				context.getNode(),
				unreadable(polled.damage),
				explain(unreadable(polled.damage), open.server.host),
				0,
			);
		case 'failed':
			return fail(context, polled, presence, open, journal);
		case 'read': {
			presence.isRefused = false;
			journal.read(polled);
			const { fresh, step, unproven } = polled.tick;
			const items = await toItems(fresh, unproven, settings, { presence, open, journal });
			const batch = items.length > 0 ? newBatchName(world.random) : null;
			// Written once, last: what fails before changes nothing.
			if (step) data.state = { ...writeState(stateAfter(polled, batch, attendance, world.now())) };
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
	return itemsOf(rows, settings, { zone: settings.zone, names }, { unproven, say: open.say });
}

async function namesFor(
	presence: Presence,
	open: OpenConnection,
	journal: Journal,
): Promise<ReadonlyMap<string, string>> {
	if (presence.names && world.now() - presence.names.readMs < NAMES_FRESH_MS) return presence.names.byId;
	const { names, missing } = await readNames(open);
	if (missing) journal.warn(missing);
	else presence.names = { byId: names, readMs: world.now() };
	return missing ? (presence.names?.byId ?? names) : names;
}

function fail(
	context: IPollFunctions,
	{ failure, retryAfterMs, isStall }: Polled & { kind: 'failed' },
	presence: Presence,
	{ say }: OpenConnection,
	journal: Journal,
): null {
	const told: Failure = isStall ? { kind: 'bounded', why: 'budget', limit: 0 } : failure;
	const words = say(told);
	const isKnown = needsPerson(failure) && presence.told.has(context);
	if (isKnown || (isStall && presence.attendance.pace.stalls <= QUIET_STALLS)) {
		journal.warn(`${words.message}. ${words.description}`);
		return null;
	}
	presence.isRefused = needsPerson(failure);
	if (presence.isRefused) presence.told.add(context);
	throw toPollError(context.getNode(), told, words, retryAfterMs);
}

async function pollSample(
	context: IPollFunctions,
	settings: Settings,
	presence: Presence,
): Promise<INodeExecutionData[][]> {
	const open = await openOrThrow(context, budgetMs(context, presence));
	return await showSample(context, settings, presence, open).finally(open.close);
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

async function openOrThrow(context: IPollFunctions, budget: number): Promise<OpenConnection> {
	const opened = await openConnection(context, { budgetMs: budget, goesFirst: true });
	if (opened.ok) return opened.value;
	throw toPollError(context.getNode(), opened.failure, explain(opened.failure, 'Wolkvox'), 0);
}

function optionsOf(
	{ campaign, zone, overlapMinutes, afterRestart, minMinutesBetweenReads, startFrom }: Settings,
	{ server }: OpenConnection,
): PollOptions {
	const fingerprint = fingerprintOf(server.host, campaign, zone);
	return {
		campaign,
		zone,
		overlapSeconds: overlapMinutes * 60,
		fingerprint,
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
