import { type Markup, markup, tenth } from './markup';

/** Width of every drawing, in its own units; the page scales it. */
export const WIDTH = 720;

export interface Figure {
	/** Unique in the page. */
	readonly id: string;
	readonly title: string;
	/** What the drawing shows, for who cannot see it. */
	readonly description: string;
	readonly height: number;
	readonly drawing: readonly Markup[];
	/** The same as a table: for screen readers, for mail programs that leave drawings out, for copying. */
	readonly table: Markup;
	readonly legend: Markup | null;
	readonly caption: string | Markup;
	/** Whether the table tells more than the drawing: then paper shows it too. */
	readonly isTableOnPaper?: boolean;
}

/** A drawing with its title, its legend, and the same numbers as a table. */
export function figure({
	id,
	title,
	description,
	height,
	drawing,
	table,
	legend,
	caption,
	isTableOnPaper = false,
}: Figure): Markup {
	return markup`<section><h2>${title}</h2>
<figure>${legend}<svg viewBox="0 0 ${WIDTH} ${tenth(height)}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>
${drawing}
</svg><figcaption>${caption}</figcaption></figure>
<details${isTableOnPaper ? markup` class="on-paper"` : null}><summary>The same as a table</summary>${table}</details></section>
`;
}

/** What stands where a drawing would be blank. */
export const withoutFigure = (title: string, why: string): Markup =>
	markup`<section><h2>${title}</h2><p>${why}</p></section>\n`;

interface Column {
	readonly name: string;
	/** Numbers stand to the right; what may be long wraps. */
	readonly style: 'number' | 'wrap' | null;
}

export const text = (name: string): Column => ({ name, style: null });
export const wrapped = (name: string): Column => ({ name, style: 'wrap' });
export const number = (name: string): Column => ({ name, style: 'number' });

/** A table whose first column heads its rows. */
export function table(
	caption: string,
	columns: readonly Column[],
	rows: ReadonlyArray<ReadonlyArray<string | Markup>>,
): Markup {
	const kind = (i: number): Markup | null => (columns[i].style ? markup` class="${columns[i].style}"` : null);
	// Said once where it holds for all: mail programs cut long pages off.
	const isAllNumbers = columns.slice(1).every(({ style }) => style === 'number');
	const cell = (value: string | Markup, i: number): Markup =>
		i === 0
			? markup`<th scope="row"${kind(i)}>${value}</th>`
			: markup`<td${isAllNumbers ? null : kind(i)}>${value}</td>`;
	return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${isAllNumbers ? markup` class="numbers"` : null}><caption>${caption}</caption>
<thead><tr>${columns.map(({ name }, i) => markup`<th scope="col"${kind(i)}>${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${row.map(cell)}</tr>\n`)}</tbody></table></div>`;
}

/** Coloured squares with their meaning. */
export const legend = (entries: ReadonlyArray<readonly [style: string, meaning: string]>): Markup =>
	markup`<ul class="legend">${entries.map(([style, meaning]) => markup`<li><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><rect class="${style}" width="12" height="12" rx="2"/></svg>${meaning}</li>`)}</ul>`;
