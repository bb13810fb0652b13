import { askCampaigns, askUsage, campaignNumbers } from '../../../core/api/information';
import { openLane } from '../../../core/api/tokenLane';
import { type Connection, nothingSpent } from '../../../core/api/request';
import { answer, envelope, refusal } from '../../support/exchanges';
import { VirtualWorld } from '../../support/virtualWorld';

let tokens = 0;
/** A host that answers everything so; what was asked is written down. */
function hostThat(status: number, body: string, asked: object[] = []): Connection {
	const world = new VirtualWorld();
	const transport: Connection['transport'] = async ({ path, query }) => (
		asked.push({ path, ...query }),
		answer(status, body)
	);
	return {
		transport,
		world,
		lane: openLane(world, 'information', String(tokens++), { parallel: 1 }),
		spending: nothingSpent(),
		signal: new AbortController().signal,
	};
}
const data = (rows: unknown): string => envelope({ data: rows, msg: '' });

test('campaigns: the API’s fields untouched', async () => {
	const asked: object[] = [];
	const rows = [{ campaign_id: 7, campaign_name: 'A', speed: '3' }];
	expect(await askCampaigns(hostThat(200, data(rows), asked))).toEqual({ kind: 'whole', value: rows });
	expect(asked).toEqual([{ path: 'information.php', api: 'campaigns' }]);
});

test('their numbers, whether text, number or with a name behind', async () => {
	expect(
		await campaignNumbers(
			hostThat(200, data([{ campaign_id: 7 }, { campaign_id: '8' }, { campaign_id: '22109 - X' }])),
		),
	).toEqual(['7', '8', '22109']);
	expect(
		await campaignNumbers(
			hostThat(200, data([{ campaign_id: 7 }, { campaign_id: '7' }, { name: 'no number' }, { campaign_id: '' }])),
		),
	).toEqual(['7']);
});

test('none, or why they cannot be had', async () => {
	expect(await campaignNumbers(hostThat(404, refusal('404', 'Validate dates entered')))).toEqual([]);
	expect(await campaignNumbers(hostThat(403, refusal('403', 'PLEASE VALIDATE TOKEN')))).toMatchObject({
		kind: 'refused',
		why: 'wrongToken',
	});
});

describe('usage', () => {
	const info = {
		description: 'Token',
		token_limit: '30000',
		token_use_today: 12,
		all_token_today: '1,234',
		available_consumption_options: '28766',
	};

	test('as numbers, however they are written', async () => {
		expect(await askUsage(hostThat(200, data([info])))).toEqual({
			kind: 'whole',
			value: {
				description: 'Token',
				daily_limit: 30_000,
				used_today: 12,
				used_today_by_all_tokens: 1_234,
				available: 28_766,
			},
		});
	});

	test('a number that is not given is null', async () => {
		expect(
			await askUsage(hostThat(200, data([{ token_limit: '', token_use_today: 'unlimited', all_token_today: null }]))),
		).toMatchObject({
			value: { description: '', daily_limit: null, used_today: null, used_today_by_all_tokens: null, available: null },
		});
	});

	test('nothing at all is no information', async () => {
		expect(await askUsage(hostThat(200, data([])))).toMatchObject({ kind: 'transient', why: 'notWhole' });
		expect(await askUsage(hostThat(401, refusal('401', 'PLEASE ENTER THE WOLKVOX-TOKEN')))).toMatchObject({
			kind: 'refused',
		});
	});
});
