import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { reportPage } from '../../../../core/analysis/report/page';
import { type Counts, callsIn, noCounts } from '../../../../core/analysis/report/counts';
import { periodBefore } from '../../../../core/analysis/report/periodBefore';
import { type Style, phrasesIn } from '../../../../core/analysis/report/phrases';
import { reportText } from '../../../../core/analysis/report/plainText';
import { ReportBook } from '../../../../core/analysis/report/reportBook';
import type { CallingHours } from '../../../../core/country/callingHours';
import type { Country } from '../../../../core/country/countries';
import { NumberForms } from '../../../../core/country/numbers';
import { dayText, type Language } from '../../../../core/country/words';
import { reportLimits } from '../../../../core/analysis/limits';
import { DAY_SECONDS, dayOf, formatDay } from '../../../../core/time/days';
import { formatWall, wallFromInstant } from '../../../../core/time/wallClock';
import { type Window, secondsOf } from '../../../../core/time/window';
import { analyse } from '../../../shared/analysis';
import { type OpenConnection, openConnection } from '../../../shared/connection/connection';
import { world } from '../../../shared/connection/transport';
import { callingHours, language, readHours, readLanguage } from '../../../shared/form/analysisParameters';
import { readNames } from '../../../shared/form/campaignList';
import { readCountry } from '../../../shared/form/country';
import {
	type Source,
	allValid,
	campaignsInName,
	campaignsShown,
	readFieldName,
	readOptions,
	readSource,
} from '../../../shared/form/parameters';
import { binaryPropertyName, campaign, dateRange, options } from '../../../shared/form/properties';
import { readBoolean, readChoice } from '../../../shared/form/values';
import type { Trouble } from '../../../shared/output/errors';
import { nameMissing, sayRange } from '../../../shared/output/missing';
import { type Outcome, refused } from '../../../shared/output/outcome';
import { withRemarks } from '../../../shared/output/runSummary';
import { isToolRun } from '../../../shared/tool/toolRun';
import { TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';

const compare: INodeProperties = {
	displayName: 'Compare With the Period Before',
	name: 'comparePeriod',
	type: 'options',
	default: 'auto',
	description: 'Whether the report says what changed. It reads one more range.',
	options: [
		{ name: 'Always', value: 'always' },
		{ name: 'Never', value: 'never' },
		{ name: 'Up to 31 Days', value: 'auto', description: 'Where the range is no longer than a month' },
	],
};

const htmlAndText: INodeProperties = {
	displayName: 'Put HTML and Text in the Item',
	name: 'htmlAndText',
	type: 'boolean',
	default: false,
	description:
		'Whether the item holds the page as html and a plain version as text too, for an email node that sends both',
};

interface Wanted {
	readonly source: Source;
	readonly field: string;
	readonly comparePeriod: 'always' | 'auto' | 'never';
	readonly htmlAndText: boolean;
	readonly country: Country;
	readonly callingHours: CallingHours;
	readonly language: Language;
}

export const analysisReport: Operation = {
	resource: 'analysis',
	operation: 'report',
	name: 'Create Report',
	action: 'Create a report of AMD records',
	description:
		'Create a page for an email, a browser or paper that says how good the calls were, what to do, and whom to try again',
	properties: [
		campaign,
		...dateRange('last7Days'),
		language,
		binaryPropertyName,
		options(
			callingHours,
			compare,
			'country',
			htmlAndText,
			'maxRequests',
			'onIncomplete',
			'parallelRequests',
			'timezone',
		),
	],

	tool: { description: TOOL_DESCRIPTIONS.report, answer: { more: '', only: ['text'] } },

	async run(context, itemIndex) {
		const chosen = readOptions(context, itemIndex);
		const wanted = allValid<Wanted>({
			source: readSource(context, itemIndex, world.now()),
			field: readFieldName(context, itemIndex),
			comparePeriod: readChoice('comparePeriod', 'Compare With the Period Before', chosen.comparePeriod ?? 'auto', [
				'always',
				'auto',
				'never',
			]),
			htmlAndText: readBoolean('htmlAndText', 'Put HTML and Text in the Item', chosen.htmlAndText),
			country: readCountry(chosen),
			callingHours: readHours(chosen),
			language: readLanguage(context.getNodeParameter('language', itemIndex, 'en')),
		});
		if (!wanted.ok) return refused(wanted.failure);
		const opened = await openConnection(context, { itemIndex, parallelRequests: wanted.value.source.parallelRequests });
		if (!opened.ok) return refused(opened.failure);
		const { close } = opened.value;
		return await report(context, itemIndex, opened.value, wanted.value).finally(close);
	},
};

async function report(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	wanted: Wanted,
): Promise<Outcome> {
	const { source, field } = wanted;
	const { window, zone } = source.range;
	const now = wallFromInstant(world.now(), zone);
	const { names, missing } = await readNames(open);
	const book = new ReportBook({ ...wanted, names, now });
	const read = await analyse(context, open, source, book);
	if (!read.ok) return read;
	const before = await readBefore(context, itemIndex, open, wanted);
	if (before.trouble?.failure.kind === 'cancelled') return { ok: false, trouble: before.trouble };

	const style = styleOf(wanted);
	const { words } = style;
	const { summary } = read;
	const data = book.data(window, before.period);
	const frame = {
		campaign: campaignText(source.campaign, names, words),
		madeAt: `${dayText(dayOf(now), wanted.language)} ${formatWall(now).slice(11, 16)} (${zone})`,
		warnings: [
			...(summary.missing.length > 0 ? [words.incomplete(nameMissing(summary.missing))] : []),
			...(before.trouble ? [words.notCompared] : []),
		],
	};
	const page = reportPage(data, frame, style);
	const bytes = Buffer.from(page);
	const fileName = fileNameOf(campaignsInName(source.campaign), window);
	const json = {
		file_name: fileName,
		records: read.report.records,
		range_from: formatWall(window.from),
		range_to: formatWall(window.to - 1),
		campaign: campaignsShown(source.campaign),
		size_bytes: bytes.length,
		...(wanted.htmlAndText ? { html: page } : {}),
		...(wanted.htmlAndText || isToolRun(context) ? { text: reportText(data, frame, style) } : {}),
	};
	const binary = { [field]: await context.helpers.prepareBinaryData(bytes, fileName, 'text/html') };
	const notCompared = before.trouble
		? [`The period before could not be read, nothing is compared: ${before.trouble.words.message}`]
		: [];
	const compared = before.period
		? [
				`Compared with the ${callsIn(before.period.counts).toLocaleString('en-US')} records ${sayRange(before.period.range)}.`,
			]
		: [];
	return {
		ok: true,
		items: [{ json, binary, pairedItem: { item: itemIndex } }],
		summary: withRemarks(
			{
				...summary,
				requests: summary.requests + before.requests,
				warnings: [...summary.warnings, ...notCompared],
				notes: [...summary.notes, ...compared],
			},
			missing,
			source.range,
		),
	};
}

interface Before {
	readonly period: { readonly range: Window; readonly counts: Readonly<Counts> } | null;
	readonly trouble: Trouble | null;
	readonly requests: number;
}

/** The same of the period before; a report does without it rather than fail. */
async function readBefore(
	context: IExecuteFunctions,
	itemIndex: number,
	open: OpenConnection,
	{ source, comparePeriod }: Wanted,
): Promise<Before> {
	const { window } = source.range;
	const isShort = secondsOf(window) <= reportLimits.comparedDays * DAY_SECONDS;
	if (comparePeriod === 'never' || (comparePeriod === 'auto' && !isShort))
		return { period: null, trouble: null, requests: 0 };
	const range = periodBefore(window, context.getNodeParameter('dateRange', itemIndex));
	const counts = noCounts();
	const read = await analyse(
		context,
		open,
		{ ...source, range: { ...source.range, window: range } },
		{ take: ({ detection }) => void counts[detection]++ },
	);
	if (!read.ok) return { period: null, trouble: read.trouble, requests: 0 };
	const isWhole = read.summary.missing.length === 0;
	return { period: isWhole ? { range, counts } : null, trouble: null, requests: read.summary.requests };
}

const styleOf = ({ language: code, country: land }: Wanted): Style => ({
	language: code,
	words: phrasesIn(code),
	forms: new NumberForms(land),
});

const fileNameOf = (chosen: string, { from, to }: Window): string =>
	`amd-report-${chosen.replace(/\W+/g, '-')}-${formatDay(dayOf(from))}-${formatDay(dayOf(to - 1))}.html`;

function campaignText(chosen: string, names: ReadonlyMap<string, string>, words: Style['words']): string {
	if (chosen === 'all') return words.allCampaigns;
	const named = chosen.split(',').map((number) => {
		const name = names.get(number);
		return name ? `${name} (${number})` : words.campaign(number);
	});
	return named.join(', ');
}
