import { readDateRange } from '../../../core/time/dateRange';
import { formatWall } from '../../../core/time/wallClock';

const zone = 'America/Bogota';
const read = (
	dateRange: unknown,
	nowIso: string,
	{ from, to, timezone = zone }: { from?: unknown; to?: unknown; timezone?: unknown } = {},
) => {
	const result = readDateRange({ dateRange, from, to, timezone }, Date.parse(nowIso));
	if (!result.ok) return result.failure.kind === 'invalid' ? result.failure.message : result.failure.kind;
	const { window, wasCut } = result.value;
	return `${formatWall(window.from)} until ${formatWall(window.to)}${wasCut ? ', cut' : ''}`;
};

it.each([
	['today', '2025-03-12 00:00:00 until 2025-03-12 15:00:01'],
	['yesterday', '2025-03-11 00:00:00 until 2025-03-12 00:00:00'],
	['last7Days', '2025-03-05 00:00:00 until 2025-03-12 00:00:00'],
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
		'moments, the last second included',
		'2025-03-01 10:00:00',
		'2025-03-01 10:00:00',
		'2025-03-01 10:00:00 until 2025-03-01 10:00:01',
	],
	['a bare date beside a moment', '2025-03-01', '2025-03-01T10:30', '2025-03-01 00:00:00 until 2025-03-01 10:30:01'],
	['an end in the future', '2025-03-12', '2025-03-20', '2025-03-12 00:00:00 until 2025-03-12 15:00:01, cut'],
	['an end now', '2025-03-12', '2025-03-12 15:00:00', '2025-03-12 00:00:00 until 2025-03-12 15:00:01'],
	['a day that is not over', '2025-03-12', '2025-03-12', '2025-03-12 00:00:00 until 2025-03-12 15:00:01, cut'],
	[
		'instants',
		new Date('2025-03-01T15:00:00Z'),
		'2025-03-01T16:00:00+00:00',
		'2025-03-01 10:00:00 until 2025-03-01 11:00:01',
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
	[{ from: '2025-03-01' }, 'To is empty'],
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

it.each([
	['2025-03-04', '2025-03-05 00:00:00', true],
	['2025-03-04', '2025-03-05', false],
	['2025-03-04', '2025-03-05 00:00:01', false],
	['2025-03-05 00:00:00', '2025-03-05 00:00:00', false],
])('from %s to %s: whether of the last day one second alone is read: %s', (from, to, endsAtMidnight) => {
	const result = readDateRange({ dateRange: 'custom', from, to, timezone: zone }, Date.parse('2025-03-12T20:00:00Z'));
	expect(result).toMatchObject({ ok: true, value: { endsAtMidnight } });
});
