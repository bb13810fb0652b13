import { Portion, RowSource, type Row, textOf } from '../../../core/export/rowSource';

async function* counted(count: number, size: number, seen = { pulled: 0, isEnded: false }): AsyncGenerator<Row[]> {
	try {
		for (let from = 0; from < count; from += size) {
			seen.pulled++;
			yield Array.from({ length: Math.min(size, count - from) }, (_, i) => ({ id: `é${from + i}` }));
		}
	} finally {
		seen.isEnded = true;
	}
}
const lineOf = ({ id }: Row) => `${String(id)}\n`;

async function collected(pieces: AsyncIterable<string>): Promise<string[]> {
	const all: string[] = [];
	for await (const piece of pieces) all.push(piece);
	return all;
}

test('pieces are whole rows of bounded size, and give every row once', async () => {
	const rows = new Portion(new RowSource(counted(50_000, 40_000)));
	const pieces = await collected(textOf(rows, lineOf));
	expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(132_000);
	expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
	expect(pieces.length).toBeGreaterThan(2);
	expect(pieces.join('')).toBe(Array.from({ length: 50_000 }, (_, i) => `é${i}\n`).join(''));
	expect(rows.rows).toBe(50_000);
});

test('no piece is empty: neither for a batch without rows nor behind one that ends with a full piece', async () => {
	const long = { id: 'x'.repeat(200_000) };
	async function* batches(): AsyncGenerator<Row[]> {
		yield* [[], [{ id: 'a' }, long], [], [{ id: 'b' }], []];
	}
	const pieces = await collected(textOf(new Portion(new RowSource(batches())), lineOf));
	expect(pieces.map(({ length }) => length)).toEqual([200_003, 2]);
	expect(await collected(textOf(new Portion(new RowSource(counted(0, 1))), lineOf))).toEqual([]);
});

test('rows are pulled: no batch is read before the piece of the one before is taken', async () => {
	const seen = { pulled: 0, isEnded: false };
	const pieces = textOf(new Portion(new RowSource(counted(100, 10, seen))), lineOf);
	await pieces.next();
	expect(seen.pulled).toBe(1);
});

test('a file that is told to end leaves the other rows to the next one, in order; a source that is ended makes no more', async () => {
	const seen = { pulled: 0, isEnded: false };
	const source = new RowSource(counted(100_000, 30_000, seen));
	const first = new Portion(source);
	const taken: string[] = [];
	for await (const piece of textOf(first, lineOf)) {
		taken.push(piece);
		if (taken.length === 2) first.end();
	}
	expect(first.take()).toBeUndefined();
	expect(await first.hasNext()).toBe(false);
	const second = new Portion(source);
	expect(await second.hasNext()).toBe(true);
	const [next] = await collected(textOf(second, lineOf, () => second.rows < 10));
	expect([...taken, next].join('')).toBe(Array.from({ length: first.rows + 10 }, (_, i) => `é${i}\n`).join(''));
	await source.end();
	expect(seen.isEnded).toBe(true);
});

test('a source need not be able to end', async () => {
	const source = new RowSource({ next: async () => ({ done: true, value: undefined }) });
	await source.end();
	expect(await source.hasNext()).toBe(false);
});
