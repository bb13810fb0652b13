import { apiLimits } from '../../core/limits';
import { parseRowDate } from '../../core/time/wallClock';
import { identityOf, type AmdRecord } from '../../core/api/record';
import { type Window, overlaps, tile } from '../../core/time/window';
import type { RawRow, SimulatorOptions } from '../simulator';
import { asked } from '../simulator/report';
import { compactSeconds, wallText } from '../simulator/wallTime';
import type { Sent, Wire } from '../support/wire';
import type { Played } from './play';
import { type Scenario, zeroedForms } from './scenario';

/** What a run broke, in words; nothing when it kept every promise. */
export function broken(scenario: Scenario, played: Played): string[] {
	return [
		...account(scenario, played),
		...order(scenario, played),
		...exactness(scenario, played),
		...manners(scenario, played),
	];
}

/** proven + unproven = asked, without overlap, and what is counted is what came. */
export function account({ from, to }: Scenario, { report, records, parts, progress }: Played): string[] {
	const faults: string[] = [];
	const all = [...report.proven, ...report.unproven.map(({ window }) => window)].sort((a, b) => a.from - b.from);
	let at = from;
	for (const window of all) {
		if (window.from !== at || window.to <= window.from)
			faults.push(`the account has ${show(window)} where ${wallText(at)} is due`);
		at = window.to;
	}
	if (at !== to) faults.push(`the account ends at ${wallText(at)}`);
	if (report.records !== records.length || report.windows !== parts.length) faults.push('the account counts otherwise');
	let settled = 0;
	for (const step of progress) {
		if (step.settledSeconds > step.askedSeconds) faults.push('more is settled than was asked');
		settled = step.settledSeconds;
	}
	return settled > to - from ? [...faults, 'more is settled than there is'] : faults;
}

/** Windows in order of time, each with its own records in order of time. */
export function order({ from, to }: Scenario, { parts }: Played): string[] {
	const faults: string[] = [];
	let at = from;
	for (const { window, records } of parts) {
		if (window.from < at || window.to > to) faults.push(`${show(window)} was handed over after ${wallText(at)}`);
		at = window.to;
		let last = -Infinity;
		for (const record of records) {
			const date = parseRowDate(record.date);
			if (!date) continue;
			if (date.at < last) faults.push(`${record.date} comes too late in ${show(window)}`);
			if (date.at + date.grainSeconds <= window.from || date.at >= window.to)
				faults.push(`${record.date} does not belong in ${show(window)}`);
			last = date.at;
		}
	}
	return faults.slice(0, 5);
}

/** In every proven second the records are the truth, as a multiset. */
export function exactness(
	scenario: Scenario,
	{ report, records, wire }: Played,
	concerns: (row: AmdRecord | RawRow) => boolean = () => true,
): string[] {
	const { campaign, api } = scenario;
	const truth = new Map<string, number>();
	const count = (record: AmdRecord | RawRow, by: number): void => {
		const key = identityOf(record);
		truth.set(key, (truth.get(key) ?? 0) + by);
	};
	const lies = placedBy(report.proven);
	const isProven = (row: AmdRecord | RawRow): boolean => lies(row) && concerns(row);
	const isZeroed = zeroedForms.some((form) => form === api.dateForm);
	for (const window of isZeroed ? [{ from: scenario.from - 7_200, to: scenario.to + 7_200 }] : report.proven) {
		for (const row of wire.operation.rowsOf(window, campaign))
			if (isZeroed ? isProven(row) : concerns(row)) count(row, 1);
	}
	for (const record of records) if (isProven(record)) count(record, -1);
	const differences = [...truth].filter(([, by]) => by !== 0);
	return differences
		.slice(0, 5)
		.map(
			([row, by]) => `${by > 0 ? `${by} times lost` : `${-by} times too often`}: ${row} (${differences.length} such)`,
		);
}

/** No record that is not there, none more often than it is. */
export function nothingIsForeign({ campaign }: Scenario, { report, records, wire }: Played): string[] {
	const truth = tally(report.proven.flatMap((window) => [...wire.operation.rowsOf(window, campaign)]));
	const kept = tally(records.filter(placedBy(report.proven)));
	return [...kept]
		.filter(([row, times]) => times > (truth.get(row) ?? 0))
		.map(([row, times]) => `${times} times instead of ${truth.get(row) ?? 0}: ${row}`);
}

/** Whatever a whole answer showed of a proven second was kept. */
export function nothingSeenIsLost(_: Scenario, { report, records, wire }: Played): string[] {
	const isProven = placedBy(report.proven);
	const kept = tally(records.filter(isProven));
	return wire.sent.flatMap(({ query, outcome }) => {
		const asked = query.date_ini && outcome === 'whole' ? boundsOf(wire.options, query) : null;
		if (!asked) return [];
		const { refs } = wire.operation.find(asked, query.campaign_id, Infinity, 'cutNewest');
		const seen = tally(refs.map((ref) => wire.operation.row(ref)).filter(isProven));
		return [...seen]
			.filter(([row, times]) => times > (kept.get(row) ?? 0))
			.map(([row, times]) => `seen ${times} times, kept ${kept.get(row) ?? 0}: ${row}`);
	});
}

function boundsOf(options: SimulatorOptions, query: Sent['query']): { from: number; to: number } | null {
	const meaning = asked(options, { ...query });
	return 'from' in meaning ? meaning : null;
}

function tally(rows: Iterable<AmdRecord | RawRow>): Map<string, number> {
	const times = new Map<string, number>();
	for (const row of rows) times.set(identityOf(row), (times.get(identityOf(row)) ?? 0) + 1);
	return times;
}

/** A date that is coarser than the edges of its window lies in it where the two overlap. */
const placedBy =
	(proven: readonly Window[]) =>
	({ date }: AmdRecord | RawRow): boolean => {
		const read = parseRowDate(date);
		return (
			read === null || proven.some((window) => overlaps(window, { from: read.at, to: read.at + read.grainSeconds }))
		);
	};

/** Only what cannot be had may be unproven: here, grains that hold as many rows as the cap. */
export function completeness(scenario: Scenario, { report, wire }: Played): string[] {
	const margin = report.grainSeconds > 1 ? report.grainSeconds : 0;
	const isCrowded = (grain: Window): boolean =>
		wire.operation.count({ from: grain.from - margin, to: grain.to + margin }, scenario.campaign) >=
		scenario.capRecords;
	return report.unproven
		.filter(({ window, failure }) => failure.kind !== 'tooMany' || !tile(window, report.grainSeconds).every(isCrowded))
		.map(({ window, failure }) => `${show(window)} is unproven: ${JSON.stringify(failure)}`);
}

/** Requests that started before the moment that an earlier answer had named, or before it was time to look. */
export function askedTooEarly({ sent }: Wire): string[] {
	return sent.flatMap(({ endedMs, retryAfterMs }) => {
		if (retryAfterMs === null || endedMs === null) return [];
		const heldMs = Math.min(retryAfterMs, apiLimits.lookAgainMs);
		const early = sent.find(({ atMs }) => atMs > endedMs && atMs < endedMs + heldMs);
		return early ? [`asked ${early.atMs - endedMs} ms after Retry-After of ${retryAfterMs} ms`] : [];
	});
}

/** Never more at once than agreed, never before Retry-After, and not without end. */
export function manners({ from, to, parallel, capRecords }: Scenario, { wire, report }: Played): string[] {
	const faults: string[] = [];
	if (wire.peakInFlight() > parallel) faults.push(`${wire.peakInFlight()} requests at once`);
	faults.push(...askedTooEarly(wire));
	const fewest = Math.max(Math.ceil(report.records / (capRecords - 1)), Math.ceil((to - from) / (31 * 86_400)));
	if (wire.sent.length > 16 * (64 + 16 * fewest)) faults.push(`${wire.sent.length} requests`);
	for (const { query } of wire.sent) {
		const bounds =
			query.date_ini === undefined ? null : [compactSeconds(query.date_ini), compactSeconds(query.date_end)];
		if (bounds && !(Number(bounds[1]) - Number(bounds[0]) <= 31 * 86_400))
			faults.push(`asked from ${query.date_ini} to ${query.date_end}`);
	}
	if (wire.sent.some(({ endedMs }) => endedMs === null)) faults.push('a request was left open');
	return faults;
}

export const show = ({ from, to }: Window): string => `${wallText(from)} – ${wallText(to)}`;
