import { small, page, type Answer } from './answer';
import { countMessage, emptyBody, listing, refusal, reportBody, type RowDamage } from './envelope';
import type { Found, Operation } from './operation';
import type { Misfit, RawRow, SimulatorOptions } from './options';
import { arrange } from './selection';
import { compactSeconds } from './wallTime';

export const NOTHING = 'Validate dates entered';

/** What makes an answer lie about its rows. */
export type Lie = 'falseEmpty' | 'wrongCount' | RowDamage;

export interface Asked {
	campaign: string;
	/** Wall-clock seconds in `[from, to)` of the time that the window filters, as the bounds are read. */
	from: number;
	to: number;
}

/** The window that a report request means, or the answer to one that means none. */
export function asked(options: SimulatorOptions, query: Record<string, string>): Asked | Answer {
	const { campaign_id: campaign, date_ini: ini, date_end: end } = query;
	if (!campaign || !ini || !end)
		return small(400, refusal(options, 400, 'SOME PARAMETERS ARE REQUIRED'), 'missingParameter');
	if (campaign.toLowerCase() !== 'all' && !options.campaigns.some(({ id }) => id === campaign)) {
		if (options.unknownCampaignAs === 'empty') return empty(options, 'unknownCampaign');
		return small(
			404,
			refusal(options, 404, `Campaign_id ${campaign} does not exist in your operation.`),
			'unknownCampaign',
		);
	}
	const first = compactSeconds(ini);
	const last = compactSeconds(end);
	if (first === null || last === null || first > last) return misfit(options, options.badDatesAs, 'badDates');
	if (last - first > options.maxSpanSeconds) return misfit(options, options.overSpanAs, 'overSpan');
	return { campaign, ...meant(options.bounds, first, last) };
}

function meant(bounds: SimulatorOptions['bounds'], first: number, last: number): { from: number; to: number } {
	const isOpen = (edge: 'fromOpen' | 'toOpen'): boolean => bounds === edge || bounds === 'open';
	const end = bounds === 'endToMinute' || bounds === 'toMinute' ? last - (last % 60) : last;
	const start = bounds === 'toMinute' ? first - (first % 60) : first;
	return { from: isOpen('fromOpen') ? start + 1 : start, to: isOpen('toOpen') ? end : end + 1 };
}

function misfit(options: SimulatorOptions, as: Misfit, outcome: string): Answer {
	switch (as) {
		case '404':
			return small(404, refusal(options, 404, NOTHING), outcome);
		case '400':
			return small(400, refusal(options, 400, 'THE DATES ARE NOT VALID'), outcome);
		case 'html':
			return page(200, 'Fatal error', outcome);
		case '500':
			return small(500, refusal(options, 500, 'Internal server error'), outcome);
	}
}

/** The rows of a window, or what the operation says where there are none or too many. */
export function report(
	options: SimulatorOptions,
	operation: Operation,
	{ campaign, from, to }: Asked,
	lie?: Lie,
): Answer {
	if (lie === 'falseEmpty') return empty(options, 'falseEmpty');
	const { capRecords: cap, overCap } = options;
	const found = operation.find({ from, to }, campaign, cap, overCap);
	const { matched } = found;
	if (matched === 0) return { ...empty(options, 'empty'), matched };
	if (matched > cap) {
		const tooMany = 'The query exceeds the limit of 60000 records';
		if (overCap === 'error400') return { ...small(400, refusal(options, 400, tooMany), overCap), matched };
		if (overCap === 'error500') return { ...small(500, refusal(options, 500, tooMany), overCap), matched };
		if (overCap === 'notFound') return { ...small(404, refusal(options, 404, NOTHING), overCap), matched };
	}
	return rowsAnswer(options, operation, found, lie);
}

function rowsAnswer(
	options: SimulatorOptions,
	operation: Operation,
	{ matched, refs }: Found,
	lie?: Exclude<Lie, 'falseEmpty'>,
): Answer {
	const cut = matched > refs.length;
	const told = (cut && options.msgOverCap === 'true' ? matched : refs.length) + (lie === 'wrongCount' ? 1 : 0);
	const arranged = arrange(refs, options.order, operation.timeline, options.seed);
	const damage = lie === 'wrongCount' ? undefined : lie;
	return {
		status: 200,
		body: reportBody(options, written(operation, arranged), refs.length, countMessage(options, told), damage),
		rows: refs.length,
		matched,
		outcome: lie ?? (cut ? 'cut' : 'whole'),
	};
}

function* written(operation: Operation, refs: Found['refs']): Generator<RawRow> {
	for (const ref of refs) yield operation.row(ref);
}

function empty(options: SimulatorOptions, outcome: string): Answer {
	if (options.emptyAs === '404') return small(404, refusal(options, 404, NOTHING), outcome);
	return small(200, emptyBody(options), outcome);
}

/** Report 6: for each campaign how many detections, or how many machines, there were. */
export function accumulated(options: SimulatorOptions, operation: Operation, query: Record<string, string>): Answer {
	if (options.accumulates === 'absent') {
		return small(400, refusal(options, 400, 'THE API YOU WANT TO CONSULT DOES NOT EXIST'), 'unknownApi');
	}
	const window = asked(options, query);
	if ('status' in window) return window;
	const totals = new Map<string, number>();
	for (const row of written(operation, operation.find(window, window.campaign, Infinity, 'cutNewest').refs)) {
		const isCounted = options.accumulates === 'records' || /machine/i.test(row.result);
		if (isCounted) totals.set(row.campaign_id, (totals.get(row.campaign_id) ?? 0) + 1);
	}
	if (totals.size === 0) return empty(options, 'empty');
	const rows = [...totals].map(([campaign, total]) => ({ campaign_id: campaign, total_amd: String(total) }));
	return small(200, listing(options, countMessage(options, rows.length), rows), 'accumulated');
}
