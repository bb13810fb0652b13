import * as fc from 'fast-check';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json';

import { COUNTRIES, type CountryCode } from '../../../core/country/countries';
import { readTelephone, telephoneKey } from '../../../core/country/telephones';

const codes = Object.keys(COUNTRIES) as CountryCode[];

/** Numbers that the library knows and no person has: ranges of machines, satellites and short services. */
const ODD: Partial<Record<CountryCode, RegExp>> = { CO: /^(46|9408)/, ES: /^400/ };

/** Fixed and mobile numbers that the library calls valid, from its own patterns of the country. */
function numbersOf(code: CountryCode): fc.Arbitrary<string> {
	const types = metadata.countries[code]![11] as unknown as Array<[pattern: string] | 0 | null>;
	const patterns = types.slice(0, 2).flatMap((type) => (type && type[0] ? [type[0]] : []));
	return fc
		.oneof(...patterns.map((pattern) => fc.stringMatching(new RegExp(`^(?:${pattern})$`))))
		.filter((number) => isValidPhoneNumber(`+${COUNTRIES[code].callingCode}${number}`) && !ODD[code]?.test(number));
}

const ROUTES = ['', '9', '91', '92', '0', '00', '7', '901', '03'];
const routes = fc.constantFrom(...ROUTES);

/** The library counts Argentina's mark of mobiles, which is dialled from abroad alone, as part of the number. */
const nationalOf = (code: CountryCode, number: string): string => (code === 'AR' ? number.replace(/^9/, '') : number);

describe.each(codes)('a telephone of %s', (code) => {
	const { callingCode } = COUNTRIES[code];

	it('is read with its calling code behind any route', () => {
		fc.assert(
			fc.property(numbersOf(code), fc.constantFrom(...ROUTES, '9157'), (number, route) => {
				const read = readTelephone(`${route}${callingCode}${number}`, code);
				expect(read).toEqual({ route, national: nationalOf(code, number) });
				expect(readTelephone(` ${route} (+${callingCode}) ${number.slice(0, 3)}-${number.slice(3)}`, code)).toEqual(
					read,
				);
			}),
			{ numRuns: 100 },
		);
	});

	it('is read without one', () => {
		fc.assert(
			fc.property(numbersOf(code), (number) => {
				const national = nationalOf(code, number);
				expect(readTelephone(national, code)).toEqual({ route: '', national });
			}),
			{ numRuns: 100 },
		);
	});

	it('is read behind a route without its calling code as itself, or as a longer number of the country, or not at all', () => {
		fc.assert(
			fc.property(numbersOf(code), routes, (number, route) => {
				fc.pre(!route.endsWith(callingCode));
				const national = nationalOf(code, number);
				const read = readTelephone(route + national, code);
				if (read !== null && read.route !== '') expect(read).toEqual({ route, national });
			}),
			{ numRuns: 100 },
		);
	});

	it("is never found at the end of another country's number", () => {
		const foreign = fc
			.constantFrom(...codes.filter((other) => COUNTRIES[other].callingCode !== callingCode))
			.chain((other) => numbersOf(other).map((number) => COUNTRIES[other].callingCode + number));
		fc.assert(
			fc.property(foreign, fc.constantFrom('', '9', '00'), (number, route) => {
				const read = readTelephone(route + number, code);
				const before = read ? read.route.length : 0;
				if (before > 0) expect((route + number).slice(before)).not.toBe(read!.national);
			}),
			{ numRuns: 100 },
		);
	});
});

it.each([
	['573001234567', '', '3001234567'],
	['9573001234567', '9', '3001234567'],
	['91573001234567', '91', '3001234567'],
	['0057 300 123 4567', '00', '3001234567'],
	['3001234567', '', '3001234567'],
	['93001234567', '9', '3001234567'],
	['576012345678', '', '6012345678'],
	['033001234567', '03', '3001234567'],
])('reads %s in Colombia', (text, route, national) => {
	expect(readTelephone(text, 'CO')).toEqual({ route, national });
	expect(telephoneKey(text, 'CO')).toBe(national);
});

it.each([
	['13054445555', 'Miami, and no Colombian mobile behind a 1'],
	['913054445555', 'Miami behind a 9, or a Colombian mobile behind 91'],
	['593987654321', 'Ecuador'],
	['5512345678', 'nothing in Colombia'],
	['1234567893001234567', 'a route that is too long'],
	['300 123 4567 x12', 'letters'],
	['', 'nothing'],
	['   ', 'nothing'],
])('does not read %s in Colombia: %s', (text) => {
	expect(readTelephone(text, 'CO')).toBeNull();
});

it('compares what it cannot read by digits, and what has none by its text', () => {
	expect(telephoneKey('+1 (305) 444-5555', 'CO')).toBe('13054445555');
	expect(telephoneKey('573001234567', 'other')).toBe('573001234567');
	expect(telephoneKey(' anonymous ', 'CO')).toBe('anonymous');
});

it('takes the shortest route where its last digits might be a calling code too', () => {
	expect(readTelephone('035551950000000', 'BR')).toEqual({ route: '03', national: '51950000000' });
});

it('does not read a whole number of another country behind a route, even where a calling code fits', () => {
	expect(readTelephone('5534912345678', 'ES')).toBeNull();
	expect(readTelephone('934912345678', 'ES')).toEqual({ route: '9', national: '912345678' });
});
