import { reportLimits } from '../limits';
import { Markup, markup } from './markup';

/**
 * Colours in pairs, background and text, contrast 4.5 or more. Pale with dark, or deep with white: programs that darken a
 * page turn both of the first pair and leave both of the second; dark on a mid tone would become pale on it.
 */
export const PAPER = ['#ffffff', '#1c2733'] as const;
export const PALE = ['#f0f3f6', '#1c2733'] as const;
export const FADED = ['#f0f3f6', '#5a6774'] as const;
const GOOD = ['#2a7f5b', '#ffffff'] as const;
const TRACK = ['#dde6e1', '#1c2733'] as const;
export const WARNING = ['#fbeecb', '#5a4200'] as const;
export const VERDICT = ['#e2f0e9', '#12352a'] as const;
const DIM = ['#c6ced6', '#1c2733'] as const;
/** From few humans to many. */
export const STEPS = [
	['#eef6f1', '#12352a'],
	['#cfe8da', '#12352a'],
	['#43805f', '#ffffff'],
	['#246a49', '#ffffff'],
	['#0d4f33', '#ffffff'],
] as const;

export type Colours = readonly [background: string, text: string];

/** A text that takes no more of a page than so many bytes, its escapes counted; the rest is cut. */
export function clip(text: string, bytes: number = reportLimits.nameBytes): string {
	let left = bytes;
	let kept = '';
	for (const sign of text) {
		left -= Buffer.byteLength(markup`${sign}`.text);
		if (left < 0) return `${kept}…`;
		kept += sign;
	}
	return text;
}

/** A name that a narrow screen can break where it has no blanks; an id or telephone, which is copied, is never broken. */
export const breakable = (name: string): string => name.replace(/\S{12}(?=\S)/gu, '$&\u200b');

/** Short, since it stands on every cell: Outlook's programs forget what stands around one. */
export const FONT = 'Arial,sans-serif';

interface CellOptions {
	readonly colours?: Colours;
	readonly align?: 'left' | 'right' | 'center';
	readonly size?: number;
	readonly isBold?: boolean;
	/** As CSS has it. */
	readonly padding?: string;
	readonly width?: string;
}

/** What a cell says of itself: nothing that its table or row says, since a page of many rows must stay small. */
function attributesOf({ colours, align, size = 13, isBold = false, padding, width }: CellOptions): Markup {
	const style = [
		...(padding ? [`padding:${padding}`] : []),
		`font:${isBold ? 'bold ' : ''}${size}px/1.3 ${FONT}`,
		...(colours ? [`color:${colours[1]}`] : []),
	].join(';');
	const attributes = { align, width, bgcolor: colours?.[0], style };
	return markup`${Object.entries(attributes).map(([name, value]) => (value ? markup` ${new Markup(name)}="${value}"` : ''))}`;
}

/** A cell, with a line end behind it so that a mail's text does not glue it to the next. */
export const cell = (content: Markup | string, options: CellOptions = {}): Markup =>
	markup`<td${attributesOf(options)}>${content}</td>
`;

/** A cell that holds a bar, which has colours of its own. */
export const barCell = (content: Markup): Markup => markup`<td>${content}</td>
`;

export const headCell = (
	content: Markup | string,
	scope: 'col' | 'row',
	{ align = 'left', ...options }: CellOptions = {},
): Markup =>
	markup`<th scope="${scope}"${attributesOf({ align, ...options, isBold: options.isBold ?? scope === 'col' })}>${content}</th>
`;

export const row = (cells: readonly Markup[], align?: 'center'): Markup => markup`<tr${
	align ? markup` align="${align}"` : ''
} valign="top">
${cells}</tr>
`;

export const table = (rows: readonly Markup[]): Markup =>
	markup`<table width="100%" cellpadding="2" cellspacing="0" border="0">
${rows}</table>
`;

/** A share as a filled bar with its figure in it, from the axis' low to its high end. */
export function bar(
	share: number | null,
	figure: string,
	{ low, high }: { readonly low: number; readonly high: number },
	isFew: boolean,
): Markup {
	if (share === null) return markup`<span style="color:${FADED[1]}">–</span>`;
	const filled = Math.round(Math.max(0, Math.min(1, (share - low) / (high - low))) * 100);
	const inside = filled >= 30;
	const piece = (width: number, content: string, [background, text]: Colours): Markup => {
		if (width === 0) return markup``;
		const style = content === '' ? 'font-size:8px' : `padding:1px 6px;font:12px/1.3 ${FONT};color:${text}`;
		return markup`<td width="${width}%" bgcolor="${background}" style="${style}">${content || '\u00a0'}</td>
`;
	};
	return markup`<table role="presentation" width="100%" cellspacing="0"><tr>
${piece(filled, inside ? figure : '', isFew ? DIM : GOOD)}${piece(100 - filled, inside ? '' : figure, TRACK)}</tr>
</table>
`;
}

export const section = (
	title: string,
	note: string,
	content: Markup,
): Markup => markup`<h2 style="margin:14px 0 2px;font:bold 17px/1.3 ${FONT};color:${PAPER[1]}">${title}</h2>
${
	note === ''
		? ''
		: markup`<p style="margin:0 0 4px;font:12px/1.3 ${FONT};color:${FADED[1]}">${note}</p>
`
}${content}`;
