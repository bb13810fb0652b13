import type { ServiceOptions } from './options';
import { wallSeconds, wallText } from './wallTime';

/** Why a request goes no further. */
export interface Denial {
	status: number;
	msg: string;
	outcome: string;
}

export const messages = {
	noToken: 'PLEASE ENTER THE WOLKVOX-TOKEN',
	wrongToken: 'PLEASE VALIDATE TOKEN',
	backup: 'API consumption is temporarily disabled',
	busy: 'EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN (2)',
	quota: 'TOKEN LIMIT EXCEEDED',
};

/** The token, the day's quota and how many at once. */
export class Access {
	/** Requests that hold a place now, refused ones included until they are answered. */
	inFlight = 0;
	private admitted = 0;
	private day = '';
	private used = 0;

	/** A place for one request, to be given back by the function returned, or the denial. */
	enter(
		options: ServiceOptions & { now: () => string | number },
		token: string | undefined,
	): { denial: Denial | null; leave: () => void } {
		this.inFlight++;
		const denial = this.check(options, token);
		if (!denial) this.admitted++;
		let left = false;
		const leave = () => {
			if (left) return;
			left = true;
			this.inFlight--;
			if (!denial) this.admitted--;
		};
		return { denial, leave };
	}

	/** What this token has spent of the day's quota. */
	usedToday(now: string | number): number {
		const day = wallText(wallSeconds(now)).slice(0, 10);
		if (day !== this.day) {
			this.day = day;
			this.used = 0;
		}
		return this.used;
	}

	private check(options: ServiceOptions & { now: () => string | number }, token: string | undefined): Denial | null {
		const now = wallSeconds(options.now());
		if (!token) return { status: 401, msg: messages.noToken, outcome: 'noToken' };
		if (token !== options.token) return { status: 403, msg: messages.wrongToken, outcome: 'wrongToken' };
		if (options.backup && within(wallText(now).slice(11), options.backup))
			return { status: 403, msg: messages.backup, outcome: 'backup' };
		if (this.admitted >= options.maxInFlight) {
			if (options.busyCounts) this.used = this.usedToday(now) + 1;
			return { status: Number(options.busyAs), msg: messages.busy, outcome: 'busy' };
		}
		if (this.usedToday(now) + options.usedByOtherTokens >= options.licences * 1000)
			return { status: 403, msg: messages.quota, outcome: 'quota' };
		this.used++;
		return null;
	}
}

/** A window over midnight is one whose end is before its start. */
function within(time: string, { from, to }: { from: string; to: string }): boolean {
	return from <= to ? time >= from && time < to : time >= from || time < to;
}
