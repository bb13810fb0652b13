import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { type CallingHours, LEY_2300, readCallingHours } from '../../../core/country/callingHours';
import type { Language } from '../../../core/country/words';
import type { Result } from '../../../core/failures';
import { readChoice } from './values';

export const callingHours: INodeProperties = {
	displayName: 'Calling Hours',
	name: 'callingHours',
	type: 'string',
	default: LEY_2300,
	description: "When people may be called: no other time is suggested. By default what Colombia's Ley 2300 allows.",
};

export const language: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	default: 'en',
	description: 'The language of what readers get',
	options: [
		{ name: 'English', value: 'en' },
		{ name: 'Español', value: 'es' },
	],
};

export const readHours = ({ callingHours: value = LEY_2300 }: IDataObject): Result<CallingHours> =>
	readCallingHours(value);

export const readLanguage = (value: unknown): Result<Language> =>
	readChoice('language', 'Language', value ?? 'en', ['en', 'es']);
