/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { packTarball } from './packTarball.cjs';

const root = join(__dirname, '..');
/** A build of its own: the checkout's may be under way, or old. */
const folder = mkdtempSync(join(tmpdir(), 'package-'));
let packed: string[];

beforeAll(() => {
	for (const name of [
		'core',
		'nodes',
		'credentials',
		'package.json',
		'tsconfig.json',
		'gulpfile.js',
		'index.js',
		'README.md',
		'LICENSE',
	]) {
		if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
	}
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	packed = packTarball(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sources = (name: string): string[] =>
	readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file));

it('holds the compiled sources, their icons, codex files and schemas, and nothing else', () => {
	const all = ['core', 'nodes', 'credentials'].flatMap(sources);
	const compiled = all.filter((file) => file.endsWith('.ts')).map((file) => file.replace(/\.ts$/, '.js'));
	const copied = all.filter((file) => /\.(svg|png|json)$/.test(file));
	expect(packed).toEqual(
		[
			'LICENSE',
			'README.md',
			'index.js',
			'package.json',
			...[...compiled, ...copied].map((file) => `dist/${file}`),
		].sort(),
	);
});

it('has every file that package.json and the descriptions point to, and each node loads', () => {
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	expect(packed).toEqual(expect.arrayContaining([...n8n.nodes, ...n8n.credentials]));
	for (const path of n8n.nodes) {
		const name = path.split('/').at(-1)!.replace('.node.js', '');
		const { [name]: Node } = jest.requireActual<Record<string, new () => INodeType>>(join(folder, path));
		const { icon, displayName } = new Node().description;
		expect(displayName).toMatch(/^Wolkvox AMD/);
		expect(icon).toEqual({ light: expect.stringMatching(/^file:/), dark: expect.stringMatching(/^file:/) });
		if (typeof icon !== 'object') continue;
		for (const file of Object.values(icon)) expect(packed).toContain(join(path, '..', file.replace('file:', '')));
		expect(packed).toContain(path.replace(/\.js$/, '.json'));
	}
});
