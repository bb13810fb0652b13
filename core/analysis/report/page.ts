import { reportLimits } from '../limits';
import { contactsSection } from './contactList';
import { callsIn, humanShare } from './counts';
import { type Markup, markup } from './markup';
import type { Style } from './phrases';
import type { ReportData } from './reportBook';
import { byNumberSection, hoursSection, namedSection, timeSection } from './sections';
import { FADED, FONT, PALE, PAPER, VERDICT, WARNING, type Colours, breakable, cell, clip, row } from './shapes';
import { callsPerHour, rangeText, remarksOf, verdictOf, whatToDo } from './verdict';

/** What the page says of itself. */
export interface ReportFrame {
	/** What was chosen, as a person would say it. */
	readonly campaign: string;
	/** When and in which zone the page was made, as text. */
	readonly madeAt: string;
	/** What a reader has to know of the figures, such as the parts of the range that are missing. */
	readonly warnings: readonly string[];
}

/**
 * The report as one HTML page for browser, mail and paper: tables with colours on the cells, since that is what all mail
 * programs show; no script, no style sheet, nothing loaded from anywhere, every text escaped; 90 kB at most.
 */
export function reportPage(data: ReportData, frame: ReportFrame, style: Style): string {
	const { words, language } = style;
	const span = rangeText(data.total.range, language);
	return markup`<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${words.title}: ${clip(frame.campaign)}, ${span}</title></head>
<body bgcolor="${PAPER[0]}" style="margin:0;padding:0;color:${PAPER[1]};print-color-adjust:exact;-webkit-print-color-adjust:exact">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td align="center" bgcolor="${PAPER[0]}" style="padding:8px 10px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px"><tr>
<td align="left" bgcolor="${PAPER[0]}" style="color:${PAPER[1]}">
<h1 style="margin:0 0 2px;font:bold 20px/1.25 ${FONT};color:${PAPER[1]}">${words.title}</h1>
<p style="margin:0 0 6px;font:14px/1.3 ${FONT};color:${FADED[1]}">${breakable(clip(frame.campaign))}, ${span}</p>
${frame.warnings.map((warning) => box(markup`<b>${words.note}:</b> ${clip(warning, reportLimits.warningBytes)}`, 14, WARNING))}
${callsIn(data.total) === 0 ? paragraph(words.nothing) : body(data, style)}
<p style="margin:12px 0 0;font:12px/1.4 ${FONT};color:${FADED[1]}">${words.made(frame.madeAt)}</p>
</td>
</tr>
</table></td>
</tr>
</table></body></html>
`.text;
}

function body(data: ReportData, style: Style): Markup {
	const { words } = style;
	const lines = whatToDo(data, style);
	const toDo = markup`<h2 style="margin:8px 0 4px;font:bold 18px/1.3 ${FONT};color:${PAPER[1]}">${words.whatToDo}</h2>
<ol style="margin:0 0 8px;padding:0 0 0 22px;font:14px/1.35 ${FONT};color:${PAPER[1]}">
${lines.map(
	(line) => markup`<li style="margin:0 0 2px">${line}</li>
`,
)}</ol>
`;
	return markup`${box(markup`${verdictOf(data, style)}`, 15, VERDICT)}
${lines.length > 0 ? toDo : ''}
${tiles(data, style)}
${remarksOf(data, style).map(paragraph)}
${hoursSection(data, style)}
${namedSection(
	words.campaigns,
	words.campaignHead,
	words.worstFirst,
	data.campaigns,
	reportLimits.campaigns,
	style,
	({ id, name }) => (name ? `${id} ${name}` : words.campaign(id)),
)}
${byNumberSection(data, style)}
${filesSection(data, style)}
${timeSection(data, style)}
${contactsSection(data, style)}`;
}

/** Voice files, where there are several. */
const filesSection = ({ files }: ReportData, style: Style): Markup =>
	files.length < 2
		? markup``
		: namedSection(style.words.files, style.words.fileHead, '', files, reportLimits.voiceFiles, style, ({ id }) =>
				id === '' ? style.words.noFile : id,
			);

const paragraph = (text: string): Markup =>
	markup`<p style="margin:6px 0 0;font:12px/1.35 ${FONT};color:${FADED[1]}">${text}</p>
`;

const box = (content: Markup, size: number, colours: Colours): Markup =>
	markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td bgcolor="${colours[0]}" style="padding:8px 12px;font:${size}px/1.35 ${FONT};color:${colours[1]}">${content}</td>
</tr>
</table><p style="margin:0;font-size:8px;line-height:8px">&nbsp;</p>
`;

/** The figures at a glance, three in a row. */
function tiles({ total, before, contacts }: ReportData, { words, forms }: Style): Markup {
	const perHour = (period: ReportData['total']): string => {
		const rate = callsPerHour(period);
		const hours = forms.number(period.allowedSeconds / 3_600, period.allowedSeconds % 3_600 === 0 ? 0 : 1);
		return rate === null ? '' : words.perHour(forms.number(rate, rate < 10 ? 1 : 0), hours);
	};
	const wasPerHour = (period: ReportData['total']): string => was(perHour(period).replace(` ${words.perHourUnit}`, ''));
	const was = (text: string): string => (text === '' ? '' : `${words.before}: ${text}`);
	const share = contacts.known === 0 ? null : contacts.reached / contacts.known;
	const unknown = total.other > 0 ? `${forms.number(total.other)} ${words.tiles.unknown}` : '';
	const all: string[][] = [
		[words.tiles.calls, forms.number(callsIn(total)), perHour(total), before ? wasPerHour(before) : '', unknown],
		[words.tiles.share, forms.percent(humanShare(total)), before ? was(forms.percent(humanShare(before))) : ''],
		[words.tiles.contacts, forms.number(contacts.known)],
		[words.tiles.reached, forms.percent(share, 0)],
		[words.tiles.perContact, contacts.known === 0 ? '–' : forms.number(contacts.calls / contacts.known, 2)],
		[words.tiles.never, forms.number(contacts.neverReached)],
	];
	const tile = ([name, figure, ...below]: string[]): Markup =>
		cell(
			markup`<span style="font-size:12px">${name}</span><br><b style="font-size:18px">${figure}</b>${below
				.filter(Boolean)
				.map((line) => markup`<br><span style="font-size:12px">${line}</span>`)}`,
			{ colours: PALE, padding: '4px 8px', width: '33%' },
		);
	const rows = [all.slice(0, 3), all.slice(3)];
	return markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="3" border="0">
${rows.map((some) => row(some.map(tile)))}</table>
`;
}
