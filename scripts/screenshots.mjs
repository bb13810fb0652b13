import './setup/nodeVersion.mjs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser/open.mjs';
import { photograph } from './browser/photograph.mjs';
import { addNode } from './n8n/addNode.mjs';
import { N8nClient } from './n8n/client.mjs';
import { currentVersion, installN8n } from './n8n/install.mjs';
import { startN8n } from './n8n/process.mjs';
import { atEnd, runCommand } from './setup/command.mjs';
import { root } from './setup/paths.mjs';
import { buildTarball, installDependencies } from './setup/prepare.mjs';
import { step } from './setup/progress.mjs';
import { simulatedOperation } from './start/operation.mjs';
import { readyWorkflow } from './start/readyWorkflow.mjs';

// The pictures of README and docs, taken from a real n8n: `node scripts/screenshots.mjs [folder]`.
await runCommand(async () => {
	await installDependencies();
	const tarball = await buildTarball();
	const install = await installN8n(currentVersion);
	const source = await simulatedOperation();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-pictures-'));
	atEnd(() => rm(userFolder, { recursive: true, force: true, maxRetries: 5 }));
	await addNode(userFolder, tarball);
	const filesFolder = join(userFolder, 'files');
	const n8n = await step(`Starting n8n ${install.version}`, () =>
		startN8n({ install, userFolder, filesFolders: [filesFolder] }),
	);
	atEnd(n8n.stop);
	const client = new N8nClient(n8n.url);
	await client.signIn({ email: 'owner@example.com', password: 'Wolkvox-0000' });
	const ready = await readyWorkflow({ client, source, filesFolder });
	const { page } = await openBrowser(client);
	await step('Taking the pictures', () =>
		photograph(page, { url: n8n.url, workflowId: ready.id, folder: process.argv[2] ?? join(root, 'docs', 'images') }),
	);
});
