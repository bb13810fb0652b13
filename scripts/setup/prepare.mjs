import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exclusive } from './exclusive.mjs';
import { installLocked, isInstalled, npm } from './npm.mjs';
import { cacheFolder, root } from './paths.mjs';
import { step } from './progress.mjs';

const buildStamp = join(cacheFolder, 'built-from');
/** What the tarball is made of. */
const sources = [
	'core',
	'credentials',
	'nodes',
	'gulpfile.js',
	'index.js',
	'LICENSE',
	'package.json',
	'README.md',
	'tsconfig.json',
];

/** Installs what the lock file of this repository says; quick when that is done already. */
export async function installDependencies() {
	await exclusive(join(cacheFolder, 'install.lock'), async () => {
		if (isInstalled(root)) return;
		const purpose = 'Installing the packages of this repository (about a minute, once)';
		await step(purpose, (update) => installLocked(root, { purpose, needsGiB: 2, update }));
	});
}

/**
 * Builds and packs the node as it would be published; quick when nothing changed since the last time.
 *
 * @returns {Promise<string>} the tarball
 */
export async function buildTarball() {
	return await exclusive(join(cacheFolder, 'build.lock'), async () => {
		const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
		const tarball = join(cacheFolder, `${name}-${version}.tgz`);
		const digest = await digestOfSources();
		const builtFrom = await readFile(buildStamp, 'utf8').catch(() => '');
		if (builtFrom === digest && existsSync(tarball) && existsSync(join(root, 'dist'))) return tarball;
		await rm(buildStamp, { force: true });
		await step('Building the node', () =>
			npm(['run', '--silent', 'build'], { cwd: root, purpose: 'Building the node' }),
		);
		await step('Packing it as for the registry', () => pack());
		await writeFile(buildStamp, digest);
		return tarball;
	});
}

async function pack() {
	await mkdir(cacheFolder, { recursive: true });
	await npm(['pack', '--ignore-scripts', '--pack-destination', cacheFolder], {
		cwd: root,
		purpose: 'Packing the node',
	});
}

async function digestOfSources() {
	const digest = createHash('sha256');
	for (const source of sources) {
		for (const file of (await filesBelow(join(root, source))).sort()) digest.update(file).update(await readFile(file));
	}
	return digest.digest('hex');
}

/** @param {string} path @returns {Promise<string[]>} the path itself where it is a file, nothing where it is missing */
async function filesBelow(path) {
	if (!existsSync(path)) return [];
	const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
	if (!entries) return [path];
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
