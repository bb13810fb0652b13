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
	readonly at: WallSeconds;
	readonly record: AmdRecord;
}

/** What goes wrong with one answer. */
export type Mishap = 'none' | 'falseEmpty' | 'serverFault' | 'cut' | 'refused' | 'unreachable';

/** The operation as a list of rows, and its API as the contract tells it. Identical rows are common. */
export class Arrivals {
	readonly all: Arrival[] = [];
	/** What happens to the next answers, in turn; then none. */
	readonly mishaps: Mishap[] = [];
	isDown = false;
	requests = 0;
	private honestAnswers = Infinity;

	constructor(
		private readonly zone: string,
		private readonly nowMs: () => number,
	) {}

	add(happenedMs: number, lagMs: number, content: number): void {
		const at = wallFromInstant(happenedMs, this.zone);
		const record = {
			customer_id: String(content),
			campaign_id: '7',
			file_name: '',
			telephone: `9157${content}`,
			result: content % 2 === 0 ? 'MACHINE' : 'HUMAN',
			date: formatWall(at),
		};
		this.all.push({ id: this.all.length, happenedMs, visibleMs: happenedMs + lagMs, at, record });
	}

	/** Rows from a moment on, or a little before: rows come in the order of their happening, which zones shift by a day at most. */
	private near(first: WallSeconds): Arrival[] {
		let [low, high] = [0, this.all.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.all[middle].happenedMs / 1_000 < first - 86_400) low = middle + 1;
			else high = middle;
		}
		return this.all.slice(low);
	}

	readonly transport: Transport = ({ query, signal }) => {
		this.requests++;
		const mishap = signal.aborted ? 'none' : (this.mishaps.shift() ?? 'none');
		if (mishap === 'unreachable' || this.isDown)
			return Promise.resolve<Exchange>({ status: null, why: 'unreachable', code: 'ETIMEDOUT' });
		if (mishap === 'serverFault') return Promise.resolve(reply(502, '<html>Bad gateway</html>'));
		if (mishap === 'refused')
			return Promise.resolve(reply(403, '{"code":"403","error":"Forbidden","msg":"Please validate token"}'));
		const [first, last] = [compactSeconds(query.date_ini)!, compactSeconds(query.date_end)!];
		const rows = this.near(first).filter(({ visibleMs, at }) => visibleMs <= this.nowMs() && first <= at && at <= last);
		// Against two of them for one window, in a row or around its neighbours' answers, a second look is no help.
		const isFalse = mishap === 'falseEmpty' && this.honestAnswers > 4;
		this.honestAnswers = isFalse ? 0 : this.honestAnswers + 1;
		if (rows.length === 0 || isFalse)
			return Promise.resolve(reply(404, '{"code":"404","error":"Not Found","msg":"Validate dates entered"}'));
		const body = JSON.stringify({
			code: '200',
			error: '',
			msg: `${rows.length} records were found`,
			data: rows.map(({ record }) => record),
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
