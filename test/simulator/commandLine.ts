import { defaultOptions } from './defaults';
import type { Shape, SimulatorOptions } from './options';

const shapes: Shape[] = ['callCentre', 'bursty', 'flat', 'step', 'sparse'];

/** Options from `--rows-per-day 14000`-like arguments, or a line that says what is wrong with them. */
export function optionsFrom(words: string[]): Partial<SimulatorOptions> | string {
	const defaults: Partial<Record<string, unknown>> = { ...defaultOptions() };
	const options: Record<string, unknown> = {};
	for (let i = 0; i < words.length; i++) {
		const [flag, inline] = words[i].split('=', 2);
		const name = flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
		if (!flag.startsWith('--') || !(name in defaults) || typeof defaults[name] === 'function')
			return `Unknown argument ${words[i]}. --help tells what each does. Known: ${known(defaults)}`;
		const text = inline ?? words[++i];
		const value = parse(defaults[name], text);
		if (value === undefined) return `${flag} cannot be ${text}.`;
		if (name === 'shape' && !shapes.some((shape) => shape === value)) return `--shape is one of ${shapes.join(', ')}.`;
		options[name] = value;
	}
	return options;
}

/** In the type of the default; dates, null by default, come as text. */
function parse(like: unknown, text: string | undefined): unknown {
	if (text === undefined) return undefined;
	if (typeof like === 'string') return text;
	if (typeof like === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
	if (typeof like === 'number') return Number.isNaN(Number(text)) || text.trim() === '' ? undefined : Number(text);
	if (like === null && /^\d{4}-/.test(text)) return text;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function known(defaults: Partial<Record<string, unknown>>): string {
	const names = Object.keys(defaults).filter((name) => typeof defaults[name] !== 'function');
	return names.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`).join(' ');
}
