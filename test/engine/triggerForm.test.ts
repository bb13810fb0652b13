import './quiet';

import { CustomDirectoryLoader } from 'n8n-core';
import type { INodeType } from 'n8n-workflow';

import { WolkvoxAmdTrigger } from '../../nodes/WolkvoxAmdTrigger/WolkvoxAmdTrigger.node';

/** What n8n's own loader does with a node type; it does so anew whenever a community package is installed, updated or removed. */
const loader = Object.create(CustomDirectoryLoader.prototype) as {
	applySpecialNodeParameters(nodeType: INodeType): void;
};

test('Poll Times stand once in the form, however often n8n loads its node types', () => {
	const counts = [1, 2, 3].map(() => {
		const nodeType = new WolkvoxAmdTrigger();
		loader.applySpecialNodeParameters(nodeType);
		return nodeType.description.properties.filter(({ name }) => name === 'pollTimes').length;
	});
	expect(counts).toEqual([1, 1, 1]);
});
