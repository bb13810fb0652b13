import { COUNTRIES, type Country } from './countries';

/** How numbers are written in a country; `Intl` has no one Spanish, and differs between the versions of Node. */
export class NumberForms {
	private readonly decimalSign: string;
	private readonly groupSign: string;

	constructor(country: Country) {
		this.decimalSign = country === 'other' ? '.' : COUNTRIES[country].decimalSign;
		this.groupSign = this.decimalSign === ',' ? '.' : ',';
	}

	/** `1.234.567` or `1,234,567`; with `digits`, so many decimals. */
	number(value: number, digits = 0): string {
		const [whole, decimals] = Math.abs(value).toFixed(digits).split('.');
		const grouped = whole.replace(/\B(?=(?:\d{3}){1,9}$)/g, this.groupSign);
		const isNegative = value < 0 && Number(`${whole}.${decimals ?? 0}`) > 0;
		return `${isNegative ? '−' : ''}${grouped}${decimals ? `${this.decimalSign}${decimals}` : ''}`;
	}

	/** A fraction as `59,7%`; a dash for none. */
	percent(rate: number | null, digits = 1): string {
		return rate === null ? '–' : `${this.number(rate * 100, digits)}%`;
	}
}
