import * as fc from 'fast-check';

import { degradeMemories, compareWith, mergeMemory, noMemory } from '../../../../core/trigger/memory/memory';
import {
	type Overlap,
	type Sighting,
	bytesOf,
	compare,
	degrade,
	merge,
	prune,
	remember,
	rowsOf,
	without,
} from '../../../../core/trigger/memory/overlap';
import { decodeOverlap, encodeOverlap } from '../../../../core/trigger/memory/overlapCodec';

const hash = (n: number): string => n.toString(16).padStart(16, '0');

/** Rows of a few minutes with few distinct hashes, so that identical ones are common; copies counted as they come. */
const rowsOfFew = fc
	.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 5 })), { maxLength: 60 })
	.map(numbered);

function numbered(rows: ReadonlyArray<readonly [number, number]>): Sighting[] {
	const seen = new Map<string, number>();
	return rows.map(([at, content]) => {
		const text = hash(at * 1_000 + content);
		seen.set(text, (seen.get(text) ?? 0) + 1);
		return { at, hash: text, copy: seen.get(text)! };
	});
}

/** The rows of later reads: all that there were, and more. */
const growing = fc.tuple(rowsOfFew, rowsOfFew, rowsOfFew).map((batches) => {
	const pairs = batches.map((rows) =>
		rows.map(({ at, hash: text }) => [at, Number.parseInt(text, 16) - at * 1_000] as const),
	);
	return [pairs[0], [...pairs[0], ...pairs[1]], [...pairs[0], ...pairs[1], ...pairs[2]]].map(numbered);
});

const ofOneMinute = rowsOfFew
	.filter(({ length }) => length > 0)
	.map((rows) => rows.map((row) => ({ ...row, at: row.at % 60 })));

/** A memory alone, as small as may be. */
const digestsOf = (rows: Sighting[], maxBytes = -Infinity): Overlap => degrade([remember(rows)], maxBytes)[0];

describe('the memory of what was emitted', () => {
	test('each row is new exactly once, however often it is read and whatever comes beside it', () => {
		fc.assert(
			fc.property(growing, (reads) => {
				let overlap: Overlap = new Map();
				const emitted: Sighting[] = [];
				for (const rows of [...reads, ...reads.slice(-1)]) {
					const { fresh, added } = compare(overlap, rows);
					emitted.push(...fresh.map(({ row }) => row));
					overlap = merge(overlap, added);
				}
				const names = (rows: Sighting[]): string[] =>
					rows.map(({ at, hash: text, copy }) => `${at} ${text} ${copy}`).sort();
				expect(names(emitted)).toEqual(names(reads[2]));
			}),
		);
	});

	test('identical rows keep their number: the second of two is the one that is new', () => {
		const first = { at: 90, hash: hash(1), copy: 1 };
		const second = { ...first, copy: 2 };
		expect(compare(remember([first]), [first, second]).fresh).toEqual([{ row: second, repeated: false }]);
	});

	test('a digest tells nothing new while its minute is as it was, and all of it, marked, once it is not', () => {
		const rows = [1, 2, 3].map((n) => ({ at: 10 + n, hash: hash(n), copy: 1 }));
		const digests = digestsOf(rows);
		expect(compare(digests, rows)).toEqual({ fresh: [], added: new Map() });
		const more = [...rows, { at: 20, hash: hash(9), copy: 1 }];
		const { fresh, added } = compare(digests, more);
		expect(fresh).toEqual(more.map((row) => ({ row, repeated: true })));
		expect(compare(merge(digests, added), more).fresh).toEqual([]);
	});

	test('a digest sees one row exchanged for another', () => {
		const rows = [1, 2].map((n) => ({ at: n, hash: hash(n), copy: 1 }));
		const other = [rows[0], { at: 3, hash: hash(7), copy: 1 }];
		expect(compare(digestsOf(rows), other).fresh).toHaveLength(2);
	});

	test('a digest to which rows are added is the digest of all of them', () => {
		fc.assert(
			fc.property(ofOneMinute, ofOneMinute, (known, more) => {
				expect(merge(digestsOf(known), remember(more))).toEqual(digestsOf([...known, ...more]));
			}),
		);
	});

	test('pruning forgets whole minutes that have passed, and no other', () => {
		fc.assert(
			fc.property(rowsOfFew, fc.integer({ min: 0, max: 400 }), (rows, from) => {
				const left = [...prune(remember(rows), from).keys()];
				expect(left.sort()).toEqual(
					[
						...new Set(
							rows.filter(({ at }) => (Math.floor(at / 60) + 1) * 60 > from).map(({ at }) => Math.floor(at / 60)),
						),
					].sort(),
				);
			}),
		);
	});

	test('degrading makes it fit, oldest first, and loses count of no row', () => {
		fc.assert(
			fc.property(rowsOfFew, fc.integer({ min: 100, max: 600 }), (rows, maxBytes) => {
				const smaller = digestsOf(rows, maxBytes);
				const total = (of: Overlap): number => [...of.values()].reduce((sum, minute) => sum + rowsOf(minute), 0);
				expect(total(smaller)).toBe(rows.length);
				const kinds = [...smaller].sort(([a], [b]) => a - b).map(([, { kind }]) => kind);
				expect(kinds.lastIndexOf('digest')).toBeLessThan(kinds.includes('rows') ? kinds.indexOf('rows') : kinds.length);
				if (kinds.includes('rows')) expect(bytesOf(smaller)).toBeLessThanOrEqual(maxBytes);
			}),
		);
	});

	test('degrading layers that follow one another leaves what they are together', () => {
		fc.assert(
			fc.property(growing, fc.integer({ min: 0, max: 600 }), ([first, second, third], maxBytes) => {
				const overlaps = [remember(first)];
				for (const rows of [second, third]) overlaps.push(compare(overlaps.reduce(merge), rows).added);
				const smaller = degrade(overlaps, maxBytes).reduce(merge);
				expect(compare(smaller, third).fresh).toEqual([]);
				const excess = degrade(overlaps, maxBytes).reduce((sum, layer) => sum + bytesOf(layer), -maxBytes);
				if (excess > 0) expect([...smaller.values()].every(({ kind }) => kind === 'digest')).toBe(true);
			}),
		);
	});

	test('what one step has beside another follows on it: in turn they are what they were apart', () => {
		fc.assert(
			fc.property(growing, fc.constantFrom(Infinity, 200, -Infinity), ([first, second, third], maxBytes) => {
				const known = remember(first);
				const [base, sent] = degrade([known, compare(known, second).added], maxBytes);
				const later = compare(base, third).added;
				const inTurn = merge(merge(base, sent), without(later, sent, base));
				expect(compare(inTurn, third).fresh).toEqual([]);
			}),
		);
	});

	test('what was written is read again, and takes no more room than was told', () => {
		fc.assert(
			fc.property(rowsOfFew, fc.integer({ min: 0, max: 4 }), (rows, minutes) => {
				const overlap = digestsOf(
					rows.map((row) => ({ ...row, at: row.at + 1_700_000_000 })),
					minutes * 60,
				);
				const text = encodeOverlap(overlap);
				expect(decodeOverlap(text)).toEqual(overlap);
				expect(text.length).toBeLessThanOrEqual(bytesOf(overlap) + 4);
			}),
		);
	});

	test('what was not written by it is refused', () => {
		const text = encodeOverlap(remember([{ at: 60, hash: hash(3), copy: 1 }]));
		for (const bad of [text.slice(4), `${text}AAAA`, 'not base64!', text.slice(0, -4), 'AAAA'])
			expect(decodeOverlap(bad)).toBeNull();
		fc.assert(fc.property(fc.string(), (any) => void decodeOverlap(any)));
	});

	test('a text that ends too early is refused, wherever it does', () => {
		const rows = Array.from({ length: 100 }, (_, n) => ({ at: 1_700_000_000, hash: hash(n), copy: 1 }));
		const bytes = Buffer.from(encodeOverlap(remember(rows)), 'base64');
		for (let length = 1; length < bytes.length; length++)
			expect([length, decodeOverlap(bytes.subarray(0, length).toString('base64'))]).toEqual([length, null]);
	});

	test('a minute that stands twice is refused, and one that no clock can show', () => {
		const decode = (...bytes: number[]): Overlap | null => decodeOverlap(Buffer.from(bytes).toString('base64'));
		const oneRow = [2, 0, 0, 0, 0, 0, 0, 0, 7];
		expect(decode(9, ...oneRow, 1, ...oneRow)?.size).toBe(2);
		expect(decode(9, ...oneRow, 0, ...oneRow)).toBeNull();
		for (const byte of [128, 255]) expect(decode(...Array<number>(160).fill(byte), 1, ...oneRow)).toBeNull();
	});

	test('32,000 rows a day with an hour of overlap take less than 64 KB', () => {
		// The busiest hour of a call centre has an eighth of the day's rows.
		const rows = Array.from({ length: 4_000 }, (_, n) => ({
			at: 1_700_000_000 + Math.floor(n * 0.9),
			hash: hash(n * 7_919),
			copy: 1,
		}));
		expect(encodeOverlap(remember(rows)).length).toBeLessThan(48_000);
	});
});

describe('rows without a date', () => {
	const undated = (n: number, at: number, copy = 1) => ({ at, hash: hash(n), name: hash(n), copy, isDated: false });

	test('are known again wherever the windows of a later read end', () => {
		const { added } = compareWith(noMemory, [undated(1, 599), undated(2, 1_199)]);
		const memory = mergeMemory(noMemory, added);
		expect(
			compareWith(memory, [undated(2, 300), undated(1, 1_799), undated(3, 1_799)]).fresh.map(({ row }) => row.hash),
		).toEqual([hash(3)]);
	});

	test('are marked once some of them had to be forgotten', () => {
		const many = Array.from({ length: 100 }, (_, n) => undated(n, 60 + n));
		const [memory] = degradeMemories([mergeMemory(noMemory, compareWith(noMemory, many).added)], 400);
		expect(bytesOf(memory.undated)).toBeLessThan(400);
		expect(compareWith(memory, many).fresh.every(({ repeated }) => repeated)).toBe(true);
	});

	test('come in the order in which they are met', () => {
		const rows = [undated(1, 599), { at: 30, hash: hash(2), name: hash(2), copy: 1, isDated: true }, undated(3, 599)];
		expect(compareWith(noMemory, rows).fresh.map(({ row }) => row)).toEqual(rows);
	});
});

describe('equals, which a number alone tells apart', () => {
	const equal = (version: number, copy = 1) => ({ at: 30, hash: hash(version), name: 'one', copy, isDated: true });
	const other = { at: 31, hash: hash(7), name: 'another', copy: 1, isDated: true };

	test('all come again when one of them changes or arrives, and nothing else does', () => {
		const { added } = compareWith(noMemory, [equal(1), equal(2), other]);
		const memory = mergeMemory(noMemory, added);
		expect(compareWith(memory, [equal(1), equal(2), other]).fresh).toEqual([]);
		const changed = compareWith(memory, [equal(1), equal(3), other]);
		expect(changed.fresh.map(({ row }) => row.hash)).toEqual([hash(1), hash(3)]);
		const more = compareWith(memory, [equal(1), equal(2), equal(2, 2), other]);
		expect(more.fresh.map(({ row }) => [row.hash, row.copy])).toEqual([
			[hash(1), 1],
			[hash(2), 1],
			[hash(2), 2],
		]);
		const then = mergeMemory(memory, more.added);
		expect(compareWith(then, [equal(1), equal(2), equal(2, 2), other]).fresh).toEqual([]);
	});
});
