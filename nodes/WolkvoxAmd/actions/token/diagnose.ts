import { type Diagnosis, diagnose } from '../../../../core/diagnosis/diagnose';
import { invalid } from '../../../../core/failures';
import { isZone, latestWall } from '../../../../core/time/wallClock';
import { openConnection } from '../../../shared/connection/connection';
import { world } from '../../../shared/connection/transport';
import { readOptions } from '../../../shared/form/parameters';
import { options } from '../../../shared/form/properties';
import { refused } from '../../../shared/output/outcome';
import { TOOL_DESCRIPTIONS } from '../toolTexts';
import type { Operation } from '../operation';

/** The questions, as a person would ask them, in the order of the fields. */
const QUESTIONS: Record<Exclude<keyof Diagnosis, 'requests'>, string> = {
	code_type: 'How `code` comes',
	empty_answer: 'An answer without records',
	order: 'Order of the records',
	bounds: 'date_ini and date_end',
	date_precision: 'Precision of `date`',
	newest_record_minutes_ago: 'Minutes since the newest record',
	records_per_second: 'Records a second',
	two_at_once: 'Two requests at once',
	refused_requests_count: 'Refused requests count in the quota',
	requests_left: 'Requests left today',
	records: 'Records looked at',
	result_words: 'Words in `result`',
	campaign_6: 'Report 6 (AMD accumulated)',
	parts_add_up: 'The parts of the range add up to it',
};

export const tokenDiagnose: Operation = {
	resource: 'token',
	operation: 'diagnose',
	name: 'Check Connection',
	action: 'Check the connection to wolkvox',
	description:
		'Ask a dozen small questions of your operation and get what its answers look like, with a text without personal data ' +
		'that you can paste into an issue. Costs at most 12 of the requests of the day.',
	properties: [options('timezone')],

	tool: { description: TOOL_DESCRIPTIONS.diagnose, answer: { more: '', only: ['text'] } },

	async run(context, itemIndex) {
		const zone = String(readOptions(context, itemIndex).timezone ?? 'America/Bogota');
		if (!isZone(zone)) {
			const unknown = invalid(
				'timezone',
				`Timezone is not a time zone: “${zone}”`,
				'Enter a name such as America/Bogota.',
			);
			return refused(unknown.failure);
		}
		const opened = await openConnection(context, { itemIndex });
		if (!opened.ok) return refused(opened.failure);
		const { connection, say, close } = opened.value;
		const found = await diagnose(connection, () => latestWall(world.now(), zone)).finally(close);
		if (!('code_type' in found)) return { ok: false, trouble: { failure: found, words: say(found) } };
		return { ok: true, items: [{ json: { ...found, text: textOf(found) }, pairedItem: { item: itemIndex } }] };
	},
};

const textOf = (found: Diagnosis): string =>
	Object.entries(QUESTIONS)
		.map(([key, question]) => `${question}: ${sayIt(found[key as keyof Diagnosis])}`)
		.join('\n');

const sayIt = (value: string | number | boolean | null): string =>
	value === null ? 'could not be told' : value === true ? 'yes' : value === false ? 'no' : String(value);
