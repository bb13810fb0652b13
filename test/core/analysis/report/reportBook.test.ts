import fc from 'fast-check';
import { timelineOf } from '../../../../core/analysis/report/timeline';
import { periodBefore } from '../../../../core/analysis/report/periodBefore';
import { callsPerHour } from '../../../../core/analysis/report/verdict';
import { worstFirst } from '../../../../core/analysis/report/sections';
import { isHoliday } from '../../../../core/country/holidays';
import type { AmdRecord } from '../../../../core/api/record';
import { dayOf } from '../../../../core/time/days';
import { calls } from '../calls';
import { at, recordOf } from '../rows';
import { contactsOf, countOf, foundIn, momentOf, numberOf, slotOf } from '../slow';
import { reportOf } from './reportOf';

const range = { from: at('2026-11-02 00:00:00'), to: at('2026-11-23 00:00:00') };

const groupsOf = <K>(
	rows: readonly AmdRecord[],
	keyOf: (row: AmdRecord) => K | null,
): Map<K, ReturnType<typeof countOf>> =>
	new Map(
		[...new Set(rows.map(keyOf))]
			.filter((key) => key !== null)
			.map((key) => [key as K, countOf(rows.filter((row) => keyOf(row) === key))]),
	);

describe('the report', () => {
	test('holds, in every number, what a slow recomputation of the records gives', () => {
		fc.assert(
			fc.property(calls, (rows) => {
				const { data } = reportOf(rows, { range });
				const contacts = contactsOf(rows, 'customer');
				const unreached = contacts.filter(({ rows: own }) => countOf(own).human === 0);
				const resting = unreached.filter(({ rows: own }) => own.length >= 8);
				const isForbidden = (row: AmdRecord): boolean => {
					const slot = slotOf(row);
					if (!slot) return false;
					const [day, hour] = slot;
					const isOpen = (day <= 5 && hour >= 7 && hour < 19) || (day === 6 && hour >= 8 && hour < 15);
					return !isOpen || isHoliday(dayOf(momentOf(row)!), 'CO');
				};
				// Three weeks of 67 less the holidays of 2 and 16 November.
				expect(data.total).toEqual({ ...countOf(rows), range, allowedSeconds: (3 * 67 - 2 * 12) * 3_600 });
				expect(data.outsideLaw).toBe(rows.filter(isForbidden).length);
				expect(data.undated).toBe(rows.filter((row) => momentOf(row) === null).length);
				expect(data.cells).toEqual(
					groupsOf(rows, (row) => (slotOf(row) ? (slotOf(row)![0] - 1) * 24 + slotOf(row)![1] : null)),
				);
				expect(data.days).toEqual(groupsOf(rows, (row) => (momentOf(row) === null ? null : dayOf(momentOf(row)!))));
				expect(new Map(data.campaigns.map(({ id, machine, human, other }) => [id, { machine, human, other }]))).toEqual(
					groupsOf(rows, numberOf),
				);
				expect(new Map(data.files.map(({ id, machine, human, other }) => [id, { machine, human, other }]))).toEqual(
					groupsOf(rows, ({ file_name }) => file_name),
				);
				expect(data.contacts).toMatchObject({
					known: contacts.length,
					reached: contacts.length - unreached.length,
					neverReached: unreached.filter(({ rows: own }) => own.length >= 3).length,
					toTry: unreached.filter(({ rows: own }) => own.length >= 3 && own.length < 8).length,
					resting: { contacts: resting.length, calls: resting.flatMap(({ rows: own }) => own).length },
					calls: contacts.flatMap(({ rows: own }) => own).length,
					namelessCalls: rows.length - contacts.flatMap(({ rows: own }) => own).length,
				});
				const longest = Math.max(0, ...contacts.map(({ rows: own }) => own.length));
				const lines = Array.from({ length: Math.min(6, longest) }, (_, i) => ({
					number: i + 1,
					...countOf(contacts.flatMap(({ rows: own }) => own.slice(i, i + 1))),
					reached: contacts.filter(({ rows: own }) => own.slice(0, i + 1).some((row) => foundIn(row) === 'human'))
						.length,
				}));
				const later = contacts.flatMap(({ rows: own }) => own.slice(6));
				const last =
					later.length > 0 ? [{ number: 7, ...countOf(later), reached: contacts.length - unreached.length }] : [];
				expect(data.byNumber).toEqual({ lines: [...lines, ...last], isOpen: later.length > 0 });
			}),
			{ numRuns: 200 },
		);
	});

	test('does not look for a law of Colombia elsewhere, nor for its holidays', () => {
		const { data } = reportOf([recordOf({ date: '2026-11-16 03:00:00' })], { range, country: 'PE' });
		expect([data.outsideLaw, data.total.allowedSeconds]).toEqual([null, 3 * 67 * 3_600]);
	});

	test('compares counts per hour in which calls are allowed', () => {
		expect(callsPerHour({ machine: 100, human: 34, other: 0, allowedSeconds: 67 * 3_600 })).toBe(2);
		expect(callsPerHour({ machine: 1, human: 0, other: 0, allowedSeconds: 0 })).toBeNull();
	});
});

test.each([
	['2026-11-02', '2026-11-23', 'day', 21],
	['2026-10-01', '2026-12-02', 'day', 62],
	['2026-10-01', '2026-12-03', 'week', 10],
	['2025-10-01', '2026-12-03', 'week', 62],
	['2025-10-01', '2026-12-08', 'month', 15],
	['2021-10-01', '2026-12-08', 'year', 6],
] as const)('days from %s to %s are drawn by %s: %i bars, in which every day is once', (first, last, unit, bars) => {
	const longRange = { from: at(`${first} 00:00:00`), to: at(`${last} 00:00:00`) };
	const days = new Map(
		Array.from({ length: dayOf(longRange.to) - dayOf(longRange.from) }, (_, i) => [
			dayOf(longRange.from) + i,
			{ machine: 1, human: i % 2, other: 0 },
		]),
	);
	const timeline = timelineOf(days, longRange, { language: 'es' });
	expect([timeline.unit, timeline.bars.length]).toEqual([unit, bars]);
	expect(timeline.bars.reduce((sum, { machine }) => sum + machine, 0)).toBe(days.size);
	expect(new Set(timeline.bars.map(({ label }) => label)).size).toBe(bars);
});

test('a day far beside the range is in no bar', () => {
	const bars = timelineOf(new Map([[0, { machine: 1, human: 0, other: 0 }]]), range, { language: 'en' }).bars;
	expect(bars.every(({ machine }) => machine === 0)).toBe(true);
	expect([bars[0].label, bars.at(-1)!.label]).toEqual(['Mon 2 Nov', 'Sun 22 Nov']);
});

test.each([
	['today', '2026-11-23 00:00:00', '2026-11-23 09:30:01', '2026-11-16 00:00:00', '2026-11-16 09:30:01'],
	['yesterday', '2026-11-22 00:00:00', '2026-11-23 00:00:00', '2026-11-21 00:00:00', '2026-11-22 00:00:00'],
	['last7Days', '2026-11-16 00:00:00', '2026-11-23 00:00:00', '2026-11-09 00:00:00', '2026-11-16 00:00:00'],
	['previousWeek', '2026-11-16 00:00:00', '2026-11-23 00:00:00', '2026-11-09 00:00:00', '2026-11-16 00:00:00'],
	['last30Days', '2026-10-24 00:00:00', '2026-11-23 00:00:00', '2026-09-24 00:00:00', '2026-10-24 00:00:00'],
	['previousMonth', '2026-03-01 00:00:00', '2026-04-01 00:00:00', '2026-02-01 00:00:00', '2026-03-01 00:00:00'],
	['thisMonth', '2026-01-01 00:00:00', '2026-01-09 10:00:00', '2025-12-01 00:00:00', '2026-01-01 00:00:00'],
	['custom', '2026-11-20 10:00:00', '2026-11-20 12:00:00', '2026-11-20 08:00:00', '2026-11-20 10:00:00'],
])('%s from %s to %s is compared with %s to %s', (preset, from, to, before, until) => {
	expect(periodBefore({ from: at(from), to: at(to) }, preset)).toEqual({ from: at(before), to: at(until) });
});

test('campaigns stand worst first, those with few calls last', () => {
	const named = (id: string, human: number, machine: number, other = 0) => ({ id, name: null, human, machine, other });
	const order = worstFirst([
		named('5', 10, 40),
		named('few', 0, 29),
		named('6', 5, 45),
		named('4', 20, 80),
		named('none', 0, 0, 90),
	]);
	expect(order.map(({ id }) => id)).toEqual(['6', '4', '5', 'few', 'none']);
});
