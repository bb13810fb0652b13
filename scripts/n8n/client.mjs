import { setTimeout as delay } from 'node:timers/promises';

// A connection kept for later may be closed by n8n while the caller is busy, and the next call would fail on it.
const oneCallOnly = { connection: 'close' };
const webhookWithinMs = 10_000;
const dataWithinMs = 10_000;

/**
 * @typedef {{ email: string, password: string, firstName?: string, lastName?: string }} Owner
 * @typedef {{ id: string, name: string, versionId?: string, nodes: object[], connections: object, settings?: object, active?: boolean }} Workflow
 * @typedef {{ id: string, status: string, mode: string, workflowId: string, startedAt: string, stoppedAt?: string }} ExecutionSummary
 * @typedef {{ status: 'OK' | 'Error', message: string }} CredentialTest
 */

/** n8n's own REST interface, as its editor speaks it: signed in by cookie. */
export class N8nClient {
	#cookie = '';

	/** @param {string} url as in http://127.0.0.1:5678 */
	constructor(url) {
		this.url = url;
	}

	/** The signed-in session, as the text of a Cookie header: what a browser needs to be signed in too. */
	get cookie() {
		return this.#cookie;
	}

	/**
	 * One call.
	 *
	 * @param {string} method
	 * @param {string} path below /rest
	 * @param {object} [body]
	 * @returns {Promise<any>} what n8n answers under `data`
	 * @throws {Error} with the status and n8n's message
	 */
	async call(method, path, body) {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: { ...oneCallOnly, cookie: this.#cookie, ...(body && { 'content-type': 'application/json' }) },
			body: body && JSON.stringify(body),
		});
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (cookies.length > 0) this.#cookie = cookies.join('; ');
		const text = await response.text();
		const answer = await Promise.resolve(text)
			.then(JSON.parse)
			.catch(() => ({ message: text.slice(0, 300) }));
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${answer.message}`);
		return answer.data ?? answer;
	}

	/** Signs in; a fresh n8n gets its owner first. @param {Owner} owner */
	async signIn(owner) {
		const { userManagement } = await this.call('GET', '/settings');
		const { email, password, firstName = 'Owner', lastName = 'Here' } = owner;
		if (userManagement.showSetupOnFirstLoad)
			await this.call('POST', '/owner/setup', { email, password, firstName, lastName });
		else await this.call('POST', '/login', { email, emailOrLdapLoginId: email, password });
	}

	/**
	 * Creates a credential, or gives the one of that name and type other values.
	 *
	 * @param {{ name: string, type: string, data: Record<string, unknown> }} credential
	 * @returns {Promise<{ id: string, name: string }>}
	 */
	async saveCredential(credential) {
		const found = (await this.credentials()).find(
			({ name, type }) => name === credential.name && type === credential.type,
		);
		if (found) return await this.call('PATCH', `/credentials/${found.id}`, credential);
		return await this.call('POST', '/credentials', credential);
	}

	/** @returns {Promise<Array<{ id: string, name: string, type: string }>>} */
	async credentials() {
		return await this.call('GET', '/credentials');
	}

	/**
	 * n8n's own test of a credential, the one behind the green or red line of its form.
	 *
	 * @param {{ id: string, name: string, type: string, data: Record<string, unknown> }} credential
	 * @returns {Promise<CredentialTest>}
	 */
	async testCredential(credential) {
		return await this.call('POST', '/credentials/test', { credentials: credential });
	}

	/**
	 * What a "From List" parameter of a node offers.
	 *
	 * @param {{ type: string, version: number, parameters?: object, credentials?: object }} node
	 * @param {{ method: string, parameter: string, filter?: string }} list
	 * @returns {Promise<Array<{ name: string, value: string }>>}
	 */
	async listOptions(node, { method, parameter, filter }) {
		const { results } = await this.call('POST', '/dynamic-node-parameters/resource-locator-results', {
			path: `parameters.${parameter}`,
			nodeTypeAndVersion: { name: node.type, version: node.version },
			currentNodeParameters: node.parameters ?? {},
			credentials: node.credentials,
			methodName: method,
			filter,
		});
		return results;
	}

	/** @param {object} workflow @returns {Promise<Workflow>} */
	async createWorkflow(workflow) {
		return await this.call('POST', '/workflows', { active: false, ...workflow });
	}

	/** Gives a workflow other nodes. @param {Workflow} workflow @param {object[]} nodes @returns {Promise<Workflow>} */
	async replaceNodes({ id, versionId, connections, settings }, nodes) {
		return await this.call('PATCH', `/workflows/${id}`, { nodes, connections, settings, versionId });
	}

	/** @param {string} name @returns {Promise<Array<{ id: string, name: string }>>} */
	async workflowsNamed(name) {
		const found = await this.call('GET', `/workflows?filter=${encodeURIComponent(JSON.stringify({ name }))}`);
		return found.filter((/** @type {{ name: string }} */ workflow) => workflow.name === name);
	}

	/** @param {string} id @returns {Promise<Workflow>} */
	async workflow(id) {
		return await this.call('GET', `/workflows/${id}`);
	}

	/** Starts listening: webhooks, schedules, polling triggers. @param {string} id */
	async activate(id) {
		const { versionId } = await this.workflow(id);
		// n8n 1 has no publishing of versions: there a workflow is switched on as a whole.
		const published = this.call('POST', `/workflows/${id}/activate`, { versionId });
		await published.catch((failure) => {
			if (!String(failure).includes('404')) return Promise.reject(failure);
			return this.call('PATCH', `/workflows/${id}`, { active: true, versionId });
		});
	}

	/** Stops listening. @param {string} id */
	async deactivate(id) {
		const stopped = this.call('POST', `/workflows/${id}/deactivate`, {});
		await stopped.catch((failure) => {
			if (!String(failure).includes('404')) return Promise.reject(failure);
			return this.call('PATCH', `/workflows/${id}`, { active: false });
		});
	}

	/**
	 * Runs a workflow as its "Execute workflow" button does.
	 *
	 * @param {string} id
	 * @param {string} trigger name of the trigger node to start from
	 * @returns {Promise<string>} the execution's id
	 */
	async runWorkflow(id, trigger) {
		const workflowData = await this.workflow(id);
		const { executionId } = await this.call('POST', `/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger },
		});
		return executionId;
	}

	/**
	 * Calls an active workflow's webhook; n8n registers it a moment after it says that the workflow is active.
	 *
	 * @param {string} path
	 * @param {object} [body]
	 * @returns {Promise<{ status: number, text: string }>}
	 */
	async callWebhook(path, body = {}) {
		const giveUpAt = Date.now() + webhookWithinMs;
		for (;;) {
			const response = await fetch(`${this.url}/webhook/${path}`, {
				method: 'POST',
				headers: { ...oneCallOnly, 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			if (response.status !== 404 || Date.now() > giveUpAt)
				return { status: response.status, text: await response.text() };
			await delay(200);
		}
	}

	/** @param {string} id @returns {Promise<ExecutionSummary & { data: string }>} `data` in n8n's flattened form */
	async execution(id) {
		return await this.call('GET', `/executions/${id}`);
	}

	/** The newest executions of a workflow. @param {string} workflowId @returns {Promise<ExecutionSummary[]>} */
	async executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await this.call('GET', `/executions?filter=${filter}&limit=100`)).results;
	}

	/**
	 * Waits until an execution ended, whichever way.
	 *
	 * @param {string} id
	 * @param {{ withinMs: number }} settings
	 */
	async waitForExecution(id, { withinMs }) {
		const giveUpAt = Date.now() + withinMs;
		let endedAt = Infinity;
		while (Date.now() < giveUpAt) {
			const execution = await this.execution(id);
			if (!['new', 'running', 'waiting', 'unknown'].includes(execution.status)) {
				// n8n saves the end first and what the nodes did a moment later.
				endedAt = Math.min(endedAt, Date.now());
				if (execution.data.includes('"runData"') || Date.now() - endedAt > dataWithinMs) return execution;
			}
			await delay(250);
		}
		throw new Error(`Execution ${id} did not end within ${withinMs / 1000} s.`);
	}
}
