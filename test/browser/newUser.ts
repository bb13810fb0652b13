import type { Locator } from 'playwright-core';
import { Editor } from '../../scripts/browser/editor.mjs';

const TIMEOUT_MS = 20_000;

/** The editor in the hands of somebody who has never seen the node. */
export class NewUser extends Editor {
	/** Begins a workflow and opens the panel of nodes. */
	async openNodes(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.marked('canvas-plus-button').click();
	}

	/** Types into the panel of nodes and waits until it finds the node. */
	async findNode(text: string): Promise<void> {
		const unfiltered = this.marked('node-creator-item-name').getByText('On app event');
		await this.marked('node-creator-search-bar').fill('');
		await unfiltered.waitFor();
		await this.marked('node-creator-search-bar').fill(text);
		await unfiltered.waitFor({ state: 'detached' });
		await this.marked('node-creator-item-name').getByText('Wolkvox AMD', { exact: true }).waitFor();
	}

	/** What the node offers, in the panel that opens on its name. */
	async openActions(): Promise<string[]> {
		await this.marked('node-creator-item-name').getByText('Wolkvox AMD', { exact: true }).click();
		await this.marked('node-creator-category-item')
			.getByText(/^Actions/)
			.click();
		await this.marked('node-creator-item-name').getByText('Get many AMD records').waitFor();
		return await this.marked('node-creator-item-name').allInnerTexts();
	}

	/** Puts an action on the canvas; its window opens. */
	async addAction(name: string): Promise<void> {
		await this.marked('node-creator-item-name').getByText(name, { exact: true }).click();
		await this.marked('ndv').waitFor();
	}

	/** Adds the node behind the last one on the canvas. */
	async addNext(name: string): Promise<void> {
		await this.marked('ndv-close-button').click();
		await this.marked('canvas-handle-plus').last().click({ force: true });
		await this.marked('node-creator-search-bar').fill(name);
		await this.marked('node-creator-item-name').getByText(name).first().click();
		await this.marked('ndv').waitFor();
	}

	field(name: string): Locator {
		return this.marked(`parameter-input-${name}`).locator('input');
	}

	/** Chooses by name in a parameter that drops down. */
	async choose(parameter: string, name: string): Promise<void> {
		await this.marked(`parameter-input-${parameter}`).click();
		await this.page.locator('[role=option]:visible').getByText(name, { exact: true }).click();
	}

	/** Opens the form of the open node's credential, where it is not open yet. */
	async openCredentialForm(): Promise<void> {
		if (!(await this.marked('credential-edit-dialog').isVisible())) {
			const first = this.marked('node-credentials-empty-state').getByRole('button');
			await ((await first.isVisible()) ? first : this.marked('credential-edit-button')).click();
		}
		// The form is made anew once n8n has found a name for it.
		await this.marked('credential-name').getByText('Wolkvox account').last().waitFor();
		await this.field('server').waitFor();
	}

	/** Fills the form of a credential and saves it: n8n tests it then. */
	async saveCredential(server: string, token: string): Promise<void> {
		await this.field('server').fill(server);
		await this.field('token').fill(token);
		await this.marked('credential-save-button').click();
	}

	/** What the form says of the credential, in full, once it says this. */
	async credentialVerdict(why: RegExp): Promise<string> {
		const dialog = this.marked('credential-edit-dialog');
		await dialog.getByText('Couldn’t connect with these settings').waitFor({ timeout: TIMEOUT_MS });
		const more = dialog.getByText('More details');
		if (await more.isVisible()) await more.click();
		await dialog.getByText(why).waitFor();
		return await dialog.innerText();
	}

	/** Leaves the form of a credential by its cross. */
	async closeCredential(): Promise<void> {
		await this.marked('editCredential-modal').getByRole('button', { name: 'Close' }).click();
		await this.marked('credential-edit-dialog').waitFor({ state: 'hidden' });
	}

	/** Publishes the open workflow, as its button does. */
	async publish(): Promise<void> {
		await this.marked('workflow-open-publish-modal-button').click();
		await this.marked('workflow-publish-button').click();
	}

	/** Executes the open node alone and gives its output panel, once something is in it. */
	async executeStep(shows: RegExp): Promise<string> {
		await this.marked('node-execute-button').first().click();
		await this.marked('output-panel').getByText(shows).first().waitFor({ timeout: 60_000 });
		return await this.marked('output-panel').innerText();
	}
}
