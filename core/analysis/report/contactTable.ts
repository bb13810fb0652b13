import type { ReportContacts } from './reportBook';
import { MIN_CALLS } from './reportBook';
import { number, table, text, wrapped } from './figure';
import { formatCount, formatHours } from './format';
import { type Markup, markup } from './markup';

/** The contacts with the most attempts, and when to try them next; called hard to reach only where no human answered any of them. */
export function contactTable({ someByTelephone, list: { matching, top, includesReached } }: ReportContacts): Markup {
	const title = includesReached ? 'Contacts tried most' : 'Hard-to-reach contacts';
	const what = includesReached
		? `Contacts tried ${MIN_CALLS} times or more`
		: `Contacts tried ${MIN_CALLS} times or more that no human answered`;
	const byTelephone = someByTelephone
		? markup`<p class="note">Contacts without a customer_id are counted by telephone.</p>`
		: null;
	if (top.length === 0) return markup`<section><h2>${title}</h2><p>${what}: none.</p>${byTelephone}</section>\n`;
	const more =
		matching > top.length
			? ` The ${top.length} with the most attempts are listed; Get Hard-to-Reach Contacts lists them all, by customer or by telephone.`
			: '';
	return markup`<section><h2>${title}</h2><p>${what}: ${formatCount(matching)}.${more}</p>
${table(
	title,
	[
		text('Contact'),
		number('Attempts'),
		...(includesReached ? [number('Human')] : []),
		text('Last attempt'),
		text('Hours tried'),
		text('Hours to try'),
		wrapped('Campaigns'),
	],
	top.map((contact) => [
		markup`<bdi>${contact.id}</bdi>`,
		formatCount(contact.calls),
		...(includesReached ? [formatCount(contact.human)] : []),
		contact.last_call?.slice(0, 16) ?? '–',
		formatHours(contact.hours_tried),
		contact.times_to_try.map((hour) => formatHours([hour])).join(', ') || '–',
		markup`<bdi>${contact.campaigns.join(', ')}</bdi>`,
	]),
)}
<p class="note">Hours to try: not tried yet, and humans of the same campaigns answer most in them, the best first.</p>${byTelephone}</section>
`;
}
