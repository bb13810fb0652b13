import { type Attendance, newAttendance } from '../../core/trigger/poll';

/** What this process knows of one trigger node beside its saved state. */
export interface Presence {
	readonly attendance: Attendance;
	/** Since when a poll is under way (milliseconds since 1970). */
	pollingSinceMs: number | null;
	/** Contexts of n8n that were told of a refusal which only a person can change. */
	readonly told: WeakSet<object>;
	/** The last read was refused so. */
	isRefused: boolean;
	names: { readonly byId: ReadonlyMap<string, string>; readonly readMs: number } | null;
	usedMs: number;
}

const presences = new Map<string, Presence>();

/** A trigger that was not polled for so long is gone. */
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;

/** The presence of a node, from its first poll in this process on. */
export function presenceOf(workflowId: string | undefined, nodeId: string, nowMs: number): Presence {
	for (const [key, { usedMs }] of presences) if (nowMs - usedMs > FORGOTTEN_AFTER_MS) presences.delete(key);
	const key = JSON.stringify([workflowId, nodeId]);
	const presence = presences.get(key) ?? {
		attendance: newAttendance(),
		pollingSinceMs: null,
		told: new WeakSet(),
		isRefused: false,
		names: null,
		usedMs: nowMs,
	};
	presences.set(key, presence);
	presence.usedMs = nowMs;
	return presence;
}

/** A poll that has not ended after so long never will: every wait of ours ends before, not every one of n8n's. */
const HUNG_AFTER_MS = 15 * 60_000;

export const isPolling = ({ pollingSinceMs }: Presence, nowMs: number): boolean =>
	pollingSinceMs !== null && Math.abs(nowMs - pollingSinceMs) < HUNG_AFTER_MS;

/** Forgets every presence, as the end of the process does: for tests of restarts. */
export const forgetPresences = (): void => presences.clear();
