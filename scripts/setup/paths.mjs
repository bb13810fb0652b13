import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Installations of n8n, unless they are shared between clones; ignored by git, safe to delete. */
export const installsFolder = join(root, '.n8n-home', 'installs');
/** What `npm start` keeps: its database, files and log; ignored by git, safe to delete. N8N_HOME_FOLDER names another place. */
export const n8nHome = process.env.N8N_HOME_FOLDER ?? join(root, '.n8n-home');
/** Tarballs, stamps and test totals; ignored by git, safe to delete. */
export const cacheFolder = join(root, '.cache');
