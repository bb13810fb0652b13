import { dayOfYearText, hourText, weekdayName } from '../../country/words';
import { reportLimits } from '../limits';
import { dayOf, weekdayOf } from '../../time/days';
import { parseRowDate } from '../../time/wallClock';
import { ADVICE, type Contact } from '../contacts';
import { type Markup, markup } from './markup';
import type { Style } from './phrases';
import type { ReportData } from './reportBook';
import { FADED, cell, clip, headCell, row, section, table } from './shapes';

/** When to call a contact: `Tue 1 Dec 18:00`, the other times as `or Wed 09:00, Fri 17:00`, and what to do first. */
export function whenToCall(
	{ next_try, times_to_try, advice }: Contact,
	{ words, language }: Style,
): { readonly next: string; readonly others: string } {
	const at = next_try === null ? undefined : parseRowDate(next_try)?.at;
	const check = advice === ADVICE[language].check ? `, ${advice}` : '';
	if (at === undefined) return { next: `${words.noTimes}${check}`, others: '' };
	const [weekday, clock] = [
		weekdayName(weekdayOf(dayOf(at)), language).slice(0, 3),
		hourText(Math.floor(at / 3_600) % 24),
	];
	const others = times_to_try
		.replace(/(\p{L}{3})\p{L}*/gu, '$1')
		.split(', ')
		.filter((time) => time !== `${weekday} ${clock}`)
		.join(', ');
	return {
		next: `${weekday} ${dayOfYearText(dayOf(at), language)} ${clock}${check}`,
		others: others && `${words.or} ${others}`,
	};
}

/** Contacts to try again: what fits a phone stands first in each line. */
export function contactsSection({ contacts }: ReportData, style: Style): Markup {
	if (contacts.top.length === 0) return markup``;
	const { words, forms } = style;
	const small = (text: string): Markup =>
		text === '' ? markup`` : markup` <span style="font-size:12px;font-weight:normal;color:${FADED[1]}">${text}</span>`;
	const lineOf = (contact: Contact): Markup => {
		const { next, others } = whenToCall(contact, style);
		return row([
			headCell(
				markup`${clip(contact.telephone, reportLimits.idBytes)}${small(clip(contact.customer_id, reportLimits.idBytes))}`,
				'row',
				{ isBold: true },
			),
			cell(forms.number(contact.calls), { align: 'right', padding: '2px 8px' }),
			cell(markup`${next}${small(others)}`),
		]);
	};
	const heads = [
		headCell(`${words.contactHead}, ${words.customer}`, 'col'),
		headCell(words.callsHead, 'col', { align: 'right', padding: '2px 8px' }),
		headCell(words.whenHead, 'col'),
	];
	const note = words.contactsNote(forms.number(contacts.top.length), forms.number(contacts.toTry));
	return section(words.contacts, note, table([row(heads), ...contacts.top.map(lineOf)]));
}
