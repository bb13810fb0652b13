import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Where n8n lives, with its users, files and databases; ignored by git, safe to delete. */
export const n8nHome = join(root, '.n8n-home');
/** Tarballs, stamps and test totals; ignored by git, safe to delete. */
export const cacheFolder = join(root, '.cache');
