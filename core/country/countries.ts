/** What differs between the countries that Wolkvox is used in. Telephones: ITU E.164 and the national plans. */
interface CountryTable {
	/** As the editor's list shows it. */
	readonly name: string;
	/** What is dialled before its national numbers from abroad. */
	readonly callingCode: string;
	/** A digit that may stand between the calling code and a mobile's number. */
	readonly mobileMark?: string;
	/** Patterns of its national numbers without a trunk zero, mobile and fixed, each of one length, the longest first. */
	readonly nationalNumbers: readonly string[];
	readonly decimalSign: ',' | '.';
}

const TABLE = {
	AR: country('Argentina', '54', ['[1-36]\\d{9}'], ',', '9'),
	BO: country('Bolivia', '591', ['[2-7]\\d{7}'], ','),
	BR: country('Brazil', '55', ['[1-9][1-9]9\\d{8}', '[1-9][1-9][2-57]\\d{7}'], ','),
	CL: country('Chile', '56', ['[2-9]\\d{8}'], ','),
	CO: country('Colombia', '57', ['3\\d{9}', '60\\d{8}'], ','),
	CR: country('Costa Rica', '506', ['[2-8]\\d{7}'], ','),
	DO: country('Dominican Republic', '1', ['8[024]9[2-9]\\d{6}'], '.'),
	EC: country('Ecuador', '593', ['9\\d{8}', '[2-7]\\d{7}'], ','),
	ES: country('Spain', '34', ['[5-9]\\d{8}'], ','),
	GT: country('Guatemala', '502', ['[2-8]\\d{7}'], '.'),
	HN: country('Honduras', '504', ['[2-9]\\d{7}'], '.'),
	MX: country('Mexico', '52', ['[2-9]\\d{9}'], '.', '1'),
	NI: country('Nicaragua', '505', ['[25-8]\\d{7}'], '.'),
	PA: country('Panama', '507', ['6\\d{7}', '[1-9]\\d{6}'], '.'),
	PE: country('Peru', '51', ['9\\d{8}', '[1-8]\\d{7}'], '.'),
	PY: country('Paraguay', '595', ['9\\d{8}', '[2-8]\\d{8}', '[2-8]\\d{7}', '[2-8]\\d{6}'], ','),
	SV: country('El Salvador', '503', ['[25-7]\\d{7}'], '.'),
	US: country('United States', '1', ['[2-9]\\d{2}[2-9]\\d{6}'], '.'),
	UY: country('Uruguay', '598', ['9\\d{7}', '[124]\\d{7}'], ','),
	VE: country('Venezuela', '58', ['[2456]\\d{9}'], ','),
} as const;

/** ISO 3166 code of a country of the table. */
export type CountryCode = keyof typeof TABLE;

/** A country, or `other` where none of the table fits: telephones are then compared by their digits. */
export type Country = CountryCode | 'other';

export const COUNTRIES: Readonly<Record<CountryCode, CountryTable>> = TABLE;

function country(
	name: string,
	callingCode: string,
	nationalNumbers: readonly string[],
	decimalSign: ',' | '.',
	mobileMark?: string,
): CountryTable {
	return { name, callingCode, nationalNumbers, decimalSign, mobileMark };
}
