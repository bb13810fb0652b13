import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { toolLimits } from '../../../core/limits';
import { formatWall } from '../../../core/time/wallClock';
import type { Words } from '../../../core/messages';
import { missingText } from '../output/missing';
import type { Outcome } from '../output/outcome';

export interface AnswerForm {
	/** The answer is one thing, not a list: these of its fields, or all of them. */
	readonly only?: readonly string[] | 'all';
	/** What else a model could call, where there is more than it got. */
	readonly more: string;
	/** The zone of the operation's clock, where a range was read. */
	readonly zone?: string;
}

const NOTHING_FOUND = 'Nothing was found in this range for this campaign.';
const SHORTER = 'Ask again for a shorter range, such as one day';

/** The one object that a model gets: what was found, in which range, whether all of it, and what to call next. */
export function answerOf(
	{ items, summary, inAll }: Outcome & { ok: true },
	{ only, more, zone }: AnswerForm,
): IDataObject {
	if (only) return pick(items, only);
	const given = fitting(items);
	const total = inAll === undefined ? items.length : inAll;
	const missing = summary ? missingText(summary.missing) : null;
	const notes = [
		...(items.length === 0 ? [NOTHING_FOUND] : []),
		...(missing === null
			? []
			: [`Not everything of the range could be read. ${SHORTER}, or for counts, if you have such a tool.`]),
		...(total === null || total > given.length ? [`These are ${given.length} of ${total ?? 'more'}. ${more}`] : []),
		...(summary?.young ? ['Some records of the last half hour may still be missing.'] : []),
	];
	return {
		...(summary ? { range: rangeOf(summary.asked, zone), complete: missing === null, missing } : {}),
		items_in_all: total,
		items: given,
		next: notes.length > 0 ? notes.join(' ') : null,
	};
}

/** What went wrong and what to do, as a result: a thrown error reaches some models without advice, others not at all. */
export const failureOf = ({ message, description }: Words): IDataObject => ({ failure: message, advice: description });

function pick([item]: readonly INodeExecutionData[], only: readonly string[] | 'all'): IDataObject {
	const json = item?.json ?? {};
	if (only === 'all') return json;
	return Object.fromEntries(only.map((field) => [field, json[field] ?? null]));
}

/** As many as a model can hold. */
function fitting(items: readonly INodeExecutionData[]): IDataObject[] {
	const given: IDataObject[] = [];
	let size = 0;
	for (const { json: item } of items.slice(0, toolLimits.items)) {
		// Told once, of all of them.
		const json = { ...item };
		delete json.complete;
		delete json.missing;
		size += JSON.stringify(json).length + 1;
		if (size > toolLimits.answerCharacters) break;
		given.push(json);
	}
	return given;
}

const rangeOf = ({ from, to }: { from: number; to: number }, zone = ''): IDataObject => ({
	first_second: formatWall(from),
	last_second: formatWall(to - 1),
	clock: zone,
});
