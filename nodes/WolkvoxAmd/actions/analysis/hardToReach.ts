import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { type Choice, ContactBook, type ContactOptions } from '../../../../core/analysis/contacts';
import type { StandIn } from '../../../../core/analysis/people';
import type { CallingHours } from '../../../../core/country/callingHours';
import type { Country } from '../../../../core/country/countries';
import type { Language } from '../../../../core/country/words';
import { analysisLimits } from '../../../../core/analysis/limits';
import { wallFromInstant } from '../../../../core/time/wallClock';
import { withRemarks } from '../../../shared/output/runSummary';
import { analyse } from '../../../shared/analysis';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { world } from '../../../shared/connection/transport';
import { callingHours, language, readHours, readLanguage } from '../../../shared/form/analysisParameters';
import { readNames } from '../../../shared/form/campaignList';
import { readCountry } from '../../../shared/form/country';
import { type Source, allValid, readLimit, readOptions, readSource } from '../../../shared/form/parameters';
import { campaign, dateRange, limits, options } from '../../../shared/form/properties';
import { readBoolean, readChoice, readWhole } from '../../../shared/form/values';
import { type Outcome, refused } from '../../../shared/output/outcome';
import { MORE, TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';

const identifyBy: INodeProperties = {
	displayName: 'One Row Per',
	name: 'identifyBy',
	type: 'options',
	default: 'customer',
	description: 'What makes a contact of its own',
	options: [
		{
			name: 'Customer',
			value: 'customer',
			description: 'All telephones of a customer_id together; calls that name no customer go by telephone',
		},
		{ name: 'Telephone', value: 'telephone', description: 'Each number on its own, whatever route it was dialled by' },
	],
};

const minCalls: INodeProperties = {
	displayName: 'Min Calls',
	name: 'minCalls',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 3,
	description:
		'How many calls to a contact must have been answered, by a machine or anybody. Dials without an answer are not in the report of Wolkvox.',
};

const includeReached: INodeProperties = {
	displayName: 'Also List Contacts a Human Answered',
	name: 'includeReached',
	type: 'boolean',
	default: false,
	description: 'Whether contacts that a human answered at least once are on the list too',
};

interface Wanted {
	readonly source: Source;
	readonly identifyBy: ContactOptions['identifyBy'];
	readonly limit: number;
	readonly minCalls: number;
	readonly includeReached: boolean;
	readonly country: Country;
	readonly callingHours: CallingHours;
	readonly language: Language;
}

export const analysisHardToReach: Operation = {
	resource: 'analysis',
	operation: 'hardToReach',
	name: 'Get Hard-to-Reach Contacts',
	action: 'Get contacts that are hard to reach',
	description: 'Get contacts that were called often and that no human answered, with the times to try next',
	properties: [
		campaign,
		...dateRange('last30Days'),
		identifyBy,
		minCalls,
		...limits,
		options(
			callingHours,
			'country',
			includeReached,
			language,
			'maxRequests',
			'onIncomplete',
			'parallelRequests',
			'timezone',
		),
	],

	tool: { description: TOOL_DESCRIPTIONS.hardToReach, answer: { more: MORE.contacts } },

	async run(context, itemIndex) {
		const chosen = readOptions(context, itemIndex);
		const wanted = allValid<Wanted>({
			source: readSource(context, itemIndex, world.now()),
			identifyBy: readChoice(
				'identifyBy',
				'One Row Per',
				context.getNodeParameter('identifyBy', itemIndex, 'customer'),
				['customer', 'telephone'],
			),
			limit: readLimit(context, itemIndex),
			includeReached: readBoolean('includeReached', 'Also List Contacts a Human Answered', chosen.includeReached),
			minCalls: readWhole(
				'minCalls',
				'Min Calls',
				context.getNodeParameter('minCalls', itemIndex, analysisLimits.minCalls),
				1,
			),
			country: readCountry(chosen),
			callingHours: readHours(chosen),
			language: readLanguage(chosen.language),
		});
		if (!wanted.ok) return refused(wanted.failure);
		const opened = await openConnection(context, { itemIndex, parallelRequests: wanted.value.source.parallelRequests });
		if (!opened.ok) return refused(opened.failure);
		const { close } = opened.value;
		return await list(context, itemIndex, opened.value, wanted.value).finally(close);
	},
};

async function list(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	{ source, ...choice }: Wanted,
): Promise<Outcome> {
	const { names, missing } = await readNames(open);
	const book = new ContactBook({ ...choice, names, now: wallFromInstant(world.now(), source.range.zone) });
	const read = await analyse(context, open, source, book);
	if (!read.ok) return read;
	const found = book.hardToReach(choice);
	const items = found.contacts.map((contact) => ({ json: { ...contact }, pairedItem: { item: itemIndex } }));
	const summary = { ...read.summary, notes: [...read.summary.notes, ...notesOf(found, choice)] };
	return { ok: true, items, inAll: found.matching, summary: withRemarks(summary, missing, source.range) };
}

function notesOf(
	{ matching, known, standIns, namelessCalls }: ReturnType<ContactBook['hardToReach']>,
	{ minCalls: calls, limit }: Choice,
): string[] {
	const count = (n: number): string => n.toLocaleString('en-US');
	const shown =
		matching > limit ? `; the ${count(limit)} with the most calls are here, “Return All” gives every one` : '';
	const isFew = known > 0 && matching < known * analysisLimits.fewContactsShare;
	return [
		`${count(matching)} of ${count(known)} contacts match${shown}.`,
		...(isFew
			? [`Few contacts have ${count(calls)} calls or more in this range: choose a longer one, or a lower Min Calls.`]
			: []),
		...standIns.slice(0, STAND_INS_NAMED).map(standsFor),
		...(namelessCalls > 0
			? [`${count(namelessCalls)} calls carry neither a customer nor a telephone and were left out.`]
			: []),
	];
}

const STAND_INS_NAMED = 5;

const standsFor = ({ id, telephones }: StandIn): string =>
	`customer_id ${id.slice(0, 50)} stands for ${telephones.toLocaleString('en-US')} telephones: its calls go by telephone.`;
