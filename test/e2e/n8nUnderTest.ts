/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addNode } from '../../scripts/n8n/addNode.mjs';
import { N8nClient } from '../../scripts/n8n/client.mjs';
import { readExecution, type ReadExecution } from '../../scripts/n8n/execution.mjs';
import { installN8n, type N8nInstall, type N8nVersion } from '../../scripts/n8n/install.mjs';
import { startN8n, type RunningN8n } from '../../scripts/n8n/process.mjs';
import { manualTrigger } from '../../scripts/n8n/workflows.mjs';
import { buildTarball } from '../../scripts/setup/prepare.mjs';

export interface N8nUnderTest {
	client: N8nClient;
	install: N8nInstall;
	n8n: RunningN8n;
	/** Where its workflows may write files. */
	filesFolder: string;
	/** Ends it and removes all that it wrote. */
	remove(): Promise<void>;
}

/** A line for whoever waits: jest itself is silent until a file is done. */
export function tell(line: string): void {
	process.stderr.write(`    ${line}\n`);
}

/** Runs a workflow as its button does and waits for its end; an execution that did not succeed rejects with what n8n says. */
export async function runToEnd({ client, install }: N8nUnderTest, workflowId: string): Promise<ReadExecution> {
	const id = await client.runWorkflow(workflowId, manualTrigger.name);
	const execution = readExecution(install, await client.waitForExecution(id, { withinMs: 300_000 }));
	if (execution.status === 'success') return execution;
	const { message = '', description = '' } = execution.failure ?? {};
	throw new Error(`The execution ended as ${execution.status}: ${message} ${description}`);
}

/**
 * A fresh n8n with the packed node in it, signed in.
 *
 * @param env further settings of n8n
 */
export async function n8nUnderTest(version: N8nVersion, env: Record<string, string> = {}): Promise<N8nUnderTest> {
	const folder = await mkdtemp(join(tmpdir(), `n8n-${version}-`));
	const filesFolder = join(folder, 'files');
	await mkdir(filesFolder);
	const install = await installN8n(version);
	const userFolder = join(folder, 'user');
	await addNode(userFolder, await buildTarball());
	const n8n = await startN8n({ install, userFolder, filesFolders: [filesFolder], env });
	tell(`n8n ${version} is up`);
	const remove = async () => {
		await n8n.stop();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	const client = new N8nClient(n8n.url);
	const signedIn = client.signIn({ email: 'owner@example.com', password: 'Wolkvox-0000' });
	await signedIn.catch(async (failure: Error) => {
		await remove();
		return await Promise.reject(failure);
	});
	return { client, install, n8n, filesFolder, remove };
}
