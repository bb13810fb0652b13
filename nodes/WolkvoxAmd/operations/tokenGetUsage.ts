import { askUsage } from '../../../core/information';
import type { Failure } from '../../../core/outcome';
import { openLine } from '../../shared/line';
import { refused } from '../../shared/outcome';
import type { Operation } from '../operation';

export const tokenGetUsage: Operation = {
	resource: 'token',
	operation: 'getUsage',
	name: 'Get Usage',
	action: 'Get usage of the token',
	description: "Get how many of today's requests are used and left; asking costs one of them",
	properties: [],

	async run(context, itemIndex) {
		const opened = await openLine(context, { itemIndex });
		if (!opened.ok) return refused(opened.failure);
		const { line, say, close } = opened.value;
		const usage = await askUsage(line).finally(close);
		if (usage.kind === 'whole') return { ok: true, items: [{ json: { ...usage.value }, pairedItem: { item: itemIndex } }] };
		const failure: Failure = usage.kind === 'empty' ? { kind: 'transient', why: 'notWhole', said: 'no token information' } : usage;
		return { ok: false, trouble: { failure, words: say(failure) } };
	},
};
