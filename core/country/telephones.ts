import { apiLimits, countryLimits } from '../limits';
import { COUNTRIES, type Country, type CountryCode } from './countries';

/** A dialled number, taken apart. */
export interface Telephone {
	/** Digits that the dialler put before the number to choose its line; `''` where none. */
	readonly route: string;
	/** The national number: no calling code, no trunk zero, digits only. */
	readonly national: string;
}

/**
 * Reads a dialled number from the right, as one of a country: a route, the calling code, the national number; or the
 * national number alone; or a route and the national number, where no other reading fits. Null where nothing does: the
 * last ten digits would merge and split people in ten countries.
 */
export function readTelephone(text: string, country: Country): Telephone | null {
	const digits = dialled(text);
	if (digits === null || country === 'other') return null;
	const coded = codedReadings(digits, country);
	const whole = coded.find(({ route }) => route === '') ?? bareReadings(digits, country, 0)[0];
	if (whole) return whole;
	if (coded.length > 0) return isForeign(digits, country, ({ route }) => route === '') ? null : coded[0];
	const bare = only(bareReadings(digits, country, countryLimits.longestBareRoute));
	return bare && !isForeign(digits, country, () => true) ? bare : null;
}

/** What two ways of writing one telephone have in common: its national number, else its digits, else the text. */
export function telephoneKey(text: string, country: Country): string {
	if (text.length > apiLimits.seenChars) return text;
	return readTelephone(text, country)?.national ?? (text.replace(/\D/g, '') || text.trim());
}

/** Whether the digits may be a number of the country, behind some route; false for one digit too few or too many. */
export function isUsual(text: string, country: Country): boolean {
	const digits = dialled(text);
	if (digits === null) return false;
	if (country === 'other') return digits.length >= 7 && digits.length <= 19;
	return (
		codedReadings(digits, country).length + bareReadings(digits, country, countryLimits.longestBareRoute).length > 0
	);
}

const only = (readings: readonly Telephone[]): Telephone | null => (readings.length === 1 ? readings[0] : null);

/** The digits of a telephone, however it is punctuated; null where letters or other signs stand among them. */
const dialled = (text: string): string | null =>
	text.length <= apiLimits.seenChars && /^[\d\s+().\-/]+$/.test(text) ? text.replace(/\D/g, '') : null;

/** Whether another country reads the digits as a number of its own, its calling code included. */
const isForeign = (digits: string, country: CountryCode, how: (reading: Telephone) => boolean): boolean =>
	CODES.some((other) => other !== country && codedReadings(digits, other).some(how));

const CODES = Object.keys(COUNTRIES) as CountryCode[];

const codedReadings = (digits: string, country: CountryCode): Telephone[] =>
	readings(digits, patternsOf(country).coded);

const bareReadings = (digits: string, country: CountryCode, longestRoute: number): Telephone[] =>
	readings(digits, patternsOf(country).bare).filter(({ route }) => route.length <= longestRoute);

const readings = (digits: string, patterns: readonly RegExp[]): Telephone[] =>
	patterns.flatMap((pattern) => {
		const match = pattern.exec(digits);
		return match ? [{ route: match[1], national: match[2] }] : [];
	});

interface Patterns {
	readonly coded: readonly RegExp[];
	readonly bare: readonly RegExp[];
}

const compiled = new Map<CountryCode, Patterns>();

function patternsOf(country: CountryCode): Patterns {
	let patterns = compiled.get(country);
	if (patterns === undefined) compiled.set(country, (patterns = compile(country)));
	return patterns;
}

/** The route is lazy, so that a mobile's mark is never taken for its last digit. */
function compile(country: CountryCode): Patterns {
	const { callingCode, mobileMark, nationalNumbers } = COUNTRIES[country];
	const mark = mobileMark ? `${mobileMark}?` : '';
	return {
		coded: nationalNumbers.map((number) => new RegExp(`^(\\d*?)${callingCode}${mark}(${number})$`)),
		bare: nationalNumbers.map((number) => new RegExp(`^(\\d*?)(${number})$`)),
	};
}
