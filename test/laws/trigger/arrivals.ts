import type { Exchange, Reply, Transport } from '../../../core/api/ports';
import { type AmdRecord } from '../../../core/api/record';
import { formatWall, wallFromInstant } from '../../../core/time/wallClock';
import type { WallSeconds } from '../../../core/time/window';
import { compactSeconds } from '../../simulator/wallTime';

/** A row of the operation: when it happened, and when the API began to show it (milliseconds since 1970). */
export interface Arrival {
	readonly id: number;
	readonly happenedMs: number;
	readonly visibleMs: number;
	/** What it shows before its result is settled, and until when; null where it is settled from the first. */
	readonly before: { readonly record: AmdRecord; readonly untilMs: number } | null;
	readonly at: WallSeconds;
	readonly record: AmdRecord;
}

/** What goes wrong with one answer. */
export type Mishap = 'none' | 'falseEmpty' | 'serverFault' | 'cut' | 'refused' | 'unreachable';

/** Rows that one answer holds at most. */
const CAP = 60_000;

/** The operation as a list of rows, and its API as the contract tells it. Identical rows are common. */
export class Arrivals {
	readonly all: Arrival[] = [];
	/** What happens to the next answers, in turn; then none. */
	readonly mishaps: Mishap[] = [];
	isDown = false;
	requests = 0;
	private honestAnswers = Infinity;

	/** Whether answers take their time. */
	takesTime = false;

	constructor(
		private readonly zone: string,
		private readonly nowMs: () => number,
		private readonly wait: (ms: number) => void,
	) {}

	add(happenedMs: number, lagMs: number, content: number, settlesMs = 0): void {
		const at = wallFromInstant(happenedMs, this.zone);
		const record = {
			customer_id: String(content),
			campaign_id: '7',
			file_name: '',
			telephone: `9157${content}`,
			result: content % 2 === 0 ? 'MACHINE' : 'HUMAN',
			date: formatWall(at),
		};
		const before = settlesMs > 0 ? { record: { ...record, result: '' }, untilMs: happenedMs + settlesMs } : null;
		this.all.push({ id: this.all.length, happenedMs, visibleMs: happenedMs + lagMs, before, at, record });
	}

	/** Rows between two moments, and a little beside: rows come in the order of their happening, which zones shift by a day at most. */
	private near(first: WallSeconds, last: WallSeconds): Arrival[] {
		return this.all.slice(this.indexAt((first - 86_400) * 1_000), this.indexAt((last + 86_400) * 1_000));
	}

	private indexAt(happenedMs: number): number {
		let [low, high] = [0, this.all.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.all[middle].happenedMs < happenedMs) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** How long an answer takes: 3,000 rows a second and half a second beside; none where time is not played. */
	private passTime(rows: number, timeoutMs: number): boolean {
		if (!this.takesTime) return true;
		const serviceMs = 500 + rows / 3;
		this.wait(Math.min(serviceMs, timeoutMs));
		return serviceMs <= timeoutMs;
	}

	readonly transport: Transport = ({ query, signal, timeoutMs }) => {
		this.requests++;
		const mishap = signal.aborted ? 'none' : (this.mishaps.shift() ?? 'none');
		if (mishap === 'unreachable' || this.isDown)
			return Promise.resolve<Exchange>({ status: null, why: 'unreachable', code: 'ETIMEDOUT' });
		if (mishap === 'serverFault') return Promise.resolve(reply(502, '<html>Bad gateway</html>'));
		if (mishap === 'refused')
			return Promise.resolve(reply(403, '{"code":"403","error":"Forbidden","msg":"Please validate token"}'));
		const [first, last] = [compactSeconds(query.date_ini)!, compactSeconds(query.date_end)!];
		const nowMs = this.nowMs();
		const seen = this.near(first, last)
			.filter(({ visibleMs, at }) => visibleMs <= nowMs && first <= at && at <= last)
			.map(({ before, record }) => (before && nowMs < before.untilMs ? before.record : record));
		if (!this.passTime(Math.min(seen.length, CAP), timeoutMs))
			return Promise.resolve<Exchange>({ status: null, why: 'timedOut', code: 'ETIMEDOUT' });
		const rows = seen.slice(0, CAP);
		// Against two of them for one window, in a row or around its neighbours' answers, a second look is no help.
		const isFalse = mishap === 'falseEmpty' && this.honestAnswers > 4;
		this.honestAnswers = isFalse ? 0 : this.honestAnswers + 1;
		if (rows.length === 0 || isFalse)
			return Promise.resolve(reply(404, '{"code":"404","error":"Not Found","msg":"Validate dates entered"}'));
		const body = JSON.stringify({
			code: '200',
			error: '',
			msg: `${rows.length} records were found`,
			data: rows,
		});
		return Promise.resolve(reply(200, mishap === 'cut' ? body.slice(0, -20) : body));
	};
}

function reply(status: number, body: string): Reply {
	return {
		status,
		headers: {},
		read: (onBytes) => Promise.resolve(onBytes(Buffer.from(body)) ? 'complete' : 'stopped'),
	};
}
