import { Selection } from '../../nodes/shared/selection';
import { row } from '../support/exchanges';

const none = { customer: [], telephone: [], fileName: [] };
const record = { ...row, customer_id: ' 52 ', telephone: '9157 310 555 0101', file_name: 'a.wav', result: 'MACHINE' };

test.each([
	[{}, true],
	[{ customer: ['52'] }, true],
	[{ customer: ['5', '52'] }, true],
	[{ customer: ['5'] }, false],
	[{ fileName: ['a.wav'] }, true],
	[{ fileName: ['b.wav'] }, false],
	[{ telephone: ['3105550101'] }, true],
	[{ telephone: ['+57 (310) 555-0101'] }, true],
	[{ telephone: ['9257310555 0101'] }, true],
	[{ telephone: ['3105550102'] }, false],
	[{ customer: ['52'], telephone: ['3105550102'] }, false],
])('%j lets the record pass: %s', (filters, passes) => {
	expect(new Selection('all', { ...none, ...filters }, 'CO').wants(record)).toBe(passes);
});

describe('words that are neither machine nor human', () => {
	const seen = (result: 'all' | 'human' | 'machine', words: string[]) => {
		const selection = new Selection(result, none, 'CO');
		return { kept: words.filter((word) => selection.wants({ ...record, result: word })), selection };
	};

	test('are kept and named with their number, the most frequent first', () => {
		const { kept, selection } = seen('all', ['FAX', '', 'FAX', 'MACHINE', 'silence', ' FAX ', 'a', 'b', 'c']);
		expect(kept).toHaveLength(9);
		expect(selection.warnings(9)).toEqual([
			'8 records are neither machine nor human, and counted as other: ' +
				'3 “FAX”, 1 without a word, 1 “silence”, 1 “a”, 1 “b” and 1 more words.',
		]);
	});

	test('are no word of, where there is none', () => expect(seen('all', ['human']).selection.warnings(1)).toEqual([]));

	test('are told where they leave nothing to a filter', () => {
		const { kept, selection } = seen('machine', ['MAQ']);
		expect(kept).toEqual([]);
		expect(selection.warnings(0)).toEqual([
			'1 record is neither machine nor human, and counted as other: 1 “MAQ”.',
			'Result leaves no record, since none says in a known word that a machine answered. ' +
				'Set it to All to see how Wolkvox writes it in this operation.',
		]);
	});
});
