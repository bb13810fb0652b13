import { readExecution } from '../n8n/execution.mjs';
import { step } from '../setup/progress.mjs';

const runWithinMs = 15 * 60_000;
const shownRecords = 5;

/**
 * Runs the ready workflow and prints what came out of it.
 *
 * @param {object} settings
 * @param {import('../n8n/client.mjs').N8nClient} settings.client
 * @param {import('../n8n/install.mjs').N8nInstall} settings.install
 * @param {{ id: string, file: string }} settings.ready
 * @param {import('./operation.mjs').Operation} settings.source
 * @returns {Promise<boolean>} whether the run gave what it should
 */
export async function show({ client, install, ready, source }) {
	const execution = await step(
		'Running the workflow: a report of the last 7 days, and its records into a file',
		async () => {
			const id = await client.runWorkflow(ready.id, 'Manual Trigger');
			return readExecution(install, await client.waitForExecution(id, { withinMs: runWithinMs }));
		},
	);
	if (execution.status !== 'success') {
		const { message = `The run ended as "${execution.status}".`, description = '' } = execution.failure ?? {};
		console.error(`\n  ${message}\n  ${description}`);
		return false;
	}
	const records = execution.items('Wolkvox AMD').map(({ json }) => json);
	console.log(`\n  ${records.length.toLocaleString('en')} records. The first of them:`);
	console.table(records.slice(0, shownRecords));
	for (const { message } of execution.hints('Wolkvox AMD')) console.log(`  ${message}`);
	console.log(`  File     ${ready.file}`);
	console.log('  Report   in the editor: open Draw Report and execute the workflow');
	return source.truth && source.digestOf ? compare(source.digestOf(records), source.truth()) : true;
}

/** @param {{ count: number, digest: string }} came @param {{ count: number, digest: string }} truth */
function compare(came, truth) {
	const equal = came.count === truth.count && came.digest === truth.digest;
	if (equal)
		console.log(
			`  ✓ Exactly the records that the simulator holds (${truth.count.toLocaleString('en')}, digest ${truth.digest})`,
		);
	else
		console.error(
			`  ✗ The simulator holds ${truth.count} records (digest ${truth.digest}); ${came.count} came (digest ${came.digest}).`,
		);
	return equal;
}
