import * as fc from 'fast-check';

import {
	type AmdRecord,
	RecordIds,
	campaignNumberOf,
	detectionOf,
	identityOf,
	oddityOf,
	rowHash,
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

test.each([
	[{ customer_id: 2 ** 53 }, 'customer_id comes as a number whose digits are lost'],
	[{ telephone: 9.1573e30 }, 'telephone comes as a number whose digits are lost'],
	[{ campaign_id: 1.5 }, 'campaign_id comes as a number whose digits are lost'],
	[{ result: {} }, 'a row whose result is no text'],
])('%j is refused by the name of its field', (change, said) => {
	expect(toRecord({ ...row, ...change })).toBeNull();
	expect(oddityOf({ ...row, ...change })).toBe(said);
});

test('two rows are the same exactly when all six texts are', () => {
	expect(identityOf({ ...row })).toBe(identityOf({ ...row }));
	for (const field of Object.keys(row) as Array<keyof AmdRecord>)
		expect(identityOf({ ...row, [field]: `${row[field]} ` })).not.toBe(identityOf(row));
	expect(identityOf({ ...row, customer_id: '5', campaign_id: '222109' })).not.toBe(identityOf(row));
});

describe('record ids', () => {
	const idsOf = (records: AmdRecord[], undated = 0, ids = new RecordIds()): string[] =>
		[...ids.of(records, undated)].map(({ recordId }) => recordId);

	test('are frozen: databases depend on them', () => {
		const other = { ...row, customer_id: 'ñ "x"', campaign_id: '22110 - VENTAS' };
		expect(idsOf([row, row, other])).toEqual([
			'a39cb0b5eef16cd2c207bae63f693508-1',
			'a39cb0b5eef16cd2c207bae63f693508-2',
			'b43a5b4ff599fed8e49cdb9f20993616-1',
		]);
	});

	test('do not change with what may still change of a record', () => {
		const later = [
			{ campaign_id: ' 22109 - JUNIO' },
			{ file_name: 'a.wav' },
			{ result: 'human' },
			{ result: '' },
			{ telephone: ' 91573223189873' },
			{ customer_id: '52 ' },
		];
		for (const change of later) expect(idsOf([{ ...row, ...change }])).toEqual(idsOf([row]));
	});

	test('tell apart what stays of a record', () => {
		const others = [
			{ campaign_id: '22110' },
			{ telephone: '1' },
			{ customer_id: '5' },
			{ date: '2024-05-06 09:00:01' },
			{ customer_id: '5222109', campaign_id: '' },
		];
		const all = [{}, ...others].map((change) => idsOf([{ ...row, ...change }])[0]);
		expect(new Set(all).size).toBe(all.length);
	});

	test('number equals by what is left of their rows, in whatever order they come, and each moment anew', () => {
		const equals = ['', 'HUMAN', 'MACHINE', 'MACHINE'].map((result) => ({ ...row, result }));
		const next = { ...row, date: '2024-05-06 09:00:01' };
		fc.assert(
			fc.property(fc.shuffledSubarray([...equals, { ...row, customer_id: '1' }], { minLength: 5 }), (rows) => {
				const ids = idsOf([...rows, next]);
				const numbers = rows.map((one, i) => `${one.customer_id} ${one.result} ${ids[i].split('-')[1]}`);
				expect(numbers.sort()).toEqual(['1 MACHINE 1', '52  1', '52 HUMAN 2', '52 MACHINE 3', '52 MACHINE 4']);
				expect(ids[5]).toMatch(/-1$/);
			}),
		);
	});

	test('number equals of one second also where their dates are written in two ways', () => {
		const [first, second] = [row, { ...row, date: `${row.date} ` }];
		const between = { ...row, date: '2024-05-06T09:00:00' };
		expect(idsOf([first, between, second]).map((id) => id.slice(-2))).toEqual(['-2', '-1', '-1']);
	});

	test('number rows without a date over the whole run', () => {
		const ids = new RecordIds();
		const undated = { ...row, date: '' };
		expect(idsOf([undated, row], 1, ids).map((id) => id.slice(-2))).toEqual(['-1', '-1']);
		expect(idsOf([undated, row], 1, ids).map((id) => id.slice(-2))).toEqual(['-2', '-1']);
	});
});

test('a row has another hash with every change, and the same one without any', () => {
	expect(rowHash(row)).toMatch(/^[0-9a-f]{16}$/);
	expect(rowHash({ ...row })).toBe(rowHash(row));
	for (const field of Object.keys(row) as Array<keyof AmdRecord>)
		expect(rowHash({ ...row, [field]: `${row[field]} ` })).not.toBe(rowHash(row));
});

test.each([
	['MACHINE', 'machine'],
	['ANSWER-MACHINE', 'machine'],
	['answering_machine', 'machine'],
	['Máquina', 'machine'],
	['CONTESTADORA', 'machine'],
	['buzón de voz', 'machine'],
	['Buzo\u0301n', 'machine'],
	['VOICEMAIL_BEEP', 'machine'],
	['machine_end_beep', 'machine'],
	[' Human ', 'human'],
	['HUMANO', 'human'],
	['Live Call', 'human'],
	['human_residence', 'human'],
	['person', 'human'],
	['fax', 'other'],
	['FAX_MACHINE_DETECTED', 'other'],
	['silence', 'other'],
	['not_sure', 'other'],
	['not human', 'other'],
	['machinery', 'other'],
	['constructor', 'other'],
	['answered', 'other'],
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
