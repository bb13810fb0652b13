import { type Result, invalid, ok, shown } from '../../../core/failures';

export const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Yes or no; the words true and false are taken too, since expressions often give text. Nothing given is no. */
export function readBoolean(parameter: string, name: string, value: unknown): Result<boolean> {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (isMissing(word)) return ok(false);
	if (word === true || word === 'true') return ok(true);
	if (word === false || word === 'false') return ok(false);
	return invalid(
		parameter,
		`${name} is neither true nor false: “${shown(value)}”`,
		'Switch it on or off, or give an expression that is true or false.',
	);
}

/** Text, digits included; nothing given is empty. */
export function readText(parameter: string, name: string, value: unknown): Result<string> {
	if (isMissing(value)) return ok('');
	if (typeof value === 'string' || typeof value === 'number') return ok(String(value).trim());
	return invalid(parameter, `${name} is not text: “${shown(value)}”`, 'Enter text, or an expression that gives text.');
}

/** A whole number within bounds; digits as text are taken too, since expressions often give text. */
export function readWhole(
	parameter: string,
	name: string,
	value: unknown,
	least: number,
	most = Infinity,
): Result<number> {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return ok(number);
	const bounds = most === Infinity ? `from ${least} upwards` : `from ${least} to ${most}`;
	return invalid(
		parameter,
		`${name} is not a whole number ${bounds}: “${shown(value)}”`,
		`Enter a whole number ${bounds}.`,
	);
}

/** One of the values that can be chosen. */
export function readChoice<T extends string>(
	parameter: string,
	name: string,
	value: unknown,
	choices: readonly T[],
): Result<T> {
	const chosen = choices.find((choice) => choice === value);
	if (chosen !== undefined) return ok(chosen);
	return invalid(
		parameter,
		`${name} is not one that can be chosen: “${shown(value)}”`,
		`Choose one of ${choices.map((choice) => `“${choice}”`).join(', ')}.`,
	);
}

/** A list as it is, or as text: with commas, or as the JSON that a language model writes. */
export function listOf(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	const text = String(value ?? '')
		.trim()
		.replace(/^\[(.*)\]$/s, '$1');
	return text
		.split(/[,\n]/)
		.map((one) => one.trim().replace(/^"(.*)"$/, '$1'))
		.filter((one) => one !== '');
}

/** Any of the values that can be chosen, each once, in the order of the choices. */
export function readChoices<T extends string>(
	parameter: string,
	name: string,
	value: unknown,
	choices: readonly T[],
): Result<T[]> {
	const given = listOf(value);
	for (const one of given) {
		const chosen = readChoice(parameter, name, one, choices);
		if (!chosen.ok) return chosen;
	}
	return ok(choices.filter((choice) => given.includes(choice)));
}
