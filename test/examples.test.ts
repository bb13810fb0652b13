/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeProperties, IWorkflowBase } from 'n8n-workflow';
import { WolkvoxAmd } from '../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { WolkvoxAmdTrigger } from '../nodes/WolkvoxAmdTrigger/WolkvoxAmdTrigger.node';

const folder = join(__dirname, '..', 'examples');
const examples = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => ({ file, workflow: JSON.parse(readFileSync(join(folder, file), 'utf8')) as IWorkflowBase }));
/** n8n itself gives a trigger its poll times. */
const pollTimes: INodeProperties = {
	displayName: 'Poll Times',
	name: 'pollTimes',
	type: 'fixedCollection',
	default: {},
};
const propertiesOf: Record<string, INodeProperties[]> = {
	'n8n-nodes-wolkvox.wolkvoxAmd': new WolkvoxAmd().description.properties,
	'n8n-nodes-wolkvox.wolkvoxAmdTool': new WolkvoxAmd().description.properties,
	'n8n-nodes-wolkvox.wolkvoxAmdTrigger': [pollTimes, ...new WolkvoxAmdTrigger().description.properties],
};

/** The parameters that the editor shows for a node with its resource and operation, by name. */
function shown({ type, parameters: { resource, operation } }: INode): Map<string, INodeProperties> {
	const allows = (values: unknown, value: unknown) => !Array.isArray(values) || values.includes(value);
	const own = propertiesOf[type].filter(
		({ displayOptions: { show = {} } = {} }) => allows(show.resource, resource) && allows(show.operation, operation),
	);
	return new Map(own.map((property) => [property.name, property]));
}

describe.each(examples)('$file', ({ workflow }) => {
	const ours = workflow.nodes.filter(({ type }) => type in propertiesOf);

	test('says in a note what to change, and carries no credential', () => {
		const [note] = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(note.parameters.content).toContain('Before the first run');
		expect(workflow.nodes.filter(({ credentials }) => credentials)).toEqual([]);
	});

	test('says the same in Spanish beside it, in notes that hold their text, in the words of n8n 2', () => {
		const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.map(({ name }) => name)).toEqual(['Read Me', 'Léeme']);
		for (const { parameters, name } of notes) {
			const { content, width, height } = parameters as { content: string; width: number; height: number };
			expect(content).not.toMatch(/Activate the workflow|Import from File/);
			// About 7.2 px a letter and 21 px a line, in n8n's own font; a blank line is half of one.
			const lines = content
				.split('\n')
				.map((line) => (line === '' ? 0.5 : Math.ceil((line.length * 7.2) / (width - 40))));
			expect([name, lines.reduce((sum, of) => sum + of, 0) * 21 + 40 <= height]).toEqual([name, true]);
		}
	});

	test('connects nodes that are there, each with a name and an id of its own', () => {
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length);
		const ends = Object.values(workflow.connections)
			.flatMap((outputs) => Object.values(outputs).flat())
			.flatMap((links) => (links ?? []).map(({ node }) => node));
		for (const name of [...Object.keys(workflow.connections), ...ends]) expect(names).toContain(name);
	});

	test('keeps no copy of records with its executions, and says that the folder of its files must exist', () => {
		const givesRecords = ours.some(
			({ type, parameters: { operation } }) =>
				type.endsWith('Trigger') || operation === 'getAll' || operation === 'hardToReach',
		);
		if (givesRecords) expect(workflow.settings?.saveDataSuccessExecution).toBe('none');
		const [note] = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		if (workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.readWriteFile'))
			expect(note.parameters.content).toContain('The folder must exist');
	});

	test('sets only parameters that our node has, with values that can be chosen', () => {
		for (const node of ours) {
			const { parameters } = node;
			const known = shown(node);
			const options = new Map(
				((known.get('options')?.options ?? []) as INodeProperties[]).map((option) => [option.name, option]),
			);
			const given = [
				...Object.entries(parameters).map(([name, value]) => ({ property: known.get(name), name, value })),
				...Object.entries(parameters.options ?? {}).map(([name, value]) => ({
					property: options.get(name),
					name,
					value: value as unknown,
				})),
			];
			for (const { property, name, value } of given) {
				expect([name, property?.name]).toEqual([name, name]);
				if (property?.type !== 'options' && property?.type !== 'multiOptions') continue;
				// What an expression gives, a model's choice among them, is checked when it runs.
				if (String(value).startsWith('=')) continue;
				const choices = property.options?.map((option) => ('value' in option ? option.value : null));
				for (const one of Array.isArray(value) ? value : [value]) expect(choices).toContain(one);
			}
		}
	});
});

test('the list of examples names each of them, and no other', () => {
	const list = readFileSync(join(folder, 'README.md'), 'utf8');
	expect([...list.matchAll(/\]\(([\w-]+\.json)\)/g)].map(([, file]) => file).sort()).toEqual(
		examples.map(({ file }) => file).sort(),
	);
});
