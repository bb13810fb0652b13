import type { DataOptions, RawRow } from './options';
import { mix, uniform } from './random';
import { answersInStory, idInStory } from './story';
import type { Timeline } from './timeline';
import { wallText } from './wallTime';

const { floor } = Math;

const SALT = { contact: 11, phone: 12, result: 13, file: 14, date: 15, other: 16, person: 17, digits: 18 };

/** How much likelier than on average a person answers, by hour of the day. */
const answerCurve = [
	1, 1, 1, 1, 1, 1, 1, 0.6, 0.75, 0.9, 0.95, 1, 1.15, 1.1, 0.95, 0.9, 0.95, 1.1, 1.3, 1.35, 1.2, 1, 1, 1,
];
const NEVER_ANSWERS = 0.12;
/** Gives four humans to six machines over all. */
const ANSWER_RATE = 0.4 / (1 - NEVER_ANSWERS);
const NO_FILE = 0.2;
const SECOND_PHONE = 0.25;
const OTHER_RESULT = 0.03;

const cases = {
	upper: (text: string) => text.toUpperCase(),
	lower: (text: string) => text,
	title: (text: string) => text[0].toUpperCase() + text.slice(1),
};

/** The six texts of a row that the timeline has. */
export function rowAt(options: DataOptions, timeline: Timeline, second: number, code: number): RawRow {
	const { seed } = options;
	const content = timeline.contentOf(second, code);
	const draw = (salt: number) => uniform(seed, second, content, salt);
	const campaign = options.campaigns[timeline.campaignOf(second, code)];
	const contact = floor(draw(SALT.contact) * options.contacts);
	const id = customerId(seed, contact);
	return {
		customer_id: options.story ? idInStory(seed, contact, id) : id,
		campaign_id: options.campaignIdWithName ? `${campaign.id} - ${campaign.name}` : campaign.id,
		file_name: draw(SALT.file) < NO_FILE ? '' : (campaign.file ?? ''),
		telephone: telephone(seed, contact, draw(SALT.phone) < SECOND_PHONE ? 1 : 0),
		result: result(options, { second, contact, campaign: campaign.id }, draw(SALT.result), draw(SALT.other)),
		date: date(options, second, draw(SALT.date)),
	};
}

function result(
	{ seed, otherResults, resultCase, story }: DataOptions,
	{ second, contact, campaign }: { second: number; contact: number; campaign: string },
	draw: number,
	other: number,
): string {
	if (otherResults.length > 0 && other < OTHER_RESULT) {
		return otherResults[floor((other / OTHER_RESULT) * otherResults.length)];
	}
	const hour = floor(second / 3600) - floor(second / 86400) * 24;
	const answers = uniform(seed, contact, 0, SALT.person) >= NEVER_ANSWERS;
	const share = ANSWER_RATE * answerCurve[hour] * (story ? answersInStory(campaign, second) : 1);
	return cases[resultCase](answers && draw < share ? 'human' : 'machine');
}

function date({ unreadableDateShare, dateForm }: DataOptions, second: number, draw: number): string {
	if (draw < unreadableDateShare) return draw < unreadableDateShare / 2 ? '' : '0000-00-00 00:00:00';
	return wallText(second, dateForm);
}

/** Mostly a national id, sometimes a CRM's own, rarely none. */
function customerId(seed: number, contact: number): string {
	const bits = mix(seed, contact, 1, SALT.digits);
	if (bits % 97 === 0) return '';
	if (bits % 10 === 0) return `CRM-${String(contact).padStart(8, '0')}`;
	return String(10_000_000 + (bits % 1_190_000_000));
}

/** Dial prefix 9, country 57, a mobile of ten digits. */
function telephone(seed: number, contact: number, which: number): string {
	return `91573${String(mix(seed, contact, 2 + which, SALT.digits) % 1_000_000_000).padStart(9, '0')}`;
}
