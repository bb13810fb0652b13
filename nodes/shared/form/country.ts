import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { COUNTRIES, type Country, type CountryCode } from '../../../core/country/countries';
import type { Result } from '../../../core/failures';
import { readChoice } from './values';

/** How telephones are read, numbers written and holidays known. */
export const country: INodeProperties = {
	displayName: 'Country',
	name: 'country',
	type: 'options',
	default: 'CO',
	description: 'How telephones are read and numbers are written; of Colombia the holidays are known too',
	options: [
		...Object.entries(COUNTRIES).map(([value, { name }]) => ({ name, value })),
		{ name: 'Other (Telephones Are Compared by Their Digits)', value: 'other' },
	].sort((a, b) => a.name.localeCompare(b.name)),
};

export const readCountry = ({ country: value = 'CO' }: IDataObject): Result<Country> =>
	readChoice('country', 'Country', value, [...(Object.keys(COUNTRIES) as CountryCode[]), 'other']);
