import { type Attendance, newAttendance } from '../../core/trigger/poll';
import { Troubles } from './trouble';

/** What this process knows of one trigger node beside its saved state. */
export interface Presence {
	readonly attendance: Attendance;
	/** Since when a poll is under way (milliseconds since 1970). */
	pollingSinceMs: number | null;
	/** Contexts of n8n that have polled. */
	readonly contexts: WeakSet<object>;
	readonly troubles: Troubles;
	/** Names of campaigns, and of which server and token they are. */
	names: { readonly byId: ReadonlyMap<string, string>; readonly readMs: number; readonly of: string } | null;
	/** Words of `result` that are neither machine nor human, as told. */
	readonly oddWords: Set<string>;
	/** When a record of a campaign was last seen, or the campaign was last looked for in the list. */
	readonly campaignsSeenMs: Map<string, number>;
}

/** By node, the one that polled last at the end. */
const presences = new Map<string, Presence>();

/**
 * The most triggers that a process remembers (OURS: a hundred times as many as one n8n is likely to have). No time makes it
 * forget: a trigger that is polled once a quarter is the same one.
 */
const MAX_PRESENCES = 5_000;

/** The presence of a node, from its first poll in this process on. */
export function presenceOf(workflowId: string | undefined, nodeId: string): Presence {
	const key = JSON.stringify([workflowId, nodeId]);
	const presence = presences.get(key) ?? {
		attendance: newAttendance(),
		pollingSinceMs: null,
		contexts: new WeakSet(),
		troubles: new Troubles(),
		names: null,
		oddWords: new Set(),
		campaignsSeenMs: new Map(),
	};
	presences.delete(key);
	presences.set(key, presence);
	const [oldest] = presences.keys();
	if (presences.size > MAX_PRESENCES) presences.delete(oldest);
	return presence;
}

/** A poll that has not ended after so long never will: every wait of ours ends before, not every one of n8n's. */
const HUNG_AFTER_MS = 15 * 60_000;

export const isPolling = ({ pollingSinceMs }: Presence, nowMs: number): boolean =>
	pollingSinceMs !== null && Math.abs(nowMs - pollingSinceMs) < HUNG_AFTER_MS;

/** Forgets every presence, as the end of the process does: for tests of restarts. */
export const forgetPresences = (): void => presences.clear();
