import * as fc from 'fast-check';

import { ByteQueue } from '../../../../core/api/json/byteQueue';

const piece = fc.uint8Array({ maxLength: 40 });

describe('ByteQueue', () => {
	it('keeps what was appended and not dropped, in order, whatever its capacity', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 16 }), fc.array(fc.tuple(piece, fc.nat(60))), (capacityBytes, steps) => {
				const queue = new ByteQueue(capacityBytes);
				let expected = Buffer.alloc(0);
				for (const [bytes, wanted] of steps) {
					queue.append(bytes);
					expected = Buffer.concat([expected, bytes]);
					const count = Math.min(wanted, expected.length);
					queue.drop(count);
					expected = expected.subarray(count);
					expect(queue.bytes.equals(expected)).toBe(true);
				}
			}),
		);
	});

	it('puts two bytes around a part, and the neighbours back behind them', () => {
		fc.assert(
			fc.property(piece, fc.nat(40), fc.nat(40), (bytes, one, other) => {
				const queue = new ByteQueue(bytes.length);
				queue.append(bytes);
				const [from, to] = [one, other].map((at) => Math.min(at, bytes.length)).sort((a, b) => a - b);
				const seen = queue.between(0x5b, from, to, 0x5d, (list) => [...list]);
				expect(seen).toEqual([0x5b, ...bytes.subarray(from, to), 0x5d]);
				expect([...queue.bytes]).toEqual([...bytes]);
			}),
		);
	});

	it('puts the neighbours back when reading the part fails', () => {
		const queue = new ByteQueue(3);
		queue.append(Buffer.from('abc'));
		expect(() =>
			queue.between(0x5b, 1, 2, 0x5d, () => {
				throw new Error('unreadable');
			}),
		).toThrow('unreadable');
		expect(queue.bytes.toString()).toBe('abc');
	});
});
