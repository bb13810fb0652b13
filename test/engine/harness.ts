import './quiet';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { WolkvoxApi } from '../../credentials/WolkvoxApi.credentials';
import { WolkvoxAmd } from '../../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { sourceOf } from './sourceNode';

export interface RunOptions {
	/** Parameters of the node; those left out have their defaults. */
	parameters: INodeParameters;
	/** Input items; one empty item when absent. */
	items?: INodeExecutionData[];
	credentials: ICredentialDataDecryptedObject | ((itemIndex: number) => ICredentialDataDecryptedObject);
	mode?: WorkflowExecuteMode;
	onError?: INode['onError'];
	/** Cancels the execution as n8n does when somebody presses Stop. */
	signal?: AbortSignal;
	nodeType?: INodeType;
}

export interface RunResult {
	/** The first output; the second is the error output, where it is on. */
	items: INodeExecutionData[];
	errorItems: INodeExecutionData[];
	hints: NodeExecutionHint[];
	error:
		| (Error & { description?: string | null; context?: { itemIndex?: number }; httpCode?: string | null })
		| undefined;
	/** What was sent to the browser's console. */
	messages: string[];
	run: IRun;
}

const TYPE = 'n8n-nodes-wolkvox.underTest';
const SOURCE = 'n8n-nodes-wolkvox.source';

/** Runs one node behind a node that gives its input items, inside n8n's own engine with its real request helpers. */
export async function runNode({
	parameters,
	items = [{ json: {} }],
	credentials,
	mode = 'manual',
	onError,
	signal,
	nodeType = new WolkvoxAmd(),
}: RunOptions): Promise<RunResult> {
	const messages: string[] = [];
	const nodes: INode[] = [
		{ id: '1', name: 'Items', type: SOURCE, typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: 'Wolkvox',
			type: TYPE,
			typeVersion: 1,
			position: [200, 0],
			parameters,
			onError,
			credentials: { wolkvoxApi: { id: '1', name: 'Test' } },
		},
	];
	const workflow = new Workflow({
		id: 'test',
		nodes,
		connections: { Items: { main: [[{ node: 'Wolkvox', type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes: nodeTypesOf({ [TYPE]: nodeType, [SOURCE]: sourceOf(items) }),
		settings: { executionOrder: 'v1' },
	});
	const additionalData = additionalDataOf(credentials, mode, messages);
	const execution = new WorkflowExecute(additionalData, mode, startingAt(nodes[0]));
	const running = execution.processRunExecutionData(workflow);
	signal?.addEventListener('abort', () => running.cancel(), { once: true });
	const run = await running;
	const [task] = run.data.resultData.runData.Wolkvox ?? [];
	return {
		items: task?.data?.main[0] ?? [],
		errorItems: task?.data?.main[1] ?? [],
		hints: task?.hints ?? [],
		error: run.data.resultData.error ?? task?.error,
		messages,
		run,
	};
}

/** The state of an execution that has not begun, as every line of n8n takes it. */
export function startingAt(node: INode): IRunExecutionData {
	const start: IExecuteData = { node, data: { main: [[{ json: {} }]] }, source: null };
	const data = {
		contextData: {},
		nodeExecutionStack: [start],
		metadata: {},
		waitingExecution: {},
		waitingExecutionSource: {},
	};
	return { version: 1, startData: {}, resultData: { runData: {} }, executionData: data } as IRunExecutionData;
}

/** Node types by name, as n8n's loader would give them. */
export function nodeTypesOf(types: Record<string, INodeType>): INodeTypes {
	return {
		getByName: (name) => types[name],
		getByNameAndVersion: (name) => types[name],
		getKnownTypes: () => ({}),
	};
}

let executions = 0;

/** What n8n hands to an execution: credentials, hooks, the way to the browser. */
export function additionalDataOf(
	credentials: RunOptions['credentials'],
	mode: WorkflowExecuteMode,
	messages: string[] = [],
): IWorkflowExecuteAdditionalData {
	const workflowData = {
		id: 'test',
		name: 'Test',
		active: false,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: [],
		connections: {},
		activeVersionId: null,
	};
	const additionalData: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: credentialsHelperOf(credentials),
		currentNodeExecutionIndex: 0,
		executionId: `test-${++executions}`,
		hooks: new ExecutionLifecycleHooks(mode, 'test', workflowData),
		restApiUrl: 'http://localhost/',
		instanceBaseUrl: 'http://localhost/',
		formWaitingBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/',
		webhookWaitingBaseUrl: 'http://localhost/',
		webhookTestBaseUrl: 'http://localhost/',
		userId: 'test',
		variables: {},
		setExecutionStatus: () => {},
		sendDataToUI: (_type, data) => {
			const { messages: sent } = data as { messages: string[] };
			for (const message of sent) messages.push(message);
		},
	};
	return additionalData as IWorkflowExecuteAdditionalData;
}

function credentialsHelperOf(credentials: RunOptions['credentials']): ICredentialsHelper {
	const type = new WolkvoxApi();
	const helper: Partial<ICredentialsHelper> = {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		async authenticate(data, _typeName, options) {
			const { authenticate } = type;
			if (typeof authenticate !== 'function') throw new Error('authenticate is declarative');
			return await authenticate(data, options as IHttpRequestOptions);
		},
		preAuthentication: async () => undefined,
		async getDecrypted(_additionalData, _nodeCredentials, _type, _mode, _executeData, _raw, resolve) {
			return typeof credentials === 'function' ? credentials(resolve?.itemIndex ?? 0) : credentials;
		},
	};
	return helper as ICredentialsHelper;
}
