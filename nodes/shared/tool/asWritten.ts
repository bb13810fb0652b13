import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { start } from '../../../core/api/json/values';
import { listOf } from '../form/values';

/** What models write where they mean nothing. */
const NOTHING = new Set(['', '-', 'none', 'null', 'undefined', 'nil', '[]', '{}', 'n/a', 'ninguno', 'ninguna', 'nada']);
/** What a Spanish-speaking operation calls the choices. */
const SPANISH: Record<string, string> = {
	ayer: 'yesterday',
	campana: 'campaign',
	contestadora: 'machine',
	cliente: 'customer',
	dia: 'day',
	espanol: 'es',
	ingles: 'en',
	english: 'en',
	spanish: 'es',
	hora: 'hour',
	hoy: 'today',
	humano: 'human',
	maquina: 'machine',
	semana: 'weekday',
	telefono: 'telephone',
	todas: 'all',
	todo: 'all',
	todos: 'all',
};

/** Letters and digits alone, without case, accents, signs or a plural's end: `Last 7 Days`, `last_7_days`, `last7Days`. */
export function folded(value: unknown): string {
	const plain = start(String(value ?? ''))
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.toLowerCase();
	return SPANISH[plain] ?? SPANISH[singular(plain)] ?? singular(plain.replace(/ /g, ''));
}

/** `campaigns` is `campaign`; what has to stay apart from another choice does not end so. */
const singular = (word: string): string => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word);

/** Whether a model meant that nothing is given. */
export const isNothing = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' &&
		NOTHING.has(
			start(value.trim())
				.replace(/["'`\s]/g, '')
				.toLowerCase(),
		)) ||
	(Array.isArray(value) && value.every(isNothing));

/** A parameter as a model wrote it, as the form would have given it; what cannot be read stays, to be told. */
export function asForm({ type, options, default: usual }: INodeProperties, value: unknown): unknown {
	const choices = (options ?? []) as INodePropertyOptions[];
	if (type === 'multiOptions') {
		return isNothing(value)
			? []
			: listOf(value)
					.filter((one) => !isNothing(one))
					.map((one) => chosen(choices, one));
	}
	if (isNothing(value)) return type === 'string' || type === 'dateTime' ? '' : usual;
	if (type === 'options') return chosen(choices, value);
	if (type === 'boolean') return truth(value);
	return typeof value === 'string' ? value.trim() : value;
}

function chosen(choices: readonly INodePropertyOptions[], value: unknown): unknown {
	const wanted = folded(value);
	const found = choices.find((choice) => [choice.value, choice.name].some((one) => folded(one) === wanted));
	return found?.value ?? value;
}

function truth(value: unknown): unknown {
	const word = folded(value);
	if (['true', 'yes', 'si', '1', 'on'].includes(word)) return true;
	return ['false', 'no', '0', 'off'].includes(word) ? false : value;
}
