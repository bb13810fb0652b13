import { readDateRange } from '../../../core/time/dateRange';
import { DateTime } from 'luxon';

import { formatWall } from '../../../core/time/wallClock';

const zone = 'America/Bogota';
const read = (
	dateRange: unknown,
	nowIso: string,
	{ timezone = zone, ...asked }: { from?: unknown; to?: unknown; timezone?: unknown; isToFixed?: boolean } = {},
) => {
	const result = readDateRange({ dateRange, from: '', to: '', ...asked, timezone }, Date.parse(nowIso));
	if (!result.ok) return result.failure.kind === 'invalid' ? result.failure.message : result.failure.kind;
	const { window, wasCut } = result.value;
	return `${formatWall(window.from)} until ${formatWall(window.to)}${wasCut ? ', cut' : ''}`;
};

it.each([
	['today', '2025-03-12 00:00:00 until 2025-03-12 15:00:01'],
	['yesterday', '2025-03-11 00:00:00 until 2025-03-12 00:00:00'],
	['last7Days', '2025-03-05 00:00:00 until 2025-03-12 00:00:00'],
	['previousWeek', '2025-03-03 00:00:00 until 2025-03-10 00:00:00'],
	['last30Days', '2025-02-10 00:00:00 until 2025-03-12 00:00:00'],
	['thisMonth', '2025-03-01 00:00:00 until 2025-03-12 15:00:01'],
	['previousMonth', '2025-02-01 00:00:00 until 2025-03-01 00:00:00'],
])('%s', (preset, wanted) => expect(read(preset, '2025-03-12T20:00:00Z')).toBe(wanted));

it('knows the day of the operation, not of UTC', () =>
	expect(read('yesterday', '2025-03-12T04:59:59Z')).toBe('2025-03-10 00:00:00 until 2025-03-11 00:00:00'));
it('is never empty at midnight', () =>
	expect(read('today', '2025-03-12T05:00:00Z')).toBe('2025-03-12 00:00:00 until 2025-03-12 00:00:01'));
it('goes over the turn of the year', () =>
	expect(read('previousMonth', '2025-01-15T12:00:00Z')).toBe('2024-12-01 00:00:00 until 2025-01-01 00:00:00'));
it('has a leap day', () =>
	expect(read('previousMonth', '2024-03-15T12:00:00Z')).toBe('2024-02-01 00:00:00 until 2024-03-01 00:00:00'));

it.each([
	['bare dates', '2025-03-01', '2025-03-02', '2025-03-01 00:00:00 until 2025-03-03 00:00:00'],
	[
		'a second of its own, included',
		'2025-03-01 10:00:01',
		'2025-03-01 10:00:01',
		'2025-03-01 10:00:01 until 2025-03-01 10:00:02',
	],
	['up to a full minute', '2025-03-01 10:00:00', '2025-03-01T10:01', '2025-03-01 10:00:00 until 2025-03-01 10:01:00'],
	['to the last second of a day', '2025-03-01', '2025-03-01 23:59:59', '2025-03-01 00:00:00 until 2025-03-02 00:00:00'],
	['up to a midnight', '2025-03-01', '2025-03-02 00:00:00', '2025-03-01 00:00:00 until 2025-03-02 00:00:00'],
	['at one midnight', '2025-03-01 00:00:00', '2025-03-01 00:00:00', '2025-03-01 00:00:00 until 2025-03-02 00:00:00'],
	['without an end', '2025-03-12', '', '2025-03-12 00:00:00 until 2025-03-12 15:00:01'],
	[
		'as the editor saves an expression',
		'[DateTime: 2025-03-01T10:00:00.000-06:00]',
		'[DateTime: 2025-03-02T00:00:00.000-05:00]',
		'2025-03-01 11:00:00 until 2025-03-02 00:00:00',
	],
	[
		'as it saves a Date',
		'[Date: 2025-03-01T05:00:00.000Z]',
		'2025-03-01',
		'2025-03-01 00:00:00 until 2025-03-02 00:00:00',
	],
	['a bare date beside a moment', '2025-03-01', '2025-03-01T10:30', '2025-03-01 00:00:00 until 2025-03-01 10:30:00'],
	['an end in the future', '2025-03-12', '2025-03-20', '2025-03-12 00:00:00 until 2025-03-12 15:00:01, cut'],
	['an end now', '2025-03-12', '2025-03-12 15:00:00', '2025-03-12 00:00:00 until 2025-03-12 15:00:00'],
	['a day that is not over', '2025-03-12', '2025-03-12', '2025-03-12 00:00:00 until 2025-03-12 15:00:01, cut'],
	[
		'instants',
		new Date('2025-03-01T15:00:00Z'),
		'2025-03-01T16:00:00+00:00',
		'2025-03-01 10:00:00 until 2025-03-01 11:00:00',
	],
])('custom: %s', (_what, from, to, wanted) =>
	expect(read('custom', '2025-03-12T20:00:00Z', { from, to })).toBe(wanted),
);

it.each([
	[{ from: '2025-03-02', to: '2025-03-01' }, 'From (2025-03-02 00:00:00) is after To (2025-03-01 23:59:59)'],
	[{ from: '2025-03-13', to: '2025-03-14' }, 'From (2025-03-13 00:00:00) is in the future'],
	[{ from: '2025-02-29', to: '2025-03-01' }, 'From is not a date: “2025-02-29”'],
	[{ from: '2025-02-28', to: '0000-00-00' }, 'To is not a date: “0000-00-00”'],
	[{ from: { day: 1 }, to: '2025-03-01' }, 'From is not a date: “{"day":1}”'],
	[{ from: '1999-12-31 23:59:59', to: '2025-03-01' }, 'From (1999-12-31 23:59:59) is before the year 2000'],
	[{ from: new Date(0), to: '2025-03-01' }, 'From (1969-12-31 19:00:00) is before the year 2000'],
	[{ from: '', to: '2025-03-01' }, 'From is empty'],
	[{ from: null, to: '2025-03-01' }, 'From is empty'],
	[{ from: '2025-03-01', to: 'later' }, 'To is not a date: “later”'],
	[
		{ from: '2025-03-01 10:00', to: '2025-03-01 10:00' },
		'From and To are the same moment (2025-03-01 10:00:00), and nothing lies between them',
	],
	[{ from: '[DateTime: Invalid DateTime]', to: '' }, 'From is not a date: “[DateTime: Invalid DateTime]”'],
	[{ from: '2025-03-01', to: '2025-03-01', timezone: 'Bogota' }, 'Timezone is not a time zone: “Bogota”'],
	[{ from: '2025-03-01', to: '2025-03-01', timezone: 'UTC+99' }, 'Timezone is not a time zone: “UTC+99”'],
	[{ from: '2025-03-01', to: '2025-03-01', timezone: 'UTC-5:99' }, 'Timezone is not a time zone: “UTC-5:99”'],
	[{ from: '2025-03-01', to: '2025-03-01', timezone: 5 }, 'Timezone is not a time zone: “5”'],
])('tells what cannot be read: %j', (given, message) =>
	expect(read('custom', '2025-03-12T20:00:00Z', given)).toBe(message),
);

it('tells an unknown range', () =>
	expect(read('lastYear', '2025-03-12T20:00:00Z')).toBe('Date Range is not one that can be chosen: “lastYear”'));

it('reads up to the end of an hour that exists twice', () =>
	expect(read('today', '2025-11-02T06:30:00Z', { timezone: 'America/New_York' })).toBe(
		'2025-11-02 00:00:00 until 2025-11-02 02:00:00',
	));

const picked = (day: string) => `${day}T00:00:00`;

it.each([
	['2025-03-05T00:00:00', true, '2025-03-06 00:00:00', 'wholeDay'],
	['2025-03-05T00:00:00', false, '2025-03-05 00:00:00', 'before'],
	['[DateTime: 2025-03-05T00:00:00.000-05:00]', true, '2025-03-05 00:00:00', 'before'],
	['2025-03-05', true, '2025-03-06 00:00:00', null],
	['2025-03-05T08:30:00', true, '2025-03-05 08:30:00', 'before'],
	['2025-03-05T08:29:59', true, '2025-03-05 08:30:00', 'included'],
])('To %s, fixed: %s, ends at %s', (to, isToFixed, until, endsAs) => {
	const asked = { dateRange: 'custom', from: picked('2025-03-04'), to, isToFixed, timezone: zone };
	const result = readDateRange(asked, Date.parse('2025-03-12T20:00:00Z'));
	expect(result).toMatchObject({ ok: true, value: { endsAs } });
	if (result.ok) expect(formatWall(result.value.window.to)).toBe(until);
});

describe('a week of runs reads each second once', () => {
	const week = { from: DateTime.fromISO('2025-03-03', { zone }), days: 7 };
	const nowAfterIt = '2025-03-20T12:00:00Z';
	type Habit = (from: DateTime, to: DateTime) => { from: unknown; to: unknown; isToFixed?: boolean };
	const text = (at: DateTime) => at.toFormat('yyyy-MM-dd HH:mm:ss');
	const daily: Array<[string, Habit]> = [
		['a date alone', (from) => ({ from: from.toISODate(), to: from.toISODate() })],
		['half-open, as DateTimes', (from, to) => ({ from, to })],
		['half-open, as text', (from, to) => ({ from: text(from), to: text(to) })],
		['to the last second', (from, to) => ({ from: text(from), to: text(to.minus({ seconds: 1 })) })],
		['to the last millisecond', (from) => ({ from, to: from.endOf('day') })],
		[
			'a day picked twice',
			(from) => ({ from: picked(from.toISODate()!), to: picked(from.toISODate()!), isToFixed: true }),
		],
	];
	const hourly: Array<[string, Habit]> = [
		['half-open, as DateTimes', (from, to) => ({ from, to })],
		['half-open, as UTC text', (from, to) => ({ from: from.toUTC().toISO(), to: to.toUTC().toISO() })],
		['to the last second', (from, to) => ({ from: text(from), to: text(to.minus({ seconds: 1 })) })],
		['to the last millisecond', (from) => ({ from, to: from.endOf('hour') })],
	];

	test.each([
		...daily.map(([name, habit]) => [`by day, ${name}`, { days: 1 }, habit] as const),
		...hourly.map(([name, habit]) => [`by hour, ${name}`, { hours: 1 }, habit] as const),
	])('%s', (_, step, habit) => {
		const end = week.from.plus({ days: week.days });
		let at = '2025-03-03 00:00:00';
		for (let from = week.from; from < end; from = from.plus(step)) {
			const [start, until] = read('custom', nowAfterIt, habit(from, from.plus(step))).split(' until ');
			expect(start).toBe(at);
			at = until;
		}
		expect(at).toBe('2025-03-10 00:00:00');
	});
});

it.each([
	[DateTime.fromISO('2025-03-04T00:00:00', { zone: 'America/Caracas' }), 'From', '2025-03-03 23:00:00'],
	['2025-03-04T00:00:00-03:00', 'From', '2025-03-03 22:00:00'],
	['[DateTime: 2025-03-04T00:00:00.000-06:00]', 'From', '2025-03-04 01:00:00'],
])('tells of a midnight that is not the operation’s: %s', (from, edge, at) => {
	const asked = { dateRange: 'custom', from, to: '2025-03-05', timezone: zone };
	const result = readDateRange(asked, Date.parse('2025-03-12T20:00:00Z'));
	if (!result.ok) throw new Error('not read');
	expect(result.value.foreignMidnights.map((one) => [one.edge, formatWall(one.own), formatWall(one.at)])).toEqual([
		[edge, '2025-03-04 00:00:00', at],
	]);
});

it.each([
	[DateTime.fromISO('2025-03-04T00:00:00', { zone }), DateTime.fromISO('2025-03-04T00:00:00', { zone }).endOf('day')],
	['2025-03-04T05:00:00Z', '2025-03-05T10:00:00-03:00'],
	['2025-03-04', '2025-03-04 23:59:59'],
	[new Date('2025-03-04T00:00:00Z'), '2025-03-04'],
])('no word where the midnight is the operation’s, or none: %s – %s', (from, to) => {
	const asked = { dateRange: 'custom', from, to, timezone: zone };
	expect(readDateRange(asked, Date.parse('2025-03-12T20:00:00Z'))).toMatchObject({ value: { foreignMidnights: [] } });
});
