/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readExecution, type ReadExecution } from '../../../scripts/n8n/execution.mjs';
import { root } from '../../../scripts/setup/paths.mjs';
import type { N8nUnderTest } from '../n8nUnderTest';

/** What a person changes in an example before the first run. */
export interface Changes {
	/** Texts of the file, wherever they stand, by what comes in their place. */
	texts?: Record<string, string>;
	/** A credential by the name of each node type that takes one. */
	credentials: Record<string, { type: string; id: string; name: string }>;
	/** Parameters beside those of the file, by the name of the node. */
	parameters?: Record<string, object>;
	/** Items that a node gives, by its name, in place of what it would read. */
	standIns?: Record<string, object[]>;
	/** The nodes to keep, in their order, where the beginning of the example is enough. */
	only?: string[];
}

/** Imports an example as a person would, with the changes that its note asks for. */
export async function importExample(
	{ client, filesFolder }: Pick<N8nUnderTest, 'client' | 'filesFolder'>,
	name: string,
	{ texts = {}, credentials, parameters = {}, standIns = {}, only }: Changes,
): Promise<string> {
	let json = await readFile(join(root, 'examples', `${name}.json`), 'utf8');
	for (const [from, to] of Object.entries({ '/home/node/.n8n-files': filesFolder, ...texts })) {
		json = json.replaceAll(JSON.stringify(from).slice(1, -1), JSON.stringify(to).slice(1, -1));
	}
	const workflow = JSON.parse(json) as {
		nodes: Array<{ name: string; type: string; typeVersion: number; parameters: object; credentials?: object }>;
		connections: Record<string, unknown>;
	};
	if (only) {
		workflow.nodes = workflow.nodes.filter(({ name: own }) => only.includes(own));
		for (const own of Object.keys(workflow.connections))
			if (!only.slice(0, -1).includes(own)) delete workflow.connections[own];
	}
	for (const node of workflow.nodes) {
		if (node.name in standIns) Object.assign(node, codeThatGives(standIns[node.name]));
		node.parameters = { ...node.parameters, ...parameters[node.name] };
		const credential = credentials[node.type];
		if (credential) node.credentials = { [credential.type]: { id: credential.id, name: credential.name } };
	}
	return (await client.createWorkflow(workflow)).id;
}

const codeThatGives = (items: object[]) => ({
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: `return ${JSON.stringify(items.map((json) => ({ json })))};` },
});

/** Runs a workflow from one of its triggers, as its button does, to its end. */
export async function runFrom(
	{ client, install }: N8nUnderTest,
	workflowId: string,
	trigger: string,
): Promise<ReadExecution> {
	const id = await client.runWorkflow(workflowId, trigger);
	const execution = readExecution(install, await client.waitForExecution(id, { withinMs: 300_000 }));
	if (execution.status === 'success') return execution;
	const { message = '', description = '', node } = execution.failure ?? {};
	throw new Error(`The execution ended as ${execution.status} in ${node?.name}: ${message} ${description}`);
}
