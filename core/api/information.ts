import type { Failure } from '../failures';
import { campaignNumberOf } from './record';
import { type Connection, ask } from './request';
import { numberOf, textOf } from './json/values';
import { type Answer, readDocument } from './response';

/** The operation's campaigns, each with the API's fields untouched. */
export function askCampaigns(connection: Connection): Promise<Answer<Array<Record<string, unknown>>>> {
	return ask(connection, { path: 'information.php', query: { api: 'campaigns' }, read: readDocument });
}

/** The numbers of the operation's campaigns, each once. */
export async function campaignNumbers(connection: Connection): Promise<string[] | Failure> {
	const answer = await askCampaigns(connection);
	if (answer.kind === 'empty') return [];
	if (answer.kind !== 'whole') return answer;
	return [...new Set(answer.value.map(({ campaign_id: id }) => campaignNumberOf(textOf(id))))].filter((number) =>
		/^\d+$/.test(number),
	);
}

/** Requests of the day: of this token and of the whole operation; a number that the API does not give is null. */
export interface Usage {
	readonly description: string;
	readonly daily_limit: number | null;
	readonly used_today: number | null;
	readonly used_today_by_all_tokens: number | null;
	readonly available: number | null;
}

/** Asks what is left of the day's quota; the question itself costs one request. */
export async function askUsage(connection: Connection): Promise<Answer<Usage>> {
	const answer = await ask(connection, { path: 'information.php', query: { api: 'token_info' }, read: readDocument });
	if (answer.kind !== 'whole') return answer;
	const [info] = answer.value;
	if (info === undefined) return { kind: 'transient', why: 'notWhole', said: 'no token information' };
	return {
		kind: 'whole',
		value: {
			description: textOf(info.description),
			daily_limit: numberOf(info.token_limit),
			used_today: numberOf(info.token_use_today),
			used_today_by_all_tokens: numberOf(info.all_token_today),
			available: numberOf(info.available_consumption_options),
		},
	};
}
