import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addNode } from '../n8n/addNode.mjs';
import { N8nClient } from '../n8n/client.mjs';
import { ownerOf } from '../n8n/home.mjs';
import { currentVersion, installN8n } from '../n8n/install.mjs';
import { startN8n } from '../n8n/process.mjs';
import { atEnd } from '../setup/command.mjs';
import { exclusive } from '../setup/exclusive.mjs';
import { n8nHome } from '../setup/paths.mjs';
import { PlainFailure } from '../setup/plainFailure.mjs';
import { tryPort } from '../setup/ports.mjs';
import { buildTarball, installDependencies } from '../setup/prepare.mjs';
import { step } from '../setup/progress.mjs';
import { simulatedOperation } from './operation.mjs';
import { readyWorkflow } from './readyWorkflow.mjs';
import { show } from './show.mjs';

const usualPort = 5678;
const portsTried = 20;

/**
 * `npm start`: sets everything up, runs the ready workflow once and shows what came.
 *
 * @param {{ once: boolean, port?: number, operation?: { server: string, token: string } }} wishes
 *   the simulator where no operation is given
 * @returns {Promise<number>} the exit code: 1 when the run did not give what it should
 */
export async function demonstrate({ once, port, operation }) {
	const listenPort = await portFor(port);
	await installDependencies();
	const tarball = await buildTarball();
	const install = await installN8n(currentVersion);
	const userFolder = join(n8nHome, 'user');
	const refuse = (/** @type {number} */ owner) =>
		Promise.reject(
			new PlainFailure(
				`The n8n of this checkout runs already (process ${owner}). End that one first, with Ctrl-C where it was started.`,
			),
		);
	return await exclusive(
		join(n8nHome, 'user.lock'),
		async () => {
			const source = operation ?? (await simulatedOperation());
			await addNode(userFolder, tarball);
			const filesFolder = join(n8nHome, 'files');
			const logFile = join(n8nHome, 'n8n.log');
			await rm(logFile, { force: true });
			const n8n = await step(`Starting n8n ${install.version}`, () =>
				startN8n({ install, userFolder, port: listenPort, filesFolders: [filesFolder], logFile }),
			);
			atEnd(n8n.stop);
			const owner = await ownerOf(userFolder);
			const client = new N8nClient(n8n.url);
			await client.signIn(owner);
			const ready = await readyWorkflow({ client, source, filesFolder });
			const good = await show({ client, install, ready, source });
			console.log(
				[
					'',
					`  Wolkvox  ${source.server}${operation ? '' : ' (the simulator)'}`,
					...(operation ? [] : [`  Token    ${source.token} (to practise the credential with)`]),
					`  Editor   ${n8n.url}/workflow/${ready.id}`,
					`  Login    ${owner.email}`,
					`  Password ${owner.password}`,
				].join('\n'),
			);
			if (!once) {
				console.log('\nThe editor stays open until Ctrl-C.');
				await n8n.ended;
				throw new PlainFailure(`n8n ended by itself. Its log: ${logFile}`);
			}
			return good ? 0 : 1;
		},
		refuse,
	);
}

/** @param {number} [wished] */
async function portFor(wished) {
	if (wished)
		return (
			(await tryPort(wished)) ??
			Promise.reject(
				new PlainFailure(`Port ${wished} is taken. Give another one, as in: npm start -- --port ${wished + 1}`),
			)
		);
	for (let port = usualPort; port < usualPort + portsTried; port += 1) {
		if (await tryPort(port)) {
			if (port !== usualPort) console.log(`  Port ${usualPort} is taken; the editor is at ${port} instead.`);
			return port;
		}
	}
	throw new PlainFailure(
		`Ports ${usualPort} to ${usualPort + portsTried - 1} are all taken. Give a free one: npm start -- --port 8080`,
	);
}
