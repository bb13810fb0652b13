import { exportLimits } from '../../limits';

/** Whatever any of the rules below could change; most texts are passed on as they are. */
const SPECIAL = /[^\t\n -%'-;=?-\uD7FF\uE000-\uFFFD]|_[xX][\dA-Fa-f]{4}_/;
/** Not allowed in XML, in no notation: most controls, two code points, and halves of pairs. */
const FORBIDDEN = /[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** What readers take for a character by its number, as in the voice file `grab_x2024_01.mp3`. */
const NUMBERED = /_(?=[xX][\dA-Fa-f]{4}_)/g;

/** What a cell shows of a text: line ends are LF, a character that no cell may hold is U+FFFD, the rest is cut. */
export function cellText(text: string): string {
	const whole = text.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '\uFFFD');
	const cut = whole.slice(0, exportLimits.cellUnits);
	return cut.length < whole.length && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** Whether a text is the same in a cell and in its XML, as most are. */
export const isPlain = (text: string): boolean =>
	text.length <= exportLimits.cellUnits && !SPECIAL.test(text) && !hasBlankEnd(text);

/**
 * A text as the inside of a cell of type `inlineStr`, which every reader gives back as `cellText` has it.
 * @see ECMA-376 part 1, 22.9.2.19, of characters by their number
 */
export function inlineText(text: string): string {
	const shown = cellText(text);
	const escaped = shown.replace(NUMBERED, '_x005F_').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	return hasBlankEnd(shown) ? `<is><t xml:space="preserve">${escaped}</t></is>` : `<is><t>${escaped}</t></is>`;
}

/** Blanks at an end are lost without the attribute; with it where none is needed, R's openxlsx takes it into the text. */
const hasBlankEnd = (text: string): boolean => isBlank(text.charCodeAt(0)) || isBlank(text.charCodeAt(text.length - 1));

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0a;
