/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, readdirSync } from 'node:fs';
import { join, normalize, dirname, relative } from 'node:path';

const root = join(__dirname, '..');

const filesIn = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => normalize(join(folder, name)));

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const linesOf = (file: string): string[] => textOf(file).split('\n');

/** Every import of the sources under these folders, as `[file, what it imports]`, relative ones resolved from the root. */
function importsOf(...folders: string[]): Array<[file: string, imported: string]> {
	const statement = /^(?:import|export) [^;]*?from '([^']+)'|\b(?:import|require)\('([^']+)'\)|^import '([^']+)'/gm;
	return folders
		.flatMap(filesIn)
		.flatMap((file) =>
			[...textOf(file).matchAll(statement)].map(([, ...found]): [string, string] => [
				file,
				resolved(file, found.find(Boolean)!),
			]),
		);
}

const resolved = (file: string, imported: string): string =>
	imported.startsWith('.') ? relative(root, join(root, dirname(file), imported)) : imported;

const core = importsOf('core');
const doors = importsOf('nodes', 'credentials');
const sources = ['core', 'nodes', 'credentials'].flatMap(filesIn);

/** The rooms of the core, and which others each may import: the arrows of `core/README.md`. */
const ROOMS: Record<string, readonly string[]> = {
	failures: [],
	limits: [],
	time: ['failures', 'limits'],
	messages: ['failures', 'limits', 'time'],
	api: ['failures', 'limits', 'time'],
	planning: ['failures', 'limits', 'time'],
	reading: ['failures', 'limits', 'time', 'api', 'planning'],
	extraction: ['failures', 'limits', 'time', 'api', 'planning', 'reading'],
	diagnosis: ['failures', 'limits', 'time', 'api'],
	trigger: ['failures', 'limits', 'time', 'api', 'planning', 'reading', 'extraction'],
	country: ['failures', 'limits', 'time'],
	analysis: ['failures', 'limits', 'time', 'country', 'api'],
	export: ['failures', 'limits', 'time', 'country'],
};
/** What `analysis` may know of the API: what a record is. */
const RECORD = 'core/api/record';

const roomOf = (path: string): string => path.split('/')[1].replace(/\.ts$/, '');

it('looks at what is there', () => {
	expect(core.length).toBeGreaterThan(50);
	expect(doors.length).toBeGreaterThan(30);
});

it('gives every file of the core a room, and lets rooms import only what lies below them', () => {
	const strangers = filesIn('core').filter((file) => !(roomOf(file) in ROOMS));
	const upward = core
		.filter(([, imported]) => imported.startsWith('core/'))
		.filter(
			([file, imported]) => roomOf(file) !== roomOf(imported) && !ROOMS[roomOf(file)]?.includes(roomOf(imported)),
		);
	const nosy = core.filter(
		([file, imported]) => roomOf(file) === 'analysis' && imported.startsWith('core/api/') && imported !== RECORD,
	);
	expect({ strangers, upward, nosy }).toEqual({ strangers: [], upward: [], nosy: [] });
});

it('has no circle of imports', () => {
	const arrows = new Map<string, string[]>();
	for (const [file, imported] of [...core, ...doors]) {
		const from = file.replace(/\.ts$/, '');
		arrows.set(from, [...(arrows.get(from) ?? []), imported]);
	}
	const done = new Set<string>();
	const circles: string[] = [];
	const walk = (file: string, path: readonly string[]): void => {
		if (path.includes(file)) return void circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
		if (done.has(file)) return;
		for (const next of arrows.get(file) ?? []) walk(next, [...path, file]);
		done.add(file);
	};
	for (const file of arrows.keys()) walk(file, []);
	expect(circles).toEqual([]);
});

it('lets the core import nothing but itself, crypto, and luxon in its one place', () => {
	const foreign = core.filter(([, imported]) => !imported.startsWith('core/') && imported !== 'crypto');
	expect(foreign).toEqual([['core/time/wallClock.ts', 'luxon']]);
});

it('lets the doors import the core, n8n and each other alone', () => {
	const foreign = doors.filter(
		([, imported]) => !/^(core|nodes|credentials)\//.test(imported) && imported !== 'n8n-workflow',
	);
	expect(foreign).toEqual([]);
});

it('keeps the credential apart from the nodes', () => {
	const arrows = doors.filter(([file, imported]) => file.startsWith('credentials/') && imported.startsWith('nodes/'));
	expect(arrows).toEqual([]);
});

it('has at most twelve files in a folder', () => {
	const counts = new Map<string, number>();
	for (const file of sources) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
	expect([...counts].filter(([, files]) => files > 12)).toEqual([]);
});

it('has no file over 250 lines, and a median of 80 at most', () => {
	const sizes = sources.map((file): [number, string] => [linesOf(file).length - 1, file]).sort(([a], [b]) => a - b);
	expect(sizes.filter(([lines]) => lines > 250)).toEqual([]);
	expect(sizes[Math.floor(sizes.length / 2)][0]).toBeLessThanOrEqual(80);
});

it('has no line over 140 characters', () => {
	const long = sources.flatMap((file) =>
		linesOf(file).flatMap((line, index) => (line.length > 140 ? [`${file}:${index + 1}`] : [])),
	);
	expect(long).toEqual([]);
});

it('exports from the core what another file needs, and few names per 1,000 lines', () => {
	const exported =
		/^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;
	const files = filesIn('core');
	const names = files.flatMap((file) => [...textOf(file).matchAll(exported)].map(([, name]) => ({ file, name })));
	const everything = ['core', 'nodes', 'credentials', 'test', 'scripts'].flatMap(filesIn);
	const words = new Map(everything.map((file) => [file, new Set(textOf(file).match(/\w+/g))]));
	const unused = names.filter(
		({ file, name }) => ![...words].some(([other, used]) => other !== file && used.has(name)),
	);
	const lines = files.reduce((sum, file) => sum + linesOf(file).length, 0);
	expect(unused).toEqual([]);
	expect((names.length * 1_000) / lines).toBeLessThanOrEqual(42);
});
