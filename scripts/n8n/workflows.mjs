/**
 * @typedef {object} NodeSketch
 * @property {string} name
 * @property {string} type
 * @property {number} version
 * @property {object} [parameters]
 * @property {object} [credentials]
 */

/**
 * A workflow whose nodes follow one another in a line.
 *
 * @param {string} name
 * @param {NodeSketch[]} sketches the trigger first
 * @param {object} [settings] n8n's workflow settings
 */
export function chain(name, sketches, settings = {}) {
	const nodes = sketches.map(({ version, parameters = {}, ...node }, index) => ({
		...node,
		id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
		typeVersion: version,
		parameters,
		position: [index * 240, 0],
	}));
	const connections = Object.fromEntries(
		sketches
			.slice(1)
			.map((next, index) => [sketches[index].name, { main: [[{ node: next.name, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1', ...settings }, pinData: {} };
}

/**
 * A workflow whose trigger is followed by several lines of nodes, one below the other.
 *
 * @param {string} name
 * @param {NodeSketch} trigger
 * @param {NodeSketch[][]} lines
 */
export function fork(name, trigger, lines) {
	const chains = lines.map((line) => chain(name, [trigger, ...line]));
	const nodes = chains.flatMap(({ nodes: [first, ...rest] }, row) =>
		(row === 0 ? [first, ...rest] : rest).map((node) => ({
			...node,
			id: node.id.replace('-8000-', `-800${row}-`),
			position: [node.position[0], row * 220],
		})),
	);
	const starts = chains.map(({ connections }) => connections[trigger.name].main[0]).flat();
	const connections = Object.assign({}, ...chains.map((one) => one.connections), {
		[trigger.name]: { main: [starts] },
	});
	return { ...chains[0], nodes, connections };
}

/** The trigger of a run by hand. */
export const manualTrigger = { name: 'Manual Trigger', type: 'n8n-nodes-base.manualTrigger', version: 1 };

/**
 * Starts a workflow by a call of `/webhook/<path>` and answers when its last node is done.
 *
 * @param {string} path
 */
export const webhook = (path) => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	version: 2,
	parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', responseData: 'noData' },
	webhookId: path,
});

/**
 * AMD records of a range: Get Many with everything in it.
 *
 * @param {{ id: string, name: string }} credential
 * @param {object} range `{ dateRange }`, with `from` and `to` where that is `custom`
 */
export const amdRecords = (credential, range) => ({
	name: 'Wolkvox AMD',
	type: 'n8n-nodes-wolkvox.wolkvoxAmd',
	version: 1,
	parameters: {
		resource: 'record',
		operation: 'getAll',
		campaign: { __rl: true, mode: 'list', value: 'all', cachedResultName: 'All Campaigns' },
		returnAll: true,
		options: {},
		...range,
	},
	credentials: { wolkvoxApi: { id: credential.id, name: credential.name } },
});

/**
 * The report of a range, as a page.
 *
 * @param {{ id: string, name: string }} credential
 * @param {object} range
 */
export const amdReport = (credential, range) => {
	const { parameters, ...node } = amdRecords(credential, range);
	const { returnAll, ...rest } = parameters;
	const asked = { resource: 'analysis', operation: 'report', options: { htmlAndText: true } };
	return { ...node, name: 'Report', parameters: { ...rest, ...asked } };
};

/** n8n's node that draws a page in its output panel. */
export const drawPage = {
	name: 'Draw Report',
	type: 'n8n-nodes-base.html',
	version: 1.2,
	parameters: { operation: 'generateHtmlTemplate', html: '{{ $json.html }}' },
};

/** @param {'csv' | 'xlsx'} format */
export const convertToFile = (format) => ({
	name: `Convert to ${format.toUpperCase()}`,
	type: 'n8n-nodes-base.convertToFile',
	version: 1.1,
	parameters: { operation: format, binaryPropertyName: 'data', options: { headerRow: true } },
});

/** @param {string} file */
export const writeFile = (file) => ({
	name: 'Write File',
	type: 'n8n-nodes-base.readWriteFile',
	version: 1,
	parameters: { operation: 'write', fileName: file, dataPropertyName: 'data', options: {} },
});
