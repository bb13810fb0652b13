import * as fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	formatCompact,
	formatWall,
	isZone,
	latestWall,
	parseRowDate,
	readMoment,
	wallFromInstant,
	wallSeconds,
	wallToIso,
} from '../../../core/time/wallClock';

const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) / 1_000;
const noon = at('2024-02-29 12:34:56');

describe('the date of a row', () => {
	test.each([
		['2024-02-29 12:34:56', 1],
		['2024-02-29T12:34:56', 1],
		['2024-02-29T12:34:56-05:00', 1],
		['2024-02-29 12:34:56.789', 1],
		['2024/02/29 12:34:56', 1],
		['2024-2-29 12:34:56', 1],
		['29/02/2024 12:34:56', 1],
		['29-02-2024 12:34:56', 1],
		['29.02.2024 12:34:56', 1],
		['20240229123456', 1],
		['2024-02-29 12:34:56 p.m.', 1],
		['  2024-02-29   12:34:56  ', 1],
	])('%j shows the second', (text, grainSeconds) => {
		expect(parseRowDate(text)).toEqual({ at: noon, grainSeconds });
	});

	test.each([
		['2024-02-29 12:34', '2024-02-29 12:34:00', 60],
		['2024-02-29-12', '2024-02-29 12:00:00', 3_600],
		['2024-02-29 12', '2024-02-29 12:00:00', 3_600],
		['2024-02-29', '2024-02-29 00:00:00', 86_400],
		['20240229', '2024-02-29 00:00:00', 86_400],
		['2024-02-29 12:05 am', '2024-02-29 00:05:00', 60],
		['2024-02-29 1:05 PM', '2024-02-29 13:05:00', 60],
	])('%j shows no more than that', (text, wall, grainSeconds) => {
		expect(parseRowDate(text)).toEqual({ at: at(wall), grainSeconds });
	});

	test.each([
		'',
		' ',
		'0000-00-00 00:00:00',
		'2023-02-29 10:00:00',
		'2024-13-01',
		'2024-04-31',
		'2024-02-29 24:00:00',
		'2024-02-29 12:60:00',
		'2024-02-29 12:34:60',
		'yesterday',
		'2024-02/29',
		'12:34:56',
		'1709210096',
	])('%j cannot be read', (text) => {
		expect(parseRowDate(text)).toBeNull();
	});

	test('what is written is what is read, in both forms', () => {
		fc.assert(
			fc.property(fc.integer({ min: at('1000-01-01 00:00:00'), max: at('9999-12-31 23:59:59') }), (moment) => {
				expect(parseRowDate(formatWall(moment))).toEqual({ at: moment, grainSeconds: 1 });
				expect(parseRowDate(formatCompact(moment))).toEqual({ at: moment, grainSeconds: 1 });
			}),
		);
	});

	test('what was read before changes nothing', () => {
		const hour = fc.constantFrom(
			'2024-02-29 12:',
			'29/02/2024 12:',
			'2024-02-30 12:',
			'2024-02-29T24:',
			'2024-02-29 1:0',
			'  29-2-2024 12:',
		);
		const rest = fc.oneof(
			fc.constantFrom('34:56', '34:60', '60:00', '3:456', '34.56', '34:5Z', '34', '05 pm', '34:56-05:00'),
			fc.stringMatching(/^[0-9]{2}:[0-9]{2}$/),
		);
		const readAfter = (text: string, before: string) => {
			parseRowDate('1999-12-31 23:59:59');
			parseRowDate(before);
			return parseRowDate(text);
		};
		fc.assert(
			fc.property(hour, rest, rest, (prefix, one, other) => {
				const text = prefix + one;
				expect(readAfter(text, prefix + other)).toEqual(readAfter(text, ''));
			}),
		);
	});
});

test('the calendar has leap days, and years before 100', () => {
	expect(wallSeconds([2000, 2, 29, 0, 0, 0])).toBe(at('2000-02-29 00:00:00'));
	expect(wallSeconds([1900, 2, 29, 0, 0, 0])).toBeNull();
	expect(wallSeconds([50, 3, 1, 0, 0, 0])).not.toBeNull();
	expect(wallSeconds([0, 3, 1, 0, 0, 0])).toBeNull();
});

describe('a moment that a person gives', () => {
	const zone = 'America/Bogota';

	test.each([
		['2024-02-29', '2024-02-29 00:00:00', true],
		['20240229', '2024-02-29 00:00:00', true],
		['2024-02-29 12:34', '2024-02-29 12:34:00', false],
		['2024-02-29T12:34:56', '2024-02-29 12:34:56', false],
		['20240229123456', '2024-02-29 12:34:56', false],
		['2024-02-29T12:34:56.000-05:00', '2024-02-29 12:34:56', false],
		['2024-02-29T17:34:56Z', '2024-02-29 12:34:56', false],
		['2024-02-29 17:34:56 +00', '2024-02-29 12:34:56', false],
	])('%j is read on the operation’s clock', (text, wall, bareDate) => {
		expect(readMoment(text, zone)).toMatchObject({ at: at(wall), bareDate });
	});

	test('a DateTime and a Date are instants', () => {
		const instant = '2024-02-29T17:34:56.500Z';
		expect(readMoment(DateTime.fromISO(instant), zone)).toMatchObject({ at: noon, bareDate: false });
		expect(readMoment(new Date(instant), zone)).toEqual({ at: noon, bareDate: false, ownAt: null, isResolved: false });
	});

	test.each([
		'',
		'today',
		'2024-02-30',
		'29/02/2024',
		5,
		null,
		undefined,
		{},
		new Date('nonsense'),
		'2024-02-29T25:00',
	])('%p is none', (value) => {
		expect(readMoment(value, zone)).toBeNull();
	});
});

test.each([
	['America/Bogota', true],
	['Etc/UTC', true],
	['utc-5', true],
	['UTC+05:30', true],
	['Bogota', false],
	['-05:00', false],
	['', false],
])('%j as a zone: %p', (zone, is) => {
	expect(isZone(zone)).toBe(is);
});

describe('nights when clocks change', () => {
	const instant = (text: string): number => Date.parse(text);

	test.each([
		['America/Santiago', '2024-04-07T02:59:59Z'],
		['America/New_York', '2024-11-03T05:59:59Z'],
		['America/Tijuana', '2024-11-03T08:59:59Z'],
	])('%s: while the repeated hour runs again, its first pass has been', (zone, lastBefore) => {
		const before = instant(lastBefore) - 1_800_000;
		const after = instant(lastBefore) + 600_000;
		expect(wallFromInstant(after, zone)).toBeLessThan(wallFromInstant(before, zone));
		const end = wallFromInstant(after, zone) + 3_600 - (wallFromInstant(after, zone) % 3_600);
		expect(latestWall(before, zone)).toBe(wallFromInstant(before, zone));
		expect(latestWall(after, zone)).toBeGreaterThanOrEqual(end - 2);
		expect(latestWall(after, zone)).toBeLessThan(end);
		expect(latestWall(after + 4 * 3_600_000, zone)).toBe(wallFromInstant(after + 4 * 3_600_000, zone));
	});

	test('it never goes back, second by second over a night', () => {
		for (const zone of ['America/Santiago', 'America/New_York', 'America/Tijuana', 'America/Bogota']) {
			for (const night of [
				'2024-04-07T00:00:00Z',
				'2024-09-08T00:00:00Z',
				'2024-03-10T00:00:00Z',
				'2024-11-03T00:00:00Z',
			]) {
				let last = -Infinity;
				for (let ms = 0; ms < 14 * 3_600_000; ms += 97_000) {
					const wall = latestWall(instant(night) + ms, zone);
					expect(wall).toBeGreaterThanOrEqual(last - 2);
					last = Math.max(last, wall);
				}
			}
		}
	});

	test('text with its offset leads back to the same wall clock, over a year of clock changes', () => {
		const year = fc.integer({ min: at('2024-01-01 00:00:00'), max: at('2025-01-01 00:00:00') });
		fc.assert(
			fc.property(
				year,
				fc.constantFrom(
					'America/Santiago',
					'America/New_York',
					'America/Tijuana',
					'America/Bogota',
					'Asia/Kathmandu',
					'UTC',
					'UTC-5',
				),
				(wall, zone) => {
					const back = readMoment(wallToIso(wall, zone), zone)?.at;
					const skipped = wallFromInstant(Date.parse(wallToIso(wall, zone)), zone) !== wall;
					expect(back).toBe(skipped ? wall + 3_600 : wall);
				},
			),
			{ numRuns: 500 },
		);
	});

	test('a year of quarter hours after another does not mix up what is remembered', () => {
		const quarters = Array.from({ length: 11_000 }, (_, index) => noon + index * 900);
		for (const quarter of quarters) wallToIso(quarter, 'America/Bogota');
		expect(wallToIso(noon, 'America/Bogota')).toBe('2024-02-29T12:34:56-05:00');
		expect(wallToIso(noon, 'America/New_York')).toBe('2024-02-29T12:34:56-05:00');
		expect(wallToIso(quarters[9_000], 'America/New_York')).toMatch(/-04:00$/);
	});

	test('an hour that exists twice is read as its first pass, one that does not as pushed on', () => {
		expect(wallToIso(at('2024-11-03 01:30:00'), 'America/New_York')).toBe('2024-11-03T01:30:00-04:00');
		expect(wallToIso(at('2024-03-10 02:30:00'), 'America/New_York')).toBe('2024-03-10T03:30:00-04:00');
		expect(wallToIso(at('2024-04-06 23:30:00'), 'America/Santiago')).toBe('2024-04-06T23:30:00-03:00');
		expect(wallToIso(noon, 'America/Bogota')).toBe('2024-02-29T12:34:56-05:00');
		expect(wallToIso(noon, 'nowhere')).toBe('2024-02-29 12:34:56');
	});
});
