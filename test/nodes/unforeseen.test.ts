import { NodeOperationError, type INode } from 'n8n-workflow';

import { asNodeError, unforeseenWords } from '../../nodes/shared/output/errors';

const node = {
	name: 'Wolkvox AMD',
	type: 'wolkvoxAmd',
	typeVersion: 1,
	id: '1',
	position: [0, 0],
	parameters: {},
} as INode;

test.each([
	new TypeError('Cannot convert object to primitive value of 57301234567'),
	new RangeError('Maximum call stack size exceeded'),
	new Error('The account of the run does not cover its range'),
	'a text',
])('what nobody foresaw is told in our words, and quotes nothing: %s', (thrown) => {
	const { message, description } = asNodeError(node, thrown, 3);
	expect(message).toBe('This node met something that it was not made for');
	expect(description).toMatch(/fault of the node.*report it at https:.*(TypeError|RangeError|Error|no error) in /);
	expect(`${message} ${description}`).not.toMatch(/57301234567|primitive|call stack|account/);
});

test('a full disk is named', () => {
	const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
	expect(unforeseenWords(full)).toMatchObject({
		message: 'n8n could not go on: the system refused with ENOSPC',
		description: expect.stringContaining('disk of n8n is full'),
	});
});

test('an error of n8n keeps its words', () => {
	class ExpressionError extends Error {}
	expect(unforeseenWords(new ExpressionError('Referenced node is unexecuted'))).toBeNull();
	const own = new NodeOperationError(node, 'No credentials');
	expect(asNodeError(node, own, 1)).toBe(own);
	expect(asNodeError(node, new ExpressionError('Referenced node is unexecuted'), 1).message).toBe(
		'Referenced node is unexecuted',
	);
});
