/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addNode } from '../../../scripts/n8n/addNode.mjs';
import { N8nClient } from '../../../scripts/n8n/client.mjs';
import { inheritedEnvironment, quietEnvironment } from '../../../scripts/n8n/environment.mjs';
import { currentVersion, installN8n, type N8nInstall } from '../../../scripts/n8n/install.mjs';
import { startN8n, type RunningN8n } from '../../../scripts/n8n/process.mjs';
import { buildTarball } from '../../../scripts/setup/prepare.mjs';
import { freePort } from '../../../scripts/setup/ports.mjs';

/** What makes n8n keep polls and their cursors in its database. */
export const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

const owner = { email: 'owner@example.com', password: 'Wolkvox-0000' };

/** An n8n that is killed and started again on what it has saved. */
export class MortalN8n {
	kills = 0;
	private constructor(
		readonly client: N8nClient,
		private readonly settings: { install: N8nInstall; folder: string; port: number; env: Record<string, string> },
		public running: RunningN8n,
	) {}

	static async start(env: Record<string, string>): Promise<MortalN8n> {
		const folder = await mkdtemp(join(tmpdir(), 'mortal-n8n-'));
		const install = await installN8n(currentVersion);
		await addNode(folder, await buildTarball());
		const settings = { install, folder, port: await freePort(), env };
		const running = await startN8n({ install, userFolder: folder, port: settings.port, env });
		const client = new N8nClient(running.url);
		await client.signIn(owner);
		return new MortalN8n(client, settings, running);
	}

	/** Ends it with SIGKILL. */
	async kill(): Promise<void> {
		await this.running.kill();
		this.kills++;
	}

	/** Starts it again; once more where SQLite had not got over the kill. */
	async rise(): Promise<void> {
		const { install, folder, port, env } = this.settings;
		const start = () => startN8n({ install, userFolder: folder, port, env });
		this.running = await start().catch(start);
	}

	get install(): N8nInstall {
		return this.settings.install;
	}

	/** Its database, a file of SQLite. */
	get database(): string {
		return join(this.settings.folder, '.n8n', 'database.sqlite');
	}

	/** Runs a command of n8n beside it, such as import:workflow. */
	async command(...words: string[]): Promise<void> {
		const { install, folder, env } = this.settings;
		const quiet = quietEnvironment({
			port: await freePort(),
			brokerPort: await freePort(),
			userFolder: folder,
			filesFolders: [],
		});
		await promisify(execFile)(install.nodeBinary, [install.startFile, ...words], {
			cwd: folder,
			env: { ...inheritedEnvironment(), ...quiet, ...env },
		});
	}

	/** Bytes of memory that its process has needed at most. */
	async peakBytes(readStatus: (pid: number) => Promise<string>): Promise<number> {
		const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(await readStatus(this.running.pid)) ?? [];
		return Number(kilobytes) * 1_024;
	}

	async remove(): Promise<void> {
		await this.running.stop();
		await rm(this.settings.folder, { recursive: true, force: true, maxRetries: 5 });
	}
}
