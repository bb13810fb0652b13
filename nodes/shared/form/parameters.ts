import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { type DateRange, readDateRange } from '../../../core/time/dateRange';
import { apiLimits } from '../../../core/limits';
import { type Result, invalid, ok, shown } from '../../../core/failures';
import { listOf, readBoolean, readChoice, readText, readWhole } from './values';

/** Which records an operation reads, and how. */
export interface Source {
	/** A campaign's number, several with commas in their order, or `all`. */
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

/**
 * A campaign's number, `all`, or several numbers with commas: however they stood and however often each was named, they are
 * the same question. `all` among them is all.
 */
export function readCampaign(value: unknown): Result<string> {
	const named = campaignsIn(value);
	const wrong = named.find((one) => !/^(\d+|all)$/i.test(one));
	if (named.length > 0 && wrong === undefined) {
		if (named.some((one) => /^all$/i.test(one))) return ok('all');
		return ok([...new Set(named)].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1)).join(','));
	}
	const told = named.length > 1 ? wrong : value;
	const message =
		named.length === 0 ? 'Campaign is empty' : `Campaign is not the number of a campaign: “${shown(told)}”`;
	return invalid(
		'campaign',
		message,
		'Choose one from the list, or enter its number, such as 22109, several with commas, such as 22109, 22110, or all.',
	);
}

/** What is named: with commas, semicolons or blanks between numbers, as a list, or as the text of one. */
export function campaignsIn(value: unknown): string[] {
	return listOf(typeof value === 'string' ? value.replace(/;/g, ',').replace(/(\d)[^\S\n]+(?=\d)/g, '$1,') : value)
		.map((one) => (typeof one === 'object' && one !== null ? shown(one) : String(one ?? '').trim()))
		.filter((one) => one !== '');
}

/** The same for a person to read, and for a name of a file. */
export const campaignsShown = (campaign: string): string => campaign.split(',').join(', ');
export const campaignsInName = (campaign: string): string => {
	const numbers = campaign.split(',');
	return numbers.length > CAMPAIGNS_IN_NAME ? `${numbers.length}-campaigns` : numbers.join('-');
};

const CAMPAIGNS_IN_NAME = 5;

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
