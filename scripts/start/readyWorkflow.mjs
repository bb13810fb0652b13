import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainFailure } from '../setup/plainFailure.mjs';
import { amdRecords, amdReport, convertToFile, drawPage, fork, manualTrigger, writeFile } from '../n8n/workflows.mjs';

/**
 * The credential, tested, and the workflow that is ready to run: made on the first start. A workflow that
 * somebody has changed since stays as it is, and a fresh one stands beside it. Where the credential was deleted, the
 * workflow gets the new one.
 *
 * @param {object} settings
 * @param {import('../n8n/client.mjs').N8nClient} settings.client
 * @param {import('./operation.mjs').Operation} settings.source
 * @param {string} settings.filesFolder
 * @returns {Promise<{ id: string, file: string }>}
 */
export async function readyWorkflow({ client, source, filesFolder }) {
	await mkdir(filesFolder, { recursive: true });
	const credential = { name: 'Wolkvox', type: 'wolkvoxApi', data: { server: source.server, token: source.token } };
	const { id: credentialId } = await client.saveCredential(credential);
	const test = await client.testCredential({ id: credentialId, ...credential });
	console.log(`  ${test.status === 'OK' ? '✓' : '✗'} Credential test: ${test.message}`);
	if (test.status !== 'OK' && source.truth) throw new PlainFailure('The credential test of the simulator must pass.');
	const file = join(filesFolder, 'amd-last-7-days.xlsx');
	const named = { id: credentialId, name: credential.name };
	const range = { dateRange: 'last7Days' };
	const wanted = fork('AMD report and records of the last 7 days', manualTrigger, [
		[amdReport(named, range), drawPage],
		[amdRecords(named, range), convertToFile('xlsx'), writeFile(file)],
	]);
	for (const { id } of await client.workflowsNamed(wanted.name)) {
		const saved = await client.workflow(id);
		if (!isSame(saved, wanted)) continue;
		if (credentialsOf(saved) !== credentialsOf(wanted)) await client.replaceNodes(saved, wanted.nodes);
		return { id, file };
	}
	return { id: (await client.createWorkflow(wanted)).id, file };
}

/** @param {{ nodes: any[] }} workflow */
const credentialsOf = ({ nodes }) =>
	JSON.stringify(nodes.map(({ name, credentials }) => [name, credentials?.wolkvoxApi?.id]));

/** @param {import('../n8n/client.mjs').Workflow} saved @param {ReturnType<typeof fork>} wanted */
function isSame(saved, wanted) {
	const essence = (/** @type {any} */ { nodes, connections }) =>
		JSON.stringify([
			nodes.map((/** @type {any} */ node) => [node.name, node.type, node.typeVersion, node.parameters]),
			connections,
		]);
	return essence(saved) === essence(wanted);
}
