import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { CREDENTIAL } from '../connection/connection';
import type { Outcome } from './outcome';

/** Answers by question: input items that ask the same are served by one read. */
export class EqualItems {
	private readonly answers = new Map<string, Outcome>();
	/** Items that were served by the answer to another. */
	repeated = 0;

	/** The answer to the same question, made for this item; else asks. */
	async answer(question: string, itemIndex: number, ask: () => Promise<Outcome>): Promise<Outcome> {
		const known = this.answers.get(question);
		if (!known) {
			const outcome = await ask();
			this.answers.set(question, outcome);
			return outcome;
		}
		this.repeated++;
		if (!known.ok) return known;
		// Nodes that follow may change an item in place: each has its own.
		const items = known.items.map((item) => ({ ...item, json: { ...item.json }, pairedItem: { item: itemIndex } }));
		return { ...known, items, summary: undefined };
	}
}

/** All that an item asks by: its parameters as they are for it, and the credential. Stays in memory. */
export async function questionOf(
	context: IExecuteFunctions,
	itemIndex: number,
	properties: readonly INodeProperties[],
): Promise<string> {
	const names = ['resource', 'operation', ...properties.map(({ name }) => name)];
	const parameters = names.map((name): unknown => context.getNodeParameter(name, itemIndex, null));
	return JSON.stringify([parameters, await context.getCredentials(CREDENTIAL, itemIndex)]);
}
