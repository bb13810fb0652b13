import { daysText, hourText } from '../../country/words';
import { analysisLimits, reportLimits } from '../limits';
import { dayOf } from '../../time/days';
import type { Window } from '../../time/window';
import { hourOfCell } from '../answeringTimes';
import { type Counts, callsIn, humanShare, knownIn, sumOf } from './counts';
import type { Style } from './phrases';
import type { Named, ReportData } from './reportBook';
import { clip } from './shapes';

/** One sentence: how good the calls were, against the period before, and how many contacts were reached. */
export function verdictOf({ total, before, contacts }: ReportData, { words, forms, language }: Style): string {
	const [share, shareBefore] = [humanShare(total), before && humanShare(before)];
	const { human } = total;
	const parts = [
		share === null
			? words.verdictUnknown
			: words.verdict(forms.percent(share), forms.number(human), forms.number(knownIn(total))),
	];
	if (share !== null && before && shareBefore !== null) {
		// Of the figures that are shown, so that they can be reckoned after.
		const points = Math.round(share * 1_000) - Math.round(shareBefore * 1_000);
		const text = `${rangeText(before.range, language)}: ${forms.percent(shareBefore)}`;
		parts[0] += words.change(forms.number(Math.abs(points) / 10, 1), points > 0, points === 0, text);
	}
	if (contacts.known > 0)
		parts.push(words.reached(forms.percent(contacts.reached / contacts.known, 0), forms.number(contacts.known)));
	if (contacts.neverReached > 0)
		parts.push(
			words.neverReached(
				forms.number(contacts.neverReached),
				forms.number(analysisLimits.minCalls),
				contacts.neverReached === 1,
			),
		);
	return `${parts.join('; ')}.`;
}

/** `27 Oct – 25 Nov 2026`. */
export const rangeText = ({ from, to }: Window, language: Style['language']): string =>
	daysText(dayOf(from), dayOf(to - 1), language);

/** At most three lines, each by a rule of docs/report.md; none where samples are small. */
export function whatToDo(data: ReportData, style: Style): string[] {
	if (knownIn(data.total) < reportLimits.adviseFrom) return [];
	const { words, forms } = style;
	const blocks = blocksOf(data);
	const percent = (counts: Counts): string => forms.percent(humanShare(counts), 0);
	// Nobody is sent to hours in which nobody may be called.
	const open = blocks.filter(({ hour }) => [hour, hour + 1].every((one) => data.callingHours.includes(one)));
	const best = apart(open, data.total, reportLimits.hoursApart, 1);
	const worst = apart(blocks, data.total, reportLimits.hoursApart, -1);
	const ofHours = (say: Style['words']['callMore'], one: Apart<Block> | null): string[] =>
		one
			? [
					say(
						hourText(one.part.hour),
						hourText(one.part.hour + 2),
						percent(one.part),
						percent(one.rest),
						forms.number(knownIn(one.part)),
					),
				]
			: [];
	const campaign = apart(data.campaigns, data.total, reportLimits.campaignsApart, -1);
	const file = campaign ? null : apart(data.files, data.total, reportLimits.campaignsApart, -1);
	const off = (kind: 'campaign' | 'file', one: Apart<Named> | null): string[] =>
		one
			? [
					words.lookAt(
						kind,
						clip(one.part.name || one.part.id || words.noFile),
						percent(one.part),
						percent(one.rest),
						forms.number(knownIn(one.part)),
					),
				]
			: [];
	const { resting } = data.contacts;
	const rest =
		resting.contacts >= reportLimits.contactsToRest
			? [
					words.letRest(
						forms.number(resting.contacts),
						forms.number(analysisLimits.restAfterCalls),
						forms.number(resting.calls),
					),
				]
			: [];
	const others = [...off('campaign', campaign), ...off('file', file), ...rest];
	return [
		...ofHours(words.callMore, best),
		...(best && others.length === 2 ? [] : ofHours(words.callLess, worst)),
		...others,
	];
}

interface Block extends Counts {
	readonly hour: number;
}

/** Two hours each, on all days together. */
function blocksOf({ cells }: ReportData): Block[] {
	return Array.from({ length: 23 }, (_, hour) => ({
		hour,
		...sumOf(
			[...cells]
				.filter(([cell]) => hourOfCell(cell) === hour || hourOfCell(cell) === hour + 1)
				.map(([, counts]) => counts),
		),
	}));
}

interface Apart<T> {
	readonly part: T;
	readonly rest: Counts;
}

/** The part that lies furthest above (1) or below (-1) the rest of the calls, if it does so clearly. */
function apart<T extends Readonly<Counts>>(
	parts: readonly T[],
	total: Readonly<Counts>,
	least: number,
	direction: 1 | -1,
): Apart<T> | null {
	const clear = parts.flatMap((part) => {
		const rest = {
			machine: total.machine - part.machine,
			human: total.human - part.human,
			other: total.other - part.other,
		};
		if (knownIn(part) < reportLimits.adviseOnPartFrom || knownIn(rest) < reportLimits.adviseOnPartFrom) return [];
		const [share, restShare, all] = [
			part.human / knownIn(part),
			rest.human / knownIn(rest),
			total.human / knownIn(total),
		];
		const standardError = Math.sqrt(all * (1 - all) * (1 / knownIn(part) + 1 / knownIn(rest)));
		const distance = (share - restShare) * direction;
		return distance >= least && distance >= reportLimits.standardErrors * standardError
			? [{ part, rest, distance }]
			: [];
	});
	return clear.reduce<(typeof clear)[number] | null>(
		(most, one) => (most && most.distance >= one.distance ? most : one),
		null,
	);
}

/** The few lines that a reader must know of the figures: outside the law, without a date, ids that are nobody's. */
export function remarksOf({ outsideLaw, undated, contacts }: ReportData, { words, forms }: Style): string[] {
	const { standIns, namelessCalls } = contacts;
	const say = (calls: number | null, words: (calls: string, isOne: boolean) => string): string[] =>
		calls ? [words(forms.number(calls), calls === 1)] : [];
	return [
		...say(outsideLaw, words.outsideLaw),
		...say(undated, words.undated),
		...standIns.slice(0, 3).map(({ id, telephones }) => words.standsFor(clip(id), forms.number(telephones))),
		...say(namelessCalls, words.nameless),
	];
}

/** Calls in each hour in which calls are allowed; null where there is none. */
export const callsPerHour = (period: Counts & { readonly allowedSeconds: number }): number | null =>
	period.allowedSeconds === 0 ? null : (callsIn(period) * 3_600) / period.allowedSeconds;
