import { observer } from '../../../../core/analysis/observation';
import { type Counts, noCounts } from '../../../../core/analysis/report/counts';
import { type ReportFrame, reportPage } from '../../../../core/analysis/report/page';
import { type Style, phrasesIn } from '../../../../core/analysis/report/phrases';
import { reportText } from '../../../../core/analysis/report/plainText';
import { ReportBook, type ReportData, type ReportOptions } from '../../../../core/analysis/report/reportBook';
import type { AmdRecord } from '../../../../core/api/record';
import { NumberForms } from '../../../../core/country/numbers';
import type { Window } from '../../../../core/time/window';
import { LAW } from '../calls';
import { at } from '../rows';

export const week: Window = { from: at('2026-11-16 00:00:00'), to: at('2026-11-23 00:00:00') };
export const weekBefore: Window = { from: at('2026-11-09 00:00:00'), to: at('2026-11-16 00:00:00') };

interface Asked extends Partial<ReportOptions>, Partial<ReportFrame> {
	readonly range?: Window;
	readonly before?: { readonly range: Window; readonly counts: Readonly<Counts> } | null;
}

export const styleIn = (language: 'en' | 'es', country: ReportOptions['country'] = 'CO'): Style => ({
	language,
	words: phrasesIn(language),
	forms: new NumberForms(country),
});

/** A report of rows as the node makes it, without the node. */
export function reportOf(
	rows: Iterable<AmdRecord>,
	{ range = week, before = null, language = 'en', country = 'CO', ...rest }: Asked = {},
): { readonly data: ReportData; readonly html: string; readonly text: string } {
	const book = new ReportBook({ country, language, callingHours: LAW, now: at('2026-11-23 08:00:00'), ...rest });
	const observe = observer();
	for (const row of rows) book.take(observe(row));
	const data = book.data(range, before);
	const style = styleIn(language, country);
	const frame = { campaign: style.words.allCampaigns, madeAt: '23 Nov 2026 08:00', warnings: [], ...rest };
	return { data, html: reportPage(data, frame, style), text: reportText(data, frame, style) };
}

export const countsOf = (rows: Iterable<AmdRecord>): Counts => {
	const counts = noCounts();
	const observe = observer();
	for (const row of rows) counts[observe(row).detection]++;
	return counts;
};
