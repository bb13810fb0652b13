/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../scripts/setup/ports.mjs';

export interface Postgres {
	port: number;
	/** Rows of a query, each an array of its texts; null is `''`. */
	query(sql: string): Promise<string[][]>;
	stop(): Promise<void>;
}

const run = promisify(execFile);
const debian = '/usr/lib/postgresql';

/** Where the server's programs are: Debian keeps them beside the path, by version. */
function programs(): string {
	const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
	return versions[0] ? join(debian, versions[0], 'bin') : '';
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package makes. */
async function serverUser(): Promise<{ uid?: number; gid?: number }> {
	if (process.getuid?.() !== 0) return {};
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
	);
	return { uid, gid };
}

/** A PostgreSQL server of its own, empty, that trusts whoever reaches this machine's loopback address. */
export async function startPostgres(): Promise<Postgres> {
	const folder = await mkdtemp(join(tmpdir(), 'amd-postgres-'));
	const user = await serverUser();
	if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	await run(join(programs(), 'initdb'), ['-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync', '-D', data], {
		...user,
		cwd: folder,
	});
	const port = await freePort();
	const pgCtl = async (...parameters: string[]) =>
		await run(join(programs(), 'pg_ctl'), ['-D', data, '-w', ...parameters], { ...user, cwd: folder });
	await pgCtl('start', '-l', join(folder, 'log'), '-o', `-p ${port} -h 127.0.0.1 -k ${folder} -F`);
	const query = async (sql: string) => {
		const { stdout } = await run(
			'psql',
			['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-At', '-F', '\u001f', '-R', '\u001e', '-c', sql],
			{ maxBuffer: 256 * 1024 * 1024 },
		);
		const text = stdout.replace(/\n$/, '');
		return text === '' ? [] : text.split('\u001e').map((row) => row.split('\u001f'));
	};
	const stop = async () => {
		await pgCtl('stop', '-m', 'fast');
		await rm(folder, { recursive: true, force: true });
	};
	return { port, query, stop };
}
