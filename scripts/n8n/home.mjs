import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The owner of an n8n, kept beside its database: made on the first start, the same ever after.
 *
 * @param {string} userFolder
 * @returns {Promise<import('./client.mjs').Owner>}
 */
export async function ownerOf(userFolder) {
	const file = join(userFolder, 'owner.json');
	const known = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
	if (known) return known;
	const owner = { email: 'owner@example.com', password: `Wolkvox-${randomBytes(6).toString('hex')}` };
	await mkdir(userFolder, { recursive: true });
	await writeFile(file, JSON.stringify(owner), { mode: 0o600 });
	return owner;
}
