import * as fc from 'fast-check';

/** A JSON text and the sizes of the pieces that it comes in. */
export interface Body {
	readonly text: string;
	readonly sizes: readonly number[];
	/** What the reader gathers before it parses. */
	readonly chunkBytes: number;
}

const strings = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string(),
	fc.constantFrom('"', '\\', '}', ']', '},{', '\\"}', '"}]', '\u2028', '😀', '\ud800', '\udc00x', '{"a":1}', 'data'),
);
const leaves = fc.oneof(
	strings,
	fc.integer(),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.boolean(),
	fc.constant(null),
);
const values = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		leaves,
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(strings, tie('value'), { maxKeys: 4 }),
	),
})).value;
const rows = fc.array(
	fc.oneof({ weight: 4, arbitrary: fc.dictionary(strings, values, { maxKeys: 7 }) }, { weight: 1, arbitrary: values }),
	{ maxLength: 12 },
);

/** `data` as a list of anything, an object, null, or what else JSON has. */
const data = fc.oneof({ weight: 4, arbitrary: rows }, { weight: 1, arbitrary: values });
const keys = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom('code', 'error', 'msg') },
	{ weight: 1, arbitrary: strings.filter((key) => key !== 'data') },
);
const envelope = fc
	.record({
		before: fc.array(fc.tuple(keys, values), { maxLength: 4 }),
		data: fc.option(data),
		after: fc.array(fc.tuple(keys, values), { maxLength: 3 }),
	})
	.map(({ before, data: inside, after }) => [
		...before,
		...(inside === null ? [] : [['data', inside] as const]),
		...after,
	]);

const spaces = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const styles = fc.record({
	indent: fc.constantFrom(undefined, 4, '\t'),
	escapes: fc.boolean(),
	edge: spaces,
	mark: fc.boolean(),
});

/** As PHP writes what is not ASCII. */
const escaped = (text: string): string =>
	text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const written = fc.oneof(
	{ weight: 3, arbitrary: envelope.map((entries) => ({ entries })) },
	{ weight: 1, arbitrary: rows.map((list) => ({ list })) },
);

/** Any response of the family: an envelope with its keys in any order and number, or a bare list. */
export const bodies: fc.Arbitrary<Body> = fc
	.tuple(
		written,
		styles,
		fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
		fc.constantFrom(1, 2, 16, 100, 131_072),
	)
	.map(([what, { indent, escapes, edge, mark }, sizes, chunkBytes]) => {
		const plain = 'list' in what ? JSON.stringify(what.list, null, indent) : objectText(what.entries, indent);
		return { text: `${mark ? '\ufeff' : ''}${edge}${escapes ? escaped(plain) : plain}${edge}`, sizes, chunkBytes };
	});

/** Keys may come twice, as no object could hold them. */
const objectText = (
	entries: ReadonlyArray<readonly [string, unknown]>,
	indent: string | number | undefined,
): string => {
	const space = indent === undefined ? '' : '\n  ';
	return `{${entries.map(([key, value]) => `${space}${JSON.stringify(key)}${space}:${space}${JSON.stringify(value, null, indent)}`).join(',')}${space}}`;
};

/** The bytes in pieces of those sizes, over and over. */
export function* pieces(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
	for (let at = 0, n = 0; at < bytes.length; n++) {
		const size = sizes[n % sizes.length];
		yield bytes.subarray(at, at + size);
		at += size;
	}
}
