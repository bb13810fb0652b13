/**
 * n8n's editor as a person meets it. Built on the test marks that n8n puts on its own page.
 */
export class Editor {
	/**
	 * @param {import('playwright-core').Page} page signed in
	 * @param {string} url n8n's
	 */
	constructor(page, url) {
		this.page = page;
		this.url = url;
	}

	/** @param {string} mark n8n's `data-test-id` */
	marked(mark) {
		return this.page.locator(`[data-test-id="${mark}"]`);
	}

	/** @param {string} workflowId */
	async openWorkflow(workflowId) {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.marked('execute-workflow-button').waitFor();
	}

	/** Runs the open workflow by its button and waits for n8n's word of success. */
	async execute() {
		await this.marked('execute-workflow-button').click();
		await this.page.getByText('Workflow executed successfully').first().waitFor({ timeout: 120_000 });
	}

	/** The panel below the canvas, with one node's output in it as a table. @param {string} node */
	async showOutput(node) {
		await this.marked('logs-overview-header').click();
		await this.marked('logs-overview-body').getByText(node, { exact: true }).click();
		await this.marked('log-details').getByText(node, { exact: true }).waitFor();
		await this.marked('log-details').locator('[data-test-id="radio-button-table"]').click();
	}

	/** Opens the window of n8n's HTML node and waits until its page is drawn. @param {string} node */
	async showDrawing(node) {
		await this.openNode(node);
		await this.marked('output-panel').locator('iframe').waitFor();
	}

	/** Leaves a node's window. */
	async closeNode() {
		await this.marked('ndv-close-button').click();
		await this.marked('ndv').waitFor({ state: 'hidden' });
	}

	/** Opens a node's own window: input, parameters, output. @param {string} node */
	async openNode(node) {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
		await this.marked('ndv').waitFor();
	}

	/** Opens a credential and waits for the verdict of its test. @param {string} name */
	async openCredential(name) {
		await this.page.goto(`${this.url}/home/credentials`);
		await this.page.getByText(name, { exact: true }).first().click();
		await this.marked('credentials-config-container-test-success').waitFor();
	}

	/** Until toasts are gone and nothing moves any more. */
	async settle() {
		await this.page.mouse.move(0, 0);
		await this.page
			.locator('.el-notification, [data-test-id="toast"]')
			.first()
			.waitFor({ state: 'detached', timeout: 20_000 });
		await this.page.waitForTimeout(800);
	}

	/** @param {string} file */
	async photograph(file) {
		await this.settle();
		await this.page.screenshot({ path: file });
	}
}
