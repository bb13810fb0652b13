/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import './quiet';

import { createRequire } from 'node:module';

import { PollContext, PollTriggerExecutor } from 'n8n-core';
import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	Workflow,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { WolkvoxAmdTrigger } from '../../nodes/WolkvoxAmdTrigger/WolkvoxAmdTrigger.node';
import { forgetPresences } from '../../nodes/WolkvoxAmdTrigger/processState';
import { additionalDataOf, nodeTypesOf } from './harness';

const TYPE = 'n8n-nodes-wolkvox.underTest';

interface Services {
	get<T>(type: new (...dependencies: never[]) => T): T;
}

/** n8n-core's own, wherever npm has put it. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as { Container: Services };

/** What n8n 2.41 gives a poll of its durable scheduler: 45 s, a fifth of it kept back. */
const DURABLE_BUDGET_MS = 36_000;

export interface PollerOptions {
	credentials: ICredentialDataDecryptedObject;
	parameters?: INodeParameters;
	/** Classic: a live state, saved with each batch. Durable: a copy per poll, saved with its batch or with nothing. */
	engine?: 'classic' | 'durable';
	mode?: WorkflowExecuteMode;
	budgetMs?: number;
	workflowId?: string;
}

type PollError = Error & { description?: string | null; failure?: { cause: string; retryAfterMs?: number } };

/** The trigger under n8n's own executor of polls; what n8n's server adds is its saving of the state. */
export class Poller {
	readonly batches: INodeExecutionData[][] = [];
	readonly errors: PollError[] = [];
	/** What n8n's log would show at level warn. */
	readonly warnings: string[] = [];
	/** What n8n would have in its database. */
	saved: IDataObject = {};
	private workflow: Workflow;
	private execute: (isActivation?: boolean) => Promise<void>;

	constructor(private readonly options: PollerOptions) {
		[this.workflow, this.execute] = this.load();
	}

	get items(): IDataObject[] {
		return this.batches.flat().map(({ json }) => json);
	}

	/** Activates the workflow: polls once, and saves. Rejects as n8n refuses to activate. */
	async activate(): Promise<void> {
		await this.execute(true);
		if (this.options.engine !== 'durable') this.saved = this.live();
	}

	/** One occurrence of the schedule; gives what it emitted. */
	async tick(): Promise<INodeExecutionData[]> {
		const before = this.batches.length;
		await this.execute();
		return this.batches.slice(before).flat();
	}

	/** The process ends and starts again on what was saved. The classic engine polls then. */
	restart(parameters = this.options.parameters): void {
		forgetPresences();
		this.options.parameters = parameters;
		[this.workflow, this.execute] = this.load('init');
	}

	/** n8n's own start, with the poll that the classic engine makes then. */
	async rise(): Promise<INodeExecutionData[]> {
		this.restart();
		if (this.options.engine === 'durable') return [];
		const before = this.batches.length;
		await this.execute(true);
		return this.batches.slice(before).flat();
	}

	/** Published again in the same process, with other parameters or another credential perhaps. */
	async republish(parameters = this.options.parameters, activation: WorkflowActivateMode = 'update'): Promise<void> {
		this.options.parameters = parameters;
		[this.workflow, this.execute] = this.load(activation);
		if (this.options.engine === 'durable') return;
		await this.activate();
	}

	/** What the credential holds from now on: n8n reads it anew for each poll. */
	useCredentials(credentials: ICredentialDataDecryptedObject): void {
		this.options.credentials = credentials;
	}

	private live(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData['node:Trigger'] ?? {}));
	}

	private load(
		activationMode: WorkflowActivateMode = 'activate',
	): [Workflow, (isActivation?: boolean) => Promise<void>] {
		const { parameters = {}, engine = 'classic', mode = 'trigger', budgetMs, workflowId = 'test' } = this.options;
		const node: INode = {
			id: 'trigger',
			name: 'Trigger',
			type: TYPE,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { wolkvoxApi: { id: '1', name: 'Test' } },
		};
		const staticData = engine === 'classic' ? { 'node:Trigger': JSON.parse(JSON.stringify(this.saved)) } : {};
		const workflow = new Workflow({
			id: workflowId,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: nodeTypesOf({ [TYPE]: new WolkvoxAmdTrigger() }),
			staticData,
		});
		let staged: IDataObject = {};
		const commit = (): void => {
			this.saved = engine === 'durable' ? JSON.parse(JSON.stringify(staged)) : this.live();
		};
		// Only the durable scheduler gives a poll its own time.
		const budgetOf = (isTimed: boolean): number | undefined => budgetMs ?? (isTimed ? DURABLE_BUDGET_MS : undefined);
		const logger = { debug() {}, info() {}, error() {}, warn: (line: string) => void this.warnings.push(line) };
		const contextOf = (activation: WorkflowActivateMode, budget = budgetOf(false)): PollContext => {
			const context = new PollContext(
				workflow,
				node,
				additionalDataOf(() => this.options.credentials, mode),
				mode,
				activation,
				(data) => {
					commit();
					this.batches.push(data[0]);
				},
				(error) => void this.errors.push(error),
				async () => (engine === 'durable' ? commit() : undefined),
				async (poll) => {
					staged = JSON.parse(JSON.stringify(this.saved));
					return await poll();
				},
				engine === 'durable' ? () => staged : undefined,
				budget === undefined ? undefined : () => budget,
			);
			return Object.defineProperty(context, 'logger', { value: logger });
		};
		const executor = Container.get(PollTriggerExecutor);
		const activation = executor.create(workflow, node, contextOf(activationMode), () => true);
		// A poll of the durable scheduler has a context of its own each time.
		const occurrence = (): Promise<void> =>
			engine === 'durable'
				? executor.create(workflow, node, contextOf('update', budgetOf(true)), () => true)()
				: activation();
		return [workflow, (isActivation) => (isActivation ? activation(true) : occurrence())];
	}
}
