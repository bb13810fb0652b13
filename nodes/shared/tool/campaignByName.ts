import { campaignNumberOf } from '../../../core/api/record';
import { type Result, invalid, ok, shown } from '../../../core/failures';
import { campaignsIn } from '../form/parameters';
import { folded, isNothing } from './asWritten';

/** Candidates that are told of many. */
const TOLD = 15;

/** Whether campaigns are given by their numbers, and need not be looked for. */
export function isNumbered(value: unknown): boolean {
	const named = campaignsIn(value);
	return named.length > 0 && named.every((one) => /^\d+$/.test(one));
}

const EVERY = [
	'all',
	'any',
	'every',
	'all campaigns',
	'any campaign',
	'every campaign',
	'todas las campañas',
	'cualquiera',
];
const FOLDED_EVERY = new Set(EVERY.map(folded));

/** All of them, in the words of models and people; nothing given is all. */
export const isEvery = (value: unknown): boolean => isNothing(value) || FOLDED_EVERY.has(folded(value));

/** The number of the one campaign that a text names, or what it could have meant. */
export function campaignNamed(text: unknown, names: ReadonlyMap<string, string>): Result<string> {
	const wanted = folded(text);
	const number = campaignNumberOf(String(text));
	if (names.has(number)) return ok(number);
	const all = [...names];
	const exact = all.filter(([, name]) => folded(name) === wanted);
	const near = exact.length > 0 ? exact : all.filter(([, name]) => folded(name).includes(wanted));
	if (near.length === 1) return ok(near[0][0]);
	const told = near.length > 0 ? near : all;
	const listed = told.slice(0, TOLD).map(([id, name]) => `${id} ${name}`.trim());
	return invalid(
		'campaign',
		near.length > 0 ? `Several campaigns are called like “${shown(text)}”` : `No campaign is called “${shown(text)}”`,
		`Give the number of one of: ${listed.join('; ')}${told.length > TOLD ? `; and ${told.length - TOLD} more` : ''}. Or all.`,
	);
}
