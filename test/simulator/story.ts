import { uniform } from './random';

const { floor } = Math;

const SALT = 19;
const SECONDS_A_DAY = 86_400;

/** The list that was bought: hardly anybody answers. */
const BAD_LIST = '26687';
const BAD_LIST_ANSWERS = 0.25;

/** An hour in which the announcement comes too late, and people hang up or are taken for machines. */
const BAD_HOUR = 15;
const BAD_HOUR_ANSWERS = 0.3;

/** A list that is dialled again and again: every day fewer answer, until it is exchanged. */
const AGED_LIST = '22109';
const EXCHANGED_EVERY_DAYS = 28;
const LEFT_AFTER_A_DAY = 0.965;

/** One contact in so many has an id that begins with zeros. */
const WITH_ZEROS = 6;

/** How much of its usual share of answers by people a campaign has at a second, in the operation that `story` tells of. */
export function answersInStory(campaign: string, second: number): number {
	const day = floor(second / SECONDS_A_DAY);
	const hour = floor(second / 3_600) - day * 24;
	const ofHour = hour === BAD_HOUR ? BAD_HOUR_ANSWERS : 1;
	if (campaign === BAD_LIST) return ofHour * BAD_LIST_ANSWERS;
	if (campaign !== AGED_LIST) return ofHour;
	return ofHour * LEFT_AFTER_A_DAY ** (day % EXCHANGED_EVERY_DAYS);
}

/** The id of a contact, with leading zeros where the story gives it some. */
export const idInStory = (seed: number, contact: number, id: string): string =>
	/^\d+$/.test(id) && uniform(seed, contact, 0, SALT) < 1 / WITH_ZEROS ? id.slice(2).padStart(10, '0') : id;
