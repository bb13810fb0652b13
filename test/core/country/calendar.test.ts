import Holidays from 'date-holidays';
import * as fc from 'fast-check';

import {
	LEY_2300,
	type CallingHours,
	allowedSeconds,
	isAllowed,
	isCallingHour,
	readCallingHours,
} from '../../../core/country/callingHours';
import { isHoliday } from '../../../core/country/holidays';
import { dayOfDate, formatDay, weekdayOf } from '../../../core/time/days';

const hoursOf = (text: string): CallingHours => {
	const read = readCallingHours(text);
	if (!read.ok) throw new Error(text);
	return read.value;
};
const ley = hoursOf(LEY_2300);
const at = (text: string): number => Date.parse(`${text}Z`) / 1_000;
const daysOf = (year: number): number[] =>
	Array.from({ length: dayOfDate(year + 1, 1, 1) - dayOfDate(year, 1, 1) }, (_, i) => dayOfDate(year, 1, 1) + i);

describe("Colombia's holidays", () => {
	const library = new Holidays('CO');

	test.each(Array.from({ length: 12 }, (_, i) => 2024 + i))('of %i are those that the library knows', (year) => {
		const known = library
			.getHolidays(year)
			.filter(({ type, rule }) => type === 'public' && rule !== 'easter')
			.map(({ date }) => date.slice(0, 10));
		expect(
			daysOf(year)
				.filter((day) => isHoliday(day, 'CO'))
				.map(formatDay),
		).toEqual([...new Set(known)].sort());
	});

	test('are nineteen since 2026: Chiquinquirá first on Monday 13 July 2026', () => {
		const july = (year: number) =>
			daysOf(year)
				.filter((day) => isHoliday(day, 'CO'))
				.map(formatDay)
				.filter((day) => day.slice(5, 7) === '07');
		expect(july(2025)).toEqual(['2025-07-20']);
		expect(july(2026)).toEqual(['2026-07-13', '2026-07-20']);
		expect(daysOf(2025).filter((day) => isHoliday(day, 'CO'))).toHaveLength(17);
		expect(daysOf(2026).filter((day) => isHoliday(day, 'CO'))).toHaveLength(19);
	});

	test('are of no other country here', () => {
		expect(daysOf(2026).filter((day) => isHoliday(day, 'MX') || isHoliday(day, 'other'))).toEqual([]);
	});
});

describe('calling hours', () => {
	test('are those of Ley 2300: 67 hours in a plain week, 55 in one with a Monday holiday', () => {
		const week = (monday: string) => ({ from: at(`${monday}T00:00:00`), to: at(`${monday}T00:00:00`) + 7 * 86_400 });
		expect(allowedSeconds(ley, week('2026-11-23'), 'CO')).toBe(67 * 3_600);
		expect(allowedSeconds(ley, week('2026-11-16'), 'CO')).toBe(55 * 3_600);
		expect(allowedSeconds(ley, week('2026-11-16'), 'PE')).toBe(67 * 3_600);
		const of2026 = Array.from({ length: 53 }, (_, i) =>
			allowedSeconds(ley, week(formatDay(dayOfDate(2025, 12, 29) + 7 * i)), 'CO'),
		);
		expect(of2026.slice(1).filter((hours, i) => hours !== of2026[i])).toHaveLength(29);
	});

	test('seconds that are allowed are those at which a call is, whatever the range', () => {
		const day = 86_400;
		const range = fc.record({
			from: fc.integer({ min: 0, max: 40 * day }),
			length: fc.integer({ min: 0, max: 3 * day }),
		});
		fc.assert(
			fc.property(
				range,
				fc.constantFrom(LEY_2300, 'sun-tue 00:00-24:00', 'Mon 9-10, Mon 9:30-11:15, Thu 23:59-24:00'),
				({ from, length }, text) => {
					const [hours, start] = [hoursOf(text), at('2026-06-20T00:00:00') + from];
					let seconds = 0;
					for (let second = start; second < start + length; second += 15 * 60) {
						const end = Math.min(start + length, second + 15 * 60);
						for (let one = second; one < end; one += 60)
							seconds += isAllowed(hours, one, 'CO') ? Math.min(60, end - one) : 0;
					}
					const exact = allowedSeconds(hours, { from: start, to: start + length }, 'CO');
					expect(Math.abs(exact - seconds)).toBeLessThanOrEqual(60 * 2 * 8);
					if (start % 60 === 0 && length % 60 === 0) expect(exact).toBe(seconds);
				},
			),
			{ numRuns: 60, examples: [[{ from: 0, length: 3 * day }, LEY_2300]] },
		);
	});

	test('are read in English and in Spanish, over the end of the week, in pieces', () => {
		expect(hoursOf('Lun.-Vie. 7:00-19:00; Sábado 8-15')).toEqual(ley);
		const nights = hoursOf('sat-mon 18:00-24:00, sun 06:30-18:00');
		expect(nights.map((pieces) => pieces.length)).toEqual([1, 0, 0, 0, 0, 1, 1]);
		expect([isCallingHour(nights, 7, 6), isCallingHour(nights, 7, 7), isCallingHour(nights, 7, 23)]).toEqual([
			false,
			true,
			true,
		]);
		expect([1, 2, 3, 4, 5, 6, 7].map((weekday) => isCallingHour(ley, weekday, 15))).toEqual([
			true,
			true,
			true,
			true,
			true,
			false,
			false,
		]);
	});

	test.each([
		'',
		'always',
		'Mon-Fri',
		'Mon-Fri 19:00-07:00',
		'Mon 7:00-25:00',
		'Mon 7:60-8:00',
		'Mun 7:00-8:00',
		'Mon-Xyz 7:00-8:00',
		7,
		null,
	])('that cannot be read are told: %j', (value) => {
		expect(readCallingHours(value)).toMatchObject({
			ok: false,
			failure: { kind: 'invalid', parameter: 'callingHours' },
		});
	});

	test('allow no call on a holiday, on a Sunday, or at their end', () => {
		const moments = [
			'2026-11-16T10:00:00',
			'2026-11-22T10:00:00',
			'2026-11-17T19:00:00',
			'2026-11-17T18:59:59',
			'2026-11-17T07:00:00',
		];
		expect(moments.map((moment) => isAllowed(ley, at(moment), 'CO'))).toEqual([false, false, false, true, true]);
		expect(weekdayOf(dayOfDate(2026, 11, 16))).toBe(1);
	});
});
