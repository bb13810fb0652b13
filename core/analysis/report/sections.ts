import { hourText, weekdayName } from '../../country/words';
import { reportLimits } from '../limits';
import { cellOf, hourOfCell } from '../answeringTimes';
import { compare } from '../order';
import { type Counts, callsIn, humanShare, knownIn, sumOf } from './counts';
import { Markup, markup } from './markup';
import type { Style } from './phrases';
import type { Named, ReportData } from './reportBook';
import { FADED, PALE, STEPS, bar, barCell, breakable, cell, clip, headCell, row, section, table } from './shapes';
import { timelineOf } from './timeline';

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** A number keeps its distance from the bar that follows. */
const NUMBER = { align: 'right', padding: '2px 8px' } as const;
const HEAT = { size: 12 } as const;

const isFew = (counts: Counts): boolean => knownIn(counts) < reportLimits.fewCalls;

/** Hours × weekdays: where people answer; a column of all days with the number of calls. */
export function hoursSection({ cells }: ReportData, { words, forms, language }: Style): Markup {
	const hours = [...cells.keys()].map(hourOfCell);
	if (hours.length === 0) return markup``;
	const first = Math.min(...hours);
	const shown = Array.from({ length: Math.max(...hours) - first + 1 }, (_, i) => first + i);
	const scale = scaleOf(
		[...cells.values()].filter((counts) => !isFew(counts)).map((counts) => humanShare(counts) ?? 0),
	);
	const countsOf = (weekday: number, hour: number): Counts =>
		sumOf([cells.get(cellOf(weekday, hour) ?? -1)].flatMap((counts) => counts ?? []));
	const heat = (counts: Counts): Markup => {
		if (callsIn(counts) === 0) return cell('·', { ...HEAT, colours: FADED });
		const share = humanShare(counts);
		const colours = isFew(counts) || share === null ? FADED : STEPS[scale(share)];
		return cell(forms.percent(share, 0), { ...HEAT, colours });
	};
	const rows = shown.map((hour) => {
		const all = sumOf(WEEK.map((weekday) => countsOf(weekday, hour)));
		return row(
			[
				headCell(hourText(hour), 'row', { size: 12 }),
				...WEEK.map((weekday) => heat(countsOf(weekday, hour))),
				cell(
					callsIn(all) === 0
						? '·'
						: markup`<b>${forms.percent(humanShare(all), 0)}</b> <span style="font-size:11px">(${forms.number(callsIn(all))})</span>`,
					{ ...HEAT, align: 'right', colours: isFew(all) ? FADED : PALE },
				),
			],
			'center',
		);
	});
	const heads = [
		headCell(words.hour, 'col', { size: 12 }),
		...WEEK.map((weekday) => headCell(weekdayName(weekday, language).slice(0, 3), 'col', { ...HEAT, align: 'center' })),
		headCell(words.allDays, 'col', { size: 12, align: 'right' }),
	];
	return section(words.hours, words.hoursNote(forms.number(reportLimits.fewCalls)), table([row(heads), ...rows]));
}

/** The step of a share's colour: the steps divide the shares that occur, since 0 to 100% would show one colour. */
function scaleOf(shares: readonly number[]): (share: number) => number {
	const [low, high] = [Math.min(...shares), Math.max(...shares)];
	return (share) =>
		high > low ? Math.min(STEPS.length - 1, Math.floor(((share - low) / (high - low)) * STEPS.length)) : 2;
}

/** Campaigns or voice files, the worst first and those with few calls last; what does not fit is one line. */
export function namedSection(
	title: string,
	head: string,
	note: string,
	all: readonly Named[],
	limit: number,
	{ words, forms }: Style,
	nameOf: (named: Named) => string,
): Markup {
	const ordered = worstFirst(all);
	const shown = ordered.slice(0, ordered.length === limit + 1 ? limit + 1 : limit);
	const others = ordered.slice(shown.length);
	const lineOf = (name: string, counts: Counts): Markup =>
		shareRow(headCell(breakable(clip(name)), 'row'), counts, forms);
	return section(
		title,
		note,
		table([
			row([headCell(head, 'col'), headCell(words.calls, 'col', NUMBER), headCell(words.share, 'col')]),
			...shown.map((named) => lineOf(nameOf(named), named)),
			...(others.length > 0 ? [lineOf(words.others(forms.number(others.length)), sumOf(others))] : []),
		]),
	);
}

export function worstFirst(all: readonly Named[]): Named[] {
	return [...all].sort(
		(a, b) =>
			Number(isFew(a)) - Number(isFew(b)) ||
			(humanShare(a) ?? 2) - (humanShare(b) ?? 2) ||
			callsIn(b) - callsIn(a) ||
			compare(a.id, b.id),
	);
}

const WHOLE = { low: 0, high: 1 };

function shareRow(
	name: Markup,
	counts: Counts,
	forms: Style['forms'],
	axis = WHOLE,
	more: readonly Markup[] = [],
): Markup {
	const share = humanShare(counts);
	return row([
		name,
		cell(forms.number(callsIn(counts)), NUMBER),
		...more,
		barCell(bar(share, forms.percent(share), axis, isFew(counts))),
	]);
}

/** The first calls, the second ones …: when to stop dialling. */
export function byNumberSection(
	{ byNumber: { lines, isOpen }, contacts }: ReportData,
	{ words, forms }: Style,
): Markup {
	if (lines.length < 2) return markup``;
	const nameOf = (number: number): string =>
		isOpen && number === lines.length ? words.andLater(forms.number(number)) : forms.number(number);
	return section(
		words.byNumber,
		words.byNumberNote,
		table([
			row([
				headCell(words.numberHead, 'col'),
				headCell(words.calls, 'col', NUMBER),
				headCell(words.reachedSoFar, 'col', NUMBER),
				headCell(words.share, 'col'),
			]),
			...lines.map((line) =>
				shareRow(headCell(nameOf(line.number), 'row'), line, forms, WHOLE, [
					cell(`${forms.number(line.reached)} (${forms.percent(line.reached / contacts.known, 0)})`, {
						align: 'right',
					}),
				]),
			),
		]),
	);
}

/** Days, or longer units, as bars on an axis that is cut to the data. */
export function timeSection({ days, total }: ReportData, { words, forms, language }: Style): Markup {
	const { unit, bars } = timelineOf(days, total.range, { language });
	const shares = bars.flatMap((one) => (isFew(one) ? [] : (humanShare(one) ?? [])));
	const low = Math.floor(Math.max(0, Math.min(...shares, 1) - 0.05) * 10) / 10;
	const high = Math.min(1, Math.ceil((Math.max(...shares, 0) + 0.001) * 10) / 10);
	const axis = shares.length > 1 && high > low ? { low, high } : WHOLE;
	return section(
		words.over[unit],
		words.axis(forms.percent(axis.low, 0), forms.percent(axis.high, 0)),
		table([
			row([headCell(words.overHead[unit], 'col'), headCell(words.calls, 'col', NUMBER), headCell(words.share, 'col')]),
			...bars.map((one) => shareRow(headCell(one.label, 'row'), one, forms, axis)),
		]),
	);
}
