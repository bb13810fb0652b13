/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, readdirSync } from 'node:fs';
import { join, normalize, dirname, relative } from 'node:path';

const root = join(__dirname, '..');

/** Every import of the sources under these folders, as `[file, what it imports]`, relative ones resolved from the root. */
function importsOf(...folders: string[]): Array<[file: string, imported: string]> {
	return folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.flatMap((name) => {
				const file = normalize(join(folder, name));
				const text = readFileSync(join(root, file), 'utf8');
				return [
					...text.matchAll(
						/^(?:import|export) [^;]*?from '([^']+)'|\b(?:import|require)\('([^']+)'\)|^import '([^']+)'/gm,
					),
				].map(([, ...found]): [string, string] => [file, resolved(file, found.find(Boolean)!)]);
			}),
	);
}

const resolved = (file: string, imported: string): string =>
	imported.startsWith('.') ? relative(root, join(root, dirname(file), imported)) : imported;

const core = importsOf('core');
const doors = importsOf('nodes', 'credentials');

it('looks at what is there', () => {
	expect(core.length).toBeGreaterThan(50);
	expect(doors.length).toBeGreaterThan(30);
});

it('lets the core import nothing but itself, crypto, and luxon in its one place', () => {
	const foreign = core.filter(([, imported]) => !imported.startsWith('core/') && imported !== 'crypto');
	expect(foreign).toEqual([['core/wallClock.ts', 'luxon']]);
});

it('lets the doors import the core, n8n and each other alone', () => {
	expect(
		doors.filter(([, imported]) => !/^(core|nodes|credentials)\//.test(imported) && imported !== 'n8n-workflow'),
	).toEqual([]);
});

it('keeps the credential apart from the nodes', () => {
	expect(doors.filter(([file, imported]) => file.startsWith('credentials/') && imported.startsWith('nodes/'))).toEqual(
		[],
	);
});

it('keeps extraction and analysis apart but for the record', () => {
	const shared = /^core\/(record|wallClock|window|limits|outcome)$/;
	const analysis = core.filter(
		([file, imported]) =>
			file.startsWith('core/analysis/') &&
			!imported.startsWith('core/analysis/') &&
			!shared.test(imported) &&
			imported !== 'crypto',
	);
	const extraction = core.filter(
		([file, imported]) => !file.startsWith('core/analysis/') && imported.startsWith('core/analysis/'),
	);
	expect({ analysis, extraction }).toEqual({ analysis: [], extraction: [] });
});

it('has no file over 250 lines, and a median of 80 at most', () => {
	const sizes = ['core', 'nodes', 'credentials']
		.flatMap((folder) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('.ts'))
				.map((name) => join(folder, name)),
		)
		.map((file): [number, string] => [readFileSync(join(root, file), 'utf8').split('\n').length - 1, file])
		.sort(([a], [b]) => a - b);
	expect(sizes.filter(([lines]) => lines > 250)).toEqual([]);
	expect(sizes[Math.floor(sizes.length / 2)][0]).toBeLessThanOrEqual(80);
});
