import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * @typedef {{ json: Record<string, any>, binary?: Record<string, any>, pairedItem?: unknown }} Item
 * @typedef {{ status: string, failure?: Failure, items: (node: string) => Item[], hints: (node: string) => Array<{ message: string, type?: string }> }} ReadExecution
 * @typedef {{ message: string, description?: string, node?: { name: string } }} Failure
 */

/**
 * What an execution did, read from n8n's flattened form with n8n's own reader.
 *
 * @param {import('./install.mjs').N8nInstall} install
 * @param {{ status: string, data: string }} execution
 * @returns {ReadExecution}
 */
export function readExecution(install, execution) {
	const { parse } = createRequire(join(install.folder, 'package.json'))('flatted');
	const { resultData = { runData: {} } } = parse(execution.data);
	const runOf = (/** @type {string} */ node) => resultData.runData[node]?.at(-1);
	return {
		status: execution.status,
		failure: resultData.error,
		items: (node) => runOf(node)?.data?.main?.[0] ?? [],
		hints: (node) => runOf(node)?.hints ?? [],
	};
}
