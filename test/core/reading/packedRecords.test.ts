import fc from 'fast-check';
import { PackedRecords, SlabPool } from '../../../core/reading/packedRecords';
import type { AmdRecord } from '../../../core/api/record';

const text = fc.oneof(
	fc.constantFrom('', '91573223189873', 'ñandú', 'é', '\ud800', '😀', '\u0000', 'x'.repeat(70_000)),
	fc.string({ unit: 'binary', maxLength: 8 }),
);
const record: fc.Arbitrary<AmdRecord> = fc.record({
	customer_id: text,
	campaign_id: text,
	file_name: text,
	telephone: text,
	result: text,
	date: text,
});
const dated = fc.array(fc.record({ record, at: fc.integer({ min: -3, max: 3 }) }), { maxLength: 40 });

test('gives back what it took, text by text, in order of time, and those of one moment as they came; undated ones first', () => {
	const pool = new SlabPool();
	fc.assert(
		fc.property(dated, fc.array(record, { maxLength: 3 }), (taken, undated) => {
			const packed = new PackedRecords(pool);
			for (const one of taken) packed.add(one.record, one.at);
			packed.close(undated);
			const sorted = taken.map((one, i) => ({ ...one, i })).sort((a, b) => a.at - b.at || a.i - b.i);
			const expected = [...undated, ...sorted.map((one) => one.record)];
			expect([...packed]).toEqual(expected);
			expect([...packed]).toEqual(expected);
			expect(packed.length).toBe(expected.length);
			for (let at = -4; at <= 4; at++)
				expect([...packed.datedAt(at)]).toEqual(taken.filter((one) => one.at === at).map((one) => one.record));
			packed.release();
		}),
	);
});

test('60,000 records in no order come back sorted', () => {
	const packed = new PackedRecords();
	const at = (i: number) => (i * 7_919) % 60_000;
	for (let i = 0; i < 60_000; i++)
		packed.add(
			{ customer_id: String(at(i)), campaign_id: '7', file_name: '', telephone: '', result: 'HUMAN', date: '' },
			at(i),
		);
	expect([...packed.close()].map(({ customer_id }) => Number(customer_id))).toEqual(
		Array.from({ length: 60_000 }, (_, i) => i),
	);
});

test('what was given up can no longer be read: its memory belongs to others', () => {
	const pool = new SlabPool();
	const packed = new PackedRecords(pool);
	const one: AmdRecord = { customer_id: 'a', campaign_id: '7', file_name: '', telephone: '', result: '', date: '' };
	packed.add(one, 1);
	packed.close().release();
	const next = new PackedRecords(pool);
	next.add({ ...one, customer_id: 'b' }, 2);
	expect(() => [...packed]).toThrow('given up');
	expect([...next.close()]).toEqual([{ ...one, customer_id: 'b' }]);
});
