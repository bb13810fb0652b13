import type { Summary } from '../summarize';
import { machineRate } from '../tally';
import { WIDTH, figure, legend, number, table, wrapped } from './figure';
import { formatCount, formatRate } from './format';
import { type Markup, markup, tenth } from './markup';

/** Bars drawn (OURS: one screen), and rows of the table (OURS: mail programs cut a message off at about 100 KB). */
const [MAX_BARS, MAX_ROWS] = [15, 100];
const [ROW, BAR_TOP, BAR_HEIGHT] = [62, 30, 20];
/** Letters of a name with its number that fit beside the figures on a phone, and those of the number among them. */
const [MAX_NAME, MAX_NUMBER] = [26, 12];

/** Machine, human and other of each campaign as one bar of 100%: name and figures above it, so that phones have room. */
export function campaignChart(campaigns: readonly Summary[]): Markup {
	const drawn = campaigns.slice(0, MAX_BARS);
	const [rows, rest] = [campaigns.slice(0, MAX_ROWS), campaigns.slice(MAX_ROWS)];
	const hasMore = rows.length > drawn.length;
	return figure({
		id: 'campaigns',
		title: 'Machine rate by campaign',
		description: `Campaigns by number of records: ${drawn.map((one) => `${nameOf(one)}: ${formatRate(one.machine_rate)} of ${formatCount(one.records)}`).join('; ')}.`,
		height: drawn.length * ROW,
		legend: legend([
			['machine', 'Machine'],
			['human', 'Human'],
			['other', 'Other'],
		]),
		drawing: drawn.map(barOf),
		table: table(
			'Records by campaign',
			[
				wrapped('Campaign'),
				number('Machine rate'),
				number('Records'),
				number('Machine'),
				number('Human'),
				number('Other'),
			],
			[
				...rows.map((one) => rowOf(markup`<bdi>${nameOf(one)}</bdi>`, one)),
				...(rest.length > 0
					? [rowOf(`${formatCount(rest.length)} more ${rest.length === 1 ? 'campaign' : 'campaigns'}`, sumOf(rest))]
					: []),
			],
		),
		caption: markup`Each bar is 100% of a campaign's detections, most records first.${hasMore ? markup`<span class="on-paper"> The table has ${formatCount(rows.length - drawn.length)} more${rest.length > 0 ? `, and the sum of the other ${formatCount(rest.length)}` : ''}.</span>` : null}`,
		isTableOnPaper: hasMore,
	});
}

type Counts = Pick<Summary, 'records' | 'machine' | 'human' | 'other'>;

const rowOf = (name: string | Markup, counts: Counts): Array<string | Markup> => [
	name,
	formatRate(machineRate(counts)),
	...[counts.records, counts.machine, counts.human, counts.other].map(formatCount),
];

const sumOf = (campaigns: readonly Summary[]): Counts =>
	campaigns.reduce<Counts>(
		(sum, one) => ({
			records: sum.records + one.records,
			machine: sum.machine + one.machine,
			human: sum.human + one.human,
			other: sum.other + one.other,
		}),
		{ records: 0, machine: 0, human: 0, other: 0 },
	);

/** `NAME (22109)`, or the number alone. */
const nameOf = ({ campaign_id, campaign_name }: Summary): string =>
	campaign_name ? `${campaign_name} (${campaign_id})` : `Campaign ${campaign_id || 'without a number'}`;

/** Keeps the number whole behind the name, and of the name both ends. */
function shortNameOf(campaign: Summary): string {
	const { campaign_id, campaign_name } = campaign;
	if (!campaign_name) return elide(nameOf(campaign), MAX_NAME);
	const number = ` (${elide(String(campaign_id), MAX_NUMBER)})`;
	return elide(campaign_name, MAX_NAME - number.length) + number;
}

/** More of the end stays: names of a series differ there. */
function elide(text: string, max: number): string {
	const letters = [...text];
	if (letters.length <= max) return text;
	const head = Math.round(max / 3);
	return `${letters.slice(0, head).join('')}…${letters.slice(head + 1 - max).join('')}`;
}

function barOf(campaign: Summary, row: number): Markup {
	const y = row * ROW;
	let done = 0;
	const pieces = (['machine', 'human', 'other'] as const).map((part) => {
		const x = tenth((done / campaign.records) * WIDTH);
		done += campaign[part];
		const width = tenth((done / campaign.records) * WIDTH - x);
		return width === 0
			? ''
			: markup`<rect class="${part}" x="${x}" y="${y + BAR_TOP}" width="${width}" height="${BAR_HEIGHT}"/>`;
	});
	return markup`<g><title>${nameOf(campaign)}: ${formatRate(campaign.machine_rate)} of ${formatCount(campaign.records)}</title><text class="label" x="0" y="${y + 20}">${shortNameOf(campaign)}</text><text class="label strong" x="${WIDTH}" y="${y + 20}" text-anchor="end">${formatRate(campaign.machine_rate)}</text>${pieces}</g>\n`;
}
