import {
	type AmdRecord,
	KeyMaker,
	campaignNumberOf,
	detectionOf,
	identityOf,
	toRecord,
} from '../../../core/api/record';

const row = {
	customer_id: '52',
	campaign_id: '22109',
	file_name: '',
	telephone: '91573223189873',
	result: 'MACHINE',
	date: '2024-05-06 09:00:00',
};

describe('a row', () => {
	test('keeps the six texts in the vendor’s order, and leaves the rest out', () => {
		const { date, ...rest } = row;
		expect(JSON.stringify(toRecord({ date, agent: 'x', ...rest }))).toBe(JSON.stringify(row));
	});

	test('null is an empty text, a number or a truth value its own', () => {
		expect(toRecord({ ...row, file_name: null, telephone: 12, result: true })).toEqual({
			...row,
			telephone: '12',
			result: 'true',
		});
	});

	test.each([null, 'text', 5, [], { ...row, date: undefined }, { ...row, result: {} }, { customer_id: '1' }])(
		'%j is none',
		(value) => {
			expect(toRecord(value)).toBeNull();
		},
	);
});

test('two rows are the same exactly when all six texts are', () => {
	expect(identityOf({ ...row })).toBe(identityOf({ ...row }));
	for (const field of Object.keys(row) as Array<keyof AmdRecord>)
		expect(identityOf({ ...row, [field]: `${row[field]} ` })).not.toBe(identityOf(row));
	expect(identityOf({ ...row, customer_id: '5', campaign_id: '222109' })).not.toBe(identityOf(row));
});

describe('keys', () => {
	const keysOf = (records: AmdRecord[], undated = 0, maker = new KeyMaker('0022')): string[] =>
		records.map(maker.forWindow(undated));

	test('are frozen: databases depend on them', () => {
		expect(keysOf([row, row, { ...row, file_name: 'buzón "x".wav' }])).toEqual([
			'96bc14e85549be099a8a7b6f1bafda85-1',
			'96bc14e85549be099a8a7b6f1bafda85-2',
			'e2e368a563e5452002947c3e470fb151-1',
		]);
	});

	test('number identical rows, each window anew', () => {
		const maker = new KeyMaker('0022');
		const [first, second] = keysOf([row, row], 0, maker);
		expect([first.slice(-2), second.slice(-2)]).toEqual(['-1', '-2']);
		expect(first.slice(0, -2)).toBe(second.slice(0, -2));
		expect(keysOf([row], 0, maker)).toEqual([first]);
	});

	test('number rows without a date over the whole run', () => {
		const maker = new KeyMaker('0022');
		const undated = { ...row, date: '' };
		expect(keysOf([undated, row], 1, maker).map((key) => key.slice(-2))).toEqual(['-1', '-1']);
		expect(keysOf([undated, row], 1, maker).map((key) => key.slice(-2))).toEqual(['-2', '-1']);
	});

	test('differ between servers', () => {
		expect(keysOf([row], 0, new KeyMaker('0023'))).not.toEqual(keysOf([row]));
	});
});

test.each([
	['MACHINE', 'machine'],
	[' Human ', 'human'],
	['fax', 'other'],
	['', 'other'],
])('%j was a %s', (result, detection) => {
	expect(detectionOf({ ...row, result })).toBe(detection);
});

test.each([
	['22109', '22109'],
	['22109 - VENTAS', '22109'],
	[' 7 ', '7'],
	['all', 'all'],
	['', ''],
])('the number of campaign %j is %j', (text, number) => {
	expect(campaignNumberOf(text)).toBe(number);
});
