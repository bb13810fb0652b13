import { small, type Answer } from './answer';
import { listing, refusal } from './envelope';
import type { Campaign, SimulatorOptions } from './options';

/** The list of campaigns, or the one that is named. */
export function campaignList(options: SimulatorOptions, id: string | undefined): Answer {
	const shown = options.campaigns.filter((campaign) => !campaign.hidden && (!id || campaign.id === id));
	if (id && shown.length === 0) {
		return small(404, refusal(options, 404, `Campaign_id ${id} does not exist in your operation.`), 'unknownCampaign');
	}
	return small(
		200,
		listing(
			options,
			`${shown.length} records were found`,
			shown.map((campaign) => listed(options, campaign)),
		),
		'campaigns',
	);
}

function listed(
	{ campaignIdsAs }: SimulatorOptions,
	{ id, name, type = 'predictive', status = 'Started', share }: Campaign,
) {
	return {
		campaign_id: campaignIdsAs === 'number' ? Number(id) : id,
		campaign_name: name,
		campaign_description: `${name} (${type})`,
		type_campaign: type,
		status,
		records: String(Math.round(share * 1000)),
		speed: '3',
		dial_mode: 'normal',
		last_use: '2024-05-31 20:59:59',
		recycled: '0',
		turbo_dial: '0',
		skill_id: '101',
	};
}

/** The token's part of the day's quota, this call included. */
export function tokenInfo(options: SimulatorOptions, usedToday: number): Answer {
	const limit = options.licences * 1000;
	const all = usedToday + options.usedByOtherTokens;
	const info = {
		description: `Token of operation ${options.serverCode}`,
		token_limit: String(limit),
		token_use_today: String(usedToday),
		all_token_today: String(all),
		available_consumption_options: String(limit - all),
	};
	return small(200, listing(options, '1 records were found', [info]), 'tokenInfo');
}
