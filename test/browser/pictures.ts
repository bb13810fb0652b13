/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../../scripts/setup/paths.mjs';

const aside = join(root, '.cache', 'pictures');

/** Where the pictures of README and docs go: with the others, or where PICTURES says. */
export const publishedFolder = resolve(root, process.env.PICTURES ?? aside);

/** The file of a picture to look at; with `publishedFolder`, of one that README or docs show. */
export function picture(name: string, folder = aside): string {
	mkdirSync(folder, { recursive: true });
	return join(folder, `${name}.png`);
}
