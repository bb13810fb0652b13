import * as fc from 'fast-check';

import { COUNTRIES, type CountryCode } from '../../../core/country/countries';
import { NumberForms } from '../../../core/country/numbers';
import {
	type Language,
	dayOfYearText,
	dayText,
	daysText,
	hourText,
	monthText,
	weekdayName,
} from '../../../core/country/words';
import { dayOfDate } from '../../../core/time/days';

const day = (text: string): number => dayOfDate(...(text.split('-').map(Number) as [number, number, number]));

test.each([
	['CO', '1.234.567,8', '59,7%'],
	['PE', '1,234,567.8', '59.7%'],
	['other', '1,234,567.8', '59.7%'],
] as const)('numbers of %s', (country, number, percent) => {
	const forms = new NumberForms(country);
	expect(forms.number(1_234_567.8, 1)).toBe(number);
	expect(forms.percent(0.5971)).toBe(percent);
	expect([
		forms.number(0),
		forms.number(-0.04, 1),
		forms.number(-12),
		forms.percent(null),
		forms.percent(1, 0),
	]).toEqual(['0', forms.number(0, 1), '−12', '–', '100%']);
});

test('a number reads back as what it was, in every country', () => {
	fc.assert(
		fc.property(fc.integer(), fc.constantFrom(...(Object.keys(COUNTRIES) as CountryCode[])), (value, country) => {
			const text = new NumberForms(country).number(value / 100, 2);
			const { decimalSign } = COUNTRIES[country];
			const plain = text
				.split(decimalSign)
				.map((part) => part.replace(/[.,]/g, ''))
				.join('.')
				.replace('−', '-');
			expect(Number(plain)).toBeCloseTo(value / 100, 6);
		}),
	);
});

test('days are written as a reader writes them', () => {
	expect(dayText(day('2026-11-25'), 'es')).toBe('25 nov 2026');
	expect(dayOfYearText(day('2026-01-05'), 'en')).toBe('5 Jan');
	expect(monthText(day('2026-08-05'), 'es')).toBe('ago 2026');
	expect(daysText(day('2026-10-27'), day('2026-11-25'), 'es')).toBe('27 oct – 25 nov 2026');
	expect(daysText(day('2026-11-16'), day('2026-11-22'), 'es')).toBe('16 – 22 nov 2026');
	expect(daysText(day('2025-12-29'), day('2026-01-04'), 'en')).toBe('29 Dec 2025 – 4 Jan 2026');
	expect(daysText(day('2026-11-25'), day('2026-11-25'), 'en')).toBe('25 Nov 2026');
	expect([weekdayName(1, 'en'), weekdayName(7, 'es'), hourText(7)]).toEqual(['Monday', 'domingo', '07:00']);
});

test.each<Language>(['en', 'es'])('no two weekdays or months share a name in %s', (language) => {
	expect(new Set([1, 2, 3, 4, 5, 6, 7].map((weekday) => weekdayName(weekday, language))).size).toBe(7);
	expect(new Set(Array.from({ length: 12 }, (_, i) => monthText(dayOfDate(2026, i + 1, 1), language))).size).toBe(12);
});
