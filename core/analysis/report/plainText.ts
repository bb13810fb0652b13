import { reportLimits } from '../limits';
import type { Contact } from '../contacts';
import { whenToCall } from './contactList';
import { callsIn } from './counts';
import type { ReportFrame } from './page';
import type { Style } from './phrases';
import type { ReportData } from './reportBook';
import { clip } from './shapes';
import { rangeText, remarksOf, verdictOf, whatToDo } from './verdict';

/** The report for a mail program that shows text alone: verdict, what to do, and the contacts, two blanks between columns. */
export function reportText(data: ReportData, frame: ReportFrame, style: Style): string {
	const { words, language } = style;
	const lines = whatToDo(data, style);
	return `${[
		`${words.title}\n${clip(frame.campaign)}, ${rangeText(data.total.range, language)}`,
		...frame.warnings.map((warning) => `${words.note}: ${warning}`),
		callsIn(data.total) === 0 ? words.nothing : verdictOf(data, style),
		...(lines.length > 0 ? [[words.whatToDo, ...lines.map((line, i) => `${i + 1}. ${line}`)].join('\n')] : []),
		...remarksOf(data, style),
		...(data.contacts.top.length > 0 ? [listOf(data, style)] : []),
		words.made(frame.madeAt),
	].join('\n\n')}\n`;
}

function listOf({ contacts }: ReportData, style: Style): string {
	const { words, forms } = style;
	const heads = [words.contactHead, words.customer, words.callsHead, words.whenHead];
	const cells = contacts.top.map((contact: Contact) => [
		clip(contact.telephone, reportLimits.idBytes),
		clip(contact.customer_id, reportLimits.idBytes),
		forms.number(contact.calls),
		Object.values(whenToCall(contact, style)).filter(Boolean).join(' '),
	]);
	const widths = heads.map((_, column) => Math.max(...[heads, ...cells].map((line) => line[column].length)));
	const aligned = [heads, ...cells].map((line) =>
		line
			.map((text, i) => text.padEnd(widths[i]))
			.join('  ')
			.trimEnd(),
	);
	const note = words.contactsNote(forms.number(contacts.top.length), forms.number(contacts.toTry));
	return [words.contacts, note, '', ...aligned].join('\n');
}
