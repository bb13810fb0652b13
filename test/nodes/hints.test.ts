import { type INodeParameters, Workflow } from 'n8n-workflow';

import { WolkvoxAmd } from '../../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { WolkvoxAmdTrigger } from '../../nodes/WolkvoxAmdTrigger/WolkvoxAmdTrigger.node';

/** The hints that the editor would show, their conditions evaluated by n8n. */
function shown(node: WolkvoxAmd | WolkvoxAmdTrigger, parameters: INodeParameters): string[] {
	const { name: type, hints = [], properties } = node.description;
	const one = { id: '1', name: 'It', type, typeVersion: 1, position: [0, 0] as [number, number], parameters };
	const getByNameAndVersion = () => ({ ...node, description: { ...node.description, properties } });
	const nodeTypes = { getByName: getByNameAndVersion, getByNameAndVersion, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [one], connections: {}, active: false, nodeTypes });
	return hints
		.filter(({ displayCondition }) =>
			workflow.expression.getParameterValue(displayCondition!, null, 0, 0, one.name, [], 'manual', {}),
		)
		.map(({ message }) => message);
}

it.each([
	['last30Days', true, 1],
	['previousMonth', true, 1],
	['thisMonth', true, 1],
	['custom', true, 1],
	['yesterday', true, 0],
	['custom', false, 0],
])('%s with Return All %s shows %d hints', (dateRange, returnAll, count) => {
	expect(shown(new WolkvoxAmd(), { resource: 'record', operation: 'getAll', dateRange, returnAll })).toHaveLength(
		count,
	);
	expect(shown(new WolkvoxAmd(), { resource: 'record', operation: 'export', dateRange, returnAll })).toEqual([]);
});

it('tells whoever uses the trigger to write by record_id, unless nothing comes twice', () => {
	expect(shown(new WolkvoxAmdTrigger(), {})).toEqual([expect.stringContaining('record_id')]);
	expect(shown(new WolkvoxAmdTrigger(), { options: { afterRestart: 'skip' } })).toEqual([]);
});
