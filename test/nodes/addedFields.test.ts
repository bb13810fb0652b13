import { adder } from '../../nodes/shared/output/addedFields';
import { row } from '../support/exchanges';

const names = new Map([
	['7', 'VENTAS'],
	['8', ''],
]);
const nameOf = (campaign_id: string) =>
	adder(['campaign_name'], { zone: 'America/Bogota', country: 'CO', names })({
		record: { ...row, campaign_id },
		recordId: '',
	}).campaign_name;

test.each([
	['7', 'VENTAS'],
	['7 - OTHER', 'VENTAS'],
	['8', null],
	['9', null],
	['9 - COBRANZA', 'COBRANZA'],
])('the name of campaign %j is %j: from the list, else from the row, else none', (campaign, name) =>
	expect(nameOf(campaign)).toBe(name),
);
