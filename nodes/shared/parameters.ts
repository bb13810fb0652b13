import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { type DateRange, readDateRange } from '../../core/dateRange';
import { MAX_PARALLEL_REQUESTS } from '../../core/limits';
import { type Result, invalid, ok } from '../../core/outcome';

/** Which records an operation reads, and how. */
export interface Source {
	/** A campaign's number, or `all`. */
	readonly campaign: string;
	readonly range: DateRange;
	readonly parallelRequests: number;
	/** 0 leaves it to the watchdog. */
	readonly maxRequests: number;
	readonly onIncomplete: 'stop' | 'returnProven';
}

/** The collection `options` of one item. */
export function readOptions(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const options: unknown = context.getNodeParameter('options', itemIndex, {});
	return typeof options === 'object' && options !== null ? { ...options } : {};
}

/** Reads campaign, date range and the options that every reading operation has; bad input is told by the parameter's name. */
export function readSource(context: IExecuteFunctions, itemIndex: number, nowMs: number): Result<Source> {
	const options = readOptions(context, itemIndex);
	return gather({
		campaign: readCampaign(context.getNodeParameter('campaign', itemIndex, 'all', { extractValue: true })),
		range: readDateRange(
			{
				dateRange: context.getNodeParameter('dateRange', itemIndex),
				from: context.getNodeParameter('from', itemIndex, ''),
				to: context.getNodeParameter('to', itemIndex, ''),
				timezone: options.timezone ?? 'America/Bogota',
			},
			nowMs,
		),
		parallelRequests: readWhole('parallelRequests', 'Parallel Requests', options.parallelRequests ?? 1, 1, MAX_PARALLEL_REQUESTS),
		maxRequests: readWhole('maxRequests', 'Max Requests', options.maxRequests ?? 0, 0),
		onIncomplete: readChoice('onIncomplete', 'On Incomplete', options.onIncomplete ?? 'stop', ['stop', 'returnProven']),
	});
}

/** A campaign's number, or `all`, as the API takes it. */
export function readCampaign(value: unknown): Result<string> {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (/^(\d+|all)$/i.test(text)) return ok(text.toLowerCase());
	const message = text === '' ? 'Campaign is empty' : `Campaign is not the number of a campaign: “${text.slice(0, 100)}”`;
	return invalid('campaign', message, 'Choose one from the list, or enter its number, such as 22109, or all.');
}

/** Infinity where all is to be returned, else the limit. */
export function readLimit(context: IExecuteFunctions, itemIndex: number): Result<number> {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return ok(Infinity);
	return readWhole('limit', 'Limit', context.getNodeParameter('limit', itemIndex, 50), 1);
}

/** A whole number within bounds; digits as text are taken too, since expressions often give text. */
export function readWhole(parameter: string, name: string, value: unknown, least: number, most = Infinity): Result<number> {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return ok(number);
	const bounds = most === Infinity ? `from ${least} upwards` : `from ${least} to ${most}`;
	return invalid(parameter, `${name} is not a whole number ${bounds}: “${String(value).slice(0, 100)}”`, `Enter a whole number ${bounds}.`);
}

/** The name of the field that holds a file in the output item. */
export function readFieldName(context: IExecuteFunctions, itemIndex: number): Result<string> {
	const name = String(context.getNodeParameter('binaryPropertyName', itemIndex, 'data')).trim();
	return name === '' ? invalid('binaryPropertyName', 'Put Output File in Field is empty', 'Enter a name such as data.') : ok(name);
}

/** One of the values that can be chosen. */
export function readChoice<T extends string>(parameter: string, name: string, value: unknown, choices: readonly T[]): Result<T> {
	const chosen = choices.find((choice) => choice === value);
	if (chosen !== undefined) return ok(chosen);
	return invalid(parameter, `${name} is not one that can be chosen: “${String(value).slice(0, 100)}”`, `Choose one of ${choices.join(', ')}.`);
}

/** Any of the values that can be chosen, each once; a text with commas is taken as a list. */
export function readChoices<T extends string>(parameter: string, name: string, value: unknown, choices: readonly T[]): Result<T[]> {
	const given: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',').map((text) => text.trim()).filter((text) => text !== '');
	for (const one of given) {
		const chosen = readChoice(parameter, name, one, choices);
		if (!chosen.ok) return chosen;
	}
	return ok(choices.filter((choice) => given.includes(choice)));
}

/** All values, or the first that cannot be used. */
export function gather<T extends object>(results: { readonly [K in keyof T]: Result<T[K]> }): Result<T> {
	const values: Partial<T> = {};
	for (const key in results) {
		const result = results[key];
		if (!result.ok) return result;
		values[key] = result.value;
	}
	return ok(values as T);
}
