import fc from 'fast-check';
import { compareEach } from '../../../core/analysis/order';

const texts = fc.constantFrom(null, '', '9', '09', '10', '22109', '123456789012345', '1234567890123456', 'CRM-7', 'x');
const numbers = fc.constantFrom(null, 0, 7, 23);
const rows = fc.array(fc.tuple(texts, numbers), { minLength: 3, maxLength: 3 });

test('rows have one order: alike only where they are equal, and no two orders disagree', () => {
	fc.assert(
		fc.property(rows, ([a, b, c]) => {
			const isEqual = JSON.stringify(a) === JSON.stringify(b);
			expect(compareEach(a, b) === 0).toBe(isEqual);
			expect(Math.sign(compareEach(a, b)) + Math.sign(compareEach(b, a))).toBe(0);
			if (compareEach(a, b) <= 0 && compareEach(b, c) <= 0) expect(compareEach(a, c)).toBeLessThanOrEqual(0);
		}),
		{ numRuns: 1_000 },
	);
});

test('numbers come by value, equal ones by their digits, then texts, then what is unknown', () => {
	const sorted = [['9'], [null], ['x'], ['10'], ['1234567890123456'], ['09']].sort(compareEach);
	expect(sorted.flat()).toEqual(['09', '9', '10', '1234567890123456', 'x', null]);
});
