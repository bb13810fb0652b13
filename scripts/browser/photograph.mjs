import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Editor } from './editor.mjs';

/**
 * Walks through the editor as a person would and takes the pictures of README and docs.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ url: string, workflowId: string, folder: string }} settings
 */
export async function photograph(page, { url, workflowId, folder }) {
	await mkdir(folder, { recursive: true });
	const editor = new Editor(page, url);
	const take = (/** @type {string} */ name) => editor.photograph(join(folder, `${name}.png`));
	await editor.openWorkflow(workflowId);
	await editor.execute();
	await editor.showOutput('Wolkvox AMD');
	await take('node-at-work');
	await editor.showDrawing('Draw Report');
	await take('report-in-editor');
	await editor.closeNode();
	await editor.openNode('Wolkvox AMD');
	await take('parameters');
	await editor.openCredential('Wolkvox');
	await take('credential');
}
