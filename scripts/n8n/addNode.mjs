import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';

/**
 * Puts a packed node where n8n keeps its community nodes, so that it loads under its real name;
 * takes effect at the next start of that n8n.
 *
 * @param {string} userFolder
 * @param {string} tarball
 */
export async function addNode(userFolder, tarball) {
	const { name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	await unpack(tarball, join(userFolder, '.n8n', 'nodes', 'node_modules', name));
}

/**
 * Unpacks a package's tarball into a folder that holds nothing else afterwards.
 *
 * @param {string} tarball
 * @param {string} folder
 */
export async function unpack(tarball, folder) {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], { purpose: 'Unpacking the node' });
}
