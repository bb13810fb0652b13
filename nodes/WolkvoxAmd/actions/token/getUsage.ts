import { askUsage } from '../../../../core/api/information';
import type { Failure } from '../../../../core/failures';
import { openConnection } from '../../../shared/connection/connection';
import { refused } from '../../../shared/output/outcome';
import { TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';

export const tokenGetUsage: Operation = {
	resource: 'token',
	operation: 'getUsage',
	name: 'Get Usage',
	action: 'Get usage of the token',
	description: "Get how many of today's requests are used and left; asking costs one of them",
	properties: [],

	tool: { description: TOOL_DESCRIPTIONS.getUsage, answer: { more: '', only: 'all' } },

	async run(context, itemIndex) {
		const opened = await openConnection(context, { itemIndex });
		if (!opened.ok) return refused(opened.failure);
		const { connection, say, close } = opened.value;
		const usage = await askUsage(connection).finally(close);
		if (usage.kind === 'whole')
			return { ok: true, items: [{ json: { ...usage.value }, pairedItem: { item: itemIndex } }] };
		const failure: Failure =
			usage.kind === 'empty' ? { kind: 'transient', why: 'notWhole', said: 'no token information' } : usage;
		return { ok: false, trouble: { failure, words: say(failure) } };
	},
};
