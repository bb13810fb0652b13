import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PlainFailure } from './plainFailure.mjs';
import { run, unreachable } from './run.mjs';

/**
 * Runs npm, the one that started us where there is one: on Windows `npm` alone can't be spawned.
 *
 * @param {string[]} parameters
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, purpose: string }} settings
 */
export async function npm(parameters, settings) {
	const cli = process.env.npm_execpath;
	// `npm --silent start` would hand its silence on, and with it the reason of whatever goes wrong.
	const audible = { ...settings, env: { ...(settings.env ?? process.env), npm_config_loglevel: 'error' } };
	if (cli && /npm-cli\.c?js$/.test(cli)) return await run(process.execPath, [cli, ...parameters], audible);
	return await run('npm', parameters, audible);
}

/**
 * Installs what a folder's lock file says, without running any package's script.
 *
 * @param {string} folder with package.json and package-lock.json
 * @param {{ purpose: string, needsGiB: number, update: (detail: string) => void }} settings
 */
export async function installLocked(folder, { purpose, needsGiB, update }) {
	const { bavail, bsize } = await statfs(folder);
	const freeGiB = (bavail * bsize) / 1024 ** 3;
	if (freeGiB < needsGiB) {
		throw new PlainFailure(
			`${purpose} needs about ${needsGiB} GB of free disk, and ${folder} has ` +
				`${freeGiB.toFixed(1)} GB. Free some space and run the same command again.`,
		);
	}
	// Without this, npm tries for minutes before it says that there is no network. A registry need not know `ping`.
	await npm(['ping', '--fetch-retries=0'], { cwd: folder, purpose }).catch((failure) =>
		String(failure).includes(unreachable) ? Promise.reject(failure) : undefined,
	);
	const wanted = Object.entries(lockedPackages(join(folder, 'package-lock.json')))
		.filter(([, { os, cpu }]) => fits(os, process.platform) && fits(cpu, process.arch))
		.map(([path]) => path);
	const count = () => {
		const present = wanted.filter((path) => existsSync(join(folder, path, 'package.json'))).length;
		update(`${present} of ${wanted.length} packages`);
	};
	const counter = setInterval(count, 5_000);
	try {
		await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, purpose });
	} finally {
		clearInterval(counter);
	}
}

/**
 * Whether `node_modules` holds exactly the versions of the lock file. Packages for other platforms may be absent.
 *
 * @param {string} folder
 */
export function isInstalled(folder) {
	const hidden = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(hidden)) return false;
	const installed = lockedPackages(hidden);
	return Object.entries(lockedPackages(join(folder, 'package-lock.json'))).every(([path, { version, optional }]) =>
		installed[path] ? installed[path].version === version : optional,
	);
}

/** @param {string | string[] | undefined} allowed as in a lock file, where `!name` excludes @param {string} actual */
function fits(allowed, actual) {
	if (!allowed) return true;
	const names = [allowed].flat();
	return names.includes(actual) || (names.every((name) => name.startsWith('!')) && !names.includes(`!${actual}`));
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, os?: string | string[], cpu?: string |
 * string[] }>} by path, the project itself left out
 */
function lockedPackages(file) {
	const { '': _project, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages;
	return packages;
}

/** The folder of C headers that belongs to a Node binary, so that native code builds without a download. @param {string} nodeBinary */
export function headersOf(nodeBinary) {
	const prefix = dirname(dirname(nodeBinary));
	return existsSync(join(prefix, 'include', 'node', 'node_version.h')) ? prefix : undefined;
}
