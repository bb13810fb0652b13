import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from './operation';
import { analysisHardToReach } from './analysis/hardToReach';
import { analysisReport } from './analysis/report';
import { analysisSummarize } from './analysis/summarize';
import { campaignGetAll } from './campaign/getAll';
import { recordExport } from './record/export';
import { recordGetAll } from './record/getAll';
import { tokenDiagnose } from './token/diagnose';
import { tokenGetUsage } from './token/getUsage';

/** Every operation of the node. A new one is a file in its resource's folder and a line here. */
export const operations: readonly Operation[] = [
	recordGetAll,
	recordExport,
	analysisSummarize,
	analysisHardToReach,
	analysisReport,
	campaignGetAll,
	tokenGetUsage,
	tokenDiagnose,
];

const resourceNames: Record<Operation['resource'], string> = {
	record: 'AMD Record',
	analysis: 'AMD Analysis',
	campaign: 'Campaign',
	token: 'Token',
};

/** The operation that a node's parameters name; undefined where there is none such. */
export const operationOf = (resource: unknown, operation: unknown): Operation | undefined =>
	operations.find((one) => one.resource === resource && one.operation === operation);

const titles = Object.fromEntries(
	operations.map(({ resource, operation, action }) => [`${resource}.${operation}`, action]),
);

/** What the canvas shows below the node's name: its action, in the words of the nodes panel. */
export const subtitle = `={{ (${JSON.stringify(titles)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;

/** All parameters of the node: the resource, its operations, and what each of these takes. */
export const properties: INodeProperties[] = [
	resourceProperty(),
	...resourcesInUse().map(operationProperty),
	...operations.flatMap(parametersOf),
];

function resourcesInUse(): Array<Operation['resource']> {
	return [...new Set(operations.map(({ resource }) => resource))];
}

function resourceProperty(): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'record',
		options: resourcesInUse()
			.map((value) => ({ name: resourceNames[value], value }))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

function operationProperty(resource: Operation['resource']): INodeProperties {
	const own = operations.filter((one) => one.resource === resource);
	const first = own[0].operation;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: first,
		displayOptions: { show: { resource: [resource] } },
		options: own
			.map(({ name, operation, action, description, tool }) => ({
				name,
				value: operation,
				action,
				description,
				...(tool.isHidden ? { displayOptions: { show: { '@tool': [false] } } } : {}),
			}))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

function parametersOf({ resource, operation, properties: own, tool }: Operation): INodeProperties[] {
	return [toolDescription(tool.description), ...own].map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...property.displayOptions?.show, resource: [resource], operation: [operation] },
		},
	}));
}

/** What n8n sends to a model; without a property of this name it sends the action alone. */
function toolDescription(text: string): INodeProperties {
	return {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 6 },
		default: text,
		description: 'What the language model is told of this tool; empty it to have n8n write one line',
		displayOptions: { show: { '@tool': [true] } },
	};
}
