import type { Exchange, HttpRequest } from '../api/ports';
import type { AmdRecord } from '../api/record';
import type { Connection } from '../api/request';
import { readReport } from '../api/response';
import { apiLimits, diagnosisLimits } from '../limits';
import { formatCompact, parseRowDate } from '../time/wallClock';
import type { WallSeconds } from '../time/window';

/** What one answer of the report shows, its rows kept in the order in which they came. */
export interface Sounding {
	/** HTTP status; null where there was no answer. */
	readonly status: number | null;
	/** The first characters of the body, as they came: `code`, `error` and `msg` stand there. */
	readonly head: string;
	readonly kind: 'whole' | 'empty' | 'busy' | 'tooMany' | 'failed';
	readonly rows: readonly AmdRecord[];
	/** Dates of the rows, in their order; a row without a readable one has none. */
	readonly dates: ReadonlyArray<{ readonly at: WallSeconds; readonly grainSeconds: number }>;
	readonly seconds: number;
}

/** Bounds of a report request, both as they are sent. */
export interface Bounds {
	readonly first: WallSeconds;
	readonly last: WallSeconds;
}

/** Asks one report once, without any patience: a person waits, and a refusal is an answer too. */
export async function sound(
	connection: Connection,
	{ first, last }: Bounds,
	api: 'campaign_7' | 'campaign_6' = 'campaign_7',
): Promise<Sounding> {
	const { world, transport, spending, signal } = connection;
	const startedMs = world.now();
	spending.requests++;
	const query: HttpRequest['query'] = {
		api,
		campaign_id: 'all',
		date_ini: formatCompact(first),
		date_end: formatCompact(last),
	};
	const exchange = await transport({
		path: 'reports_manager.php',
		query,
		timeoutMs: apiLimits.requestTimeoutMs,
		signal,
	});
	const overheard = overhear(exchange);
	const rows: AmdRecord[] = [];
	const answer = await readReport(overheard.exchange, {
		capRecords: apiLimits.capRecords,
		take: (records) => rows.push(...records),
	});
	const kind =
		answer.kind === 'whole' || answer.kind === 'empty' || answer.kind === 'busy' || answer.kind === 'tooMany'
			? answer.kind
			: 'failed';
	return {
		status: exchange.status,
		head: overheard.head(),
		kind,
		rows: kind === 'whole' ? rows : [],
		dates: kind === 'whole' ? rows.flatMap(({ date }) => parseRowDate(date) ?? []) : [],
		seconds: (world.now() - startedMs) / 1_000,
	};
}

/** The exchange as it is, and the first characters of its body once it was read. */
function overhear(exchange: Exchange): { readonly exchange: Exchange; head(): string } {
	if (exchange.status === null) return { exchange, head: () => '' };
	const decoder = new TextDecoder();
	let head = '';
	return {
		exchange: {
			...exchange,
			read: (onBytes) =>
				exchange.read((bytes) => {
					if (head.length < diagnosisLimits.headChars) head += decoder.decode(bytes, { stream: true });
					return onBytes(bytes);
				}),
		},
		head: () => head.slice(0, diagnosisLimits.headChars),
	};
}
