import { formatWall } from '../../time/wallClock';
import { timelineOf } from './buckets';
import { campaignChart } from './campaignChart';
import { contactTable } from './contactTable';
import { dayChart } from './dayChart';
import { formatCount, formatRate } from './format';
import { heatMap } from './heatMap';
import { Markup, markup } from './markup';
import type { ReportData, ReportFrame } from './reportBook';
import { PAPER_STYLE, STYLE } from './style';

/**
 * The report as one HTML page: no script, nothing loaded from anywhere, every text escaped; the policy in its head holds
 * browsers to that.
 */
export function reportPage(data: ReportData, { campaign, range, madeAt, warnings }: ReportFrame): string {
	const span = `${formatWall(range.from)} to ${formatWall(range.to - 1)}`;
	return markup`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Answering machine detection: ${campaign}, ${span}</title>
<style>
${new Markup(STYLE)}
</style><style>${new Markup(PAPER_STYLE)}</style></head>
<body><main>
<header><h1>Answering machine detection</h1><p><bdi>${campaign}</bdi>, ${span}</p></header>
${warnings.map((warning) => markup`<p class="warning"><strong>Note:</strong> ${warning}</p>\n`)}
<dl class="facts">${facts(data).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${sections(data, range)}
<footer>Made ${madeAt} from Wolkvox AMD detail records.${undated(data)}</footer>
</main></body></html>
`.text;
}

function sections({ total, days, hours, campaigns, contacts }: ReportData, range: ReportFrame['range']): Markup {
	if (total.machine_rate === null) return markup`<p>There are no records in this range.</p>`;
	return markup`${dayChart(timelineOf(days, range), total.machine_rate)}
${heatMap(hours)}
${campaignChart(campaigns)}
${contactTable(contacts)}`;
}

const facts = ({ total, contacts }: ReportData): Array<[string, string]> => [
	['Records', formatCount(total.records)],
	['Machine rate', formatRate(total.machine_rate)],
	['Human', formatCount(total.human)],
	...(total.other > 0 ? [['Other', formatCount(total.other)] as [string, string]] : []),
	['Contacts', formatCount(contacts.known)],
	['Hard to reach', formatCount(contacts.hardToReach)],
];

function undated({ days }: ReportData): string {
	const count = days.find(({ day }) => day === null)?.records ?? 0;
	if (count === 0) return '';
	return count === 1
		? ' 1 record carries no readable date: it is in the totals and in no chart over time.'
		: ` ${formatCount(count)} records carry no readable date: they are in the totals and in no chart over time.`;
}
