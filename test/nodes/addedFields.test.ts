import { adder } from '../../nodes/shared/output/addedFields';
import { row } from '../support/exchanges';

const names = new Map([
	['7', 'VENTAS'],
	['8', ''],
]);
const campaignName = (campaign_id: string) =>
	adder(['campaignName'], { serverCode: '0022', zone: 'America/Bogota', names })(0)({ ...row, campaign_id })
		.campaignName;

test.each([
	['7', 'VENTAS'],
	['7 - OTHER', 'VENTAS'],
	['8', null],
	['9', null],
	['9 - COBRANZA', 'COBRANZA'],
])('the name of campaign %j is %j: from the list, else from the row, else none', (campaign, name) =>
	expect(campaignName(campaign)).toBe(name),
);
