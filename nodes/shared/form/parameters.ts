import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { type DateRange, readDateRange } from '../../../core/time/dateRange';
import { apiLimits } from '../../../core/limits';
import { type Result, invalid, ok, shown } from '../../../core/failures';
import { isMissing, readBoolean, readChoice, readText, readWhole } from './values';

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
	return allValid({
		campaign: readCampaign(context.getNodeParameter('campaign', itemIndex, 'all', { extractValue: true })),
		range: readDateRange(
			{
				dateRange: context.getNodeParameter('dateRange', itemIndex),
				from: context.getNodeParameter('from', itemIndex, ''),
				to: context.getNodeParameter('to', itemIndex, ''),
				isToFixed: isFixed(context, 'to'),
				timezone: options.timezone ?? 'America/Bogota',
			},
			nowMs,
		),
		parallelRequests: readWhole(
			'parallelRequests',
			'Speed',
			options.parallelRequests ?? 1,
			1,
			apiLimits.maxParallelRequests,
		),
		maxRequests: readWhole('maxRequests', 'Requests to Use at Most', options.maxRequests ?? 0, 0),
		onIncomplete: readChoice('onIncomplete', 'If Data Is Missing', options.onIncomplete ?? 'stop', [
			'stop',
			'returnProven',
		]),
	});
}

/** Whether a parameter holds a value as it is, and no expression. */
function isFixed(context: IExecuteFunctions, parameter: string): boolean {
	const value = context.getNode().parameters[parameter];
	return typeof value === 'string' && !value.startsWith('=');
}

/** A campaign's number, or `all`, as the API takes it. */
export function readCampaign(value: unknown): Result<string> {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (/^(\d+|all)$/i.test(text)) return ok(text.toLowerCase());
	const isEmpty = text === '' && (typeof value === 'string' || isMissing(value));
	const message = isEmpty ? 'Campaign is empty' : `Campaign is not the number of a campaign: “${shown(value)}”`;
	return invalid('campaign', message, 'Choose one from the list, or enter its number, such as 22109, or all.');
}

/** Which detections are wanted. */
export type WantedResult = 'all' | 'human' | 'machine';

export const readResult = (context: IExecuteFunctions, itemIndex: number): Result<WantedResult> =>
	readChoice('result', 'Result', context.getNodeParameter('result', itemIndex, 'all'), ['all', 'human', 'machine']);

/** Infinity where all is to be returned, else the limit. */
export function readLimit(context: IExecuteFunctions, itemIndex: number): Result<number> {
	const returnAll = readBoolean('returnAll', 'Return All', context.getNodeParameter('returnAll', itemIndex, false));
	if (!returnAll.ok) return returnAll;
	if (returnAll.value) return ok(Infinity);
	return readWhole('limit', 'Limit', context.getNodeParameter('limit', itemIndex, 50), 1);
}

/** The name of the field that holds a file in the output item. */
export function readFieldName(context: IExecuteFunctions, itemIndex: number): Result<string> {
	const name = readText(
		'binaryPropertyName',
		'Put Output File in Field',
		context.getNodeParameter('binaryPropertyName', itemIndex, 'data'),
	);
	if (!name.ok || name.value !== '') return name;
	return invalid('binaryPropertyName', 'Put Output File in Field is empty', 'Enter a name such as data.');
}

/** All values, or the first that cannot be used. */
export function allValid<T extends object>(results: { readonly [K in keyof T]: Result<T[K]> }): Result<T> {
	const values: Partial<T> = {};
	for (const key in results) {
		const result = results[key];
		if (!result.ok) return result;
		values[key] = result.value;
	}
	return ok(values as T);
}
