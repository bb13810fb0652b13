import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toolLimits } from '../../../core/limits';
import { openConnection } from '../connection/connection';
import { world } from '../connection/transport';
import { namesOf, readCampaigns } from '../form/campaignList';
import { campaignsIn } from '../form/parameters';
import { type Outcome, refused } from '../output/outcome';
import { type AnswerForm, answerOf, failureOf } from './answer';
import { asForm } from './asWritten';
import { campaignNamed, isEvery, isNumbered } from './campaignByName';
import { beginCall } from './toolRun';

/** What the door has to know of an operation to serve a model with it. */
export interface Callable {
	readonly properties: readonly INodeProperties[];
	readonly answer: AnswerForm;
	run(context: IExecuteFunctions, itemIndex: number): Promise<Outcome>;
}

/**
 * Serves a call by a model: reads what it wrote as leniently as it can be read in one way only, ends within the time that
 * callers wait, and answers with one object, whatever came of it.
 */
export async function call(context: IExecuteFunctions, itemIndex: number, operation: Callable): Promise<IDataObject> {
	const beganMs = world.now();
	const hasCampaign = operation.properties.some(({ name }) => name === 'campaign');
	const campaign = hasCampaign ? await campaignOf(context, itemIndex) : ({ ok: true, value: '' } as const);
	const outcome = campaign.ok
		? await operation.run(asCalled(context, operation.properties, campaign.value, beganMs), itemIndex)
		: campaign;
	if (!outcome.ok) return failureOf(outcome.trouble.words);
	return answerOf(outcome, {
		...operation.answer,
		zone: String(optionsOf(context, itemIndex).timezone ?? 'America/Bogota'),
	});
}

/** The context of the call as the form would have given it, with what a model does not choose. */
function asCalled(
	context: IExecuteFunctions,
	properties: readonly INodeProperties[],
	campaign: string,
	beganMs: number,
): IExecuteFunctions {
	const byName = new Map(properties.map((property) => [property.name, property]));
	const value = (name: string, itemIndex: number, fallback: unknown, options?: object): unknown => {
		const given: unknown = context.getNodeParameter(name, itemIndex, fallback as never, options as never);
		if (name === 'campaign') return campaign;
		// A model that asks for everything gets as much as it can hold, and how much there is.
		if (name === 'returnAll') return false;
		if (name === 'options') return { ...(given as IDataObject), onIncomplete: 'returnProven' };
		if (name === 'limit' && context.getNodeParameter('returnAll', itemIndex, false) === true) return toolLimits.items;
		const property = byName.get(name);
		const read = property ? asForm(property, given) : given;
		return name === 'limit' ? limitOf(read) : read;
	};
	const called = Object.create(context, { getNodeParameter: { value } }) as IExecuteFunctions;
	beginCall(called, beganMs);
	return called;
}

/** A number that is too large means as many as possible. */
function limitOf(limit: unknown): unknown {
	const number = Number(limit);
	return Number.isInteger(number) && number > toolLimits.items ? toolLimits.items : limit;
}

const optionsOf = (context: IExecuteFunctions, itemIndex: number): IDataObject =>
	(context.getNodeParameter('options', itemIndex, {}) ?? {}) as IDataObject;

/** A campaign's number, or `all`. Asks for the list only where a name was given. */
async function campaignOf(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<{ readonly ok: true; readonly value: string } | (Outcome & { readonly ok: false })> {
	const given: unknown = context.getNodeParameter('campaign', itemIndex, 'all', { extractValue: true });
	if (isEvery(given)) return { ok: true, value: 'all' };
	if (isNumbered(given)) return { ok: true, value: campaignsIn(given).join(',') };
	const opened = await openConnection(context, { itemIndex, budgetMs: toolLimits.budgetMs });
	if (!opened.ok) return refused(opened.failure);
	const { say, connection, close } = opened.value;
	const campaigns = await readCampaigns(connection).finally(close);
	if (!campaigns.ok) return { ok: false, trouble: { failure: campaigns.failure, words: say(campaigns.failure) } };
	const found = campaignNamed(given, namesOf(campaigns.value));
	return found.ok ? { ok: true, value: found.value } : refused(found.failure);
}
