import { apiLimits } from '../../../../core/limits';
import { RowReader } from '../../../../core/api/json/rowReader';

function read(bytes: Buffer, { chunkBytes, charset }: { chunkBytes?: number; charset?: string } = {}) {
	const rows: unknown[] = [];
	const reader = new RowReader((more) => rows.push(...more), charset, chunkBytes);
	reader.push(bytes);
	return { rows, end: reader.end() };
}
const text = (value: string): Buffer => Buffer.from(value);

test.each([1, 3, 1_000])('rows that are the values of an object, %i bytes at once', (chunkBytes) => {
	const { rows, end } = read(text('{"code":"200","data":{"3":{"a":1},"7":{"a":2}}}'), { chunkBytes });
	expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
	expect(end).toEqual({ closed: true, envelope: { code: '200' } });
});

test.each([1, 3, 1_000])(
	'one row alone in place of the list, its first key escaped, %i bytes at once',
	(chunkBytes) => {
		const { rows, end } = read(text('{"data":{"a\\"b":1}}'), { chunkBytes });
		expect(rows).toEqual([]);
		expect(end).toEqual({ closed: true, envelope: { data: { 'a"b': 1 } } });
	},
);

test('a body that ends behind a number is not whole', () => {
	expect(read(text('{"code":200')).end).toEqual({ closed: false, reason: 'the body ended before its JSON was closed' });
	expect(read(text('[1')).end).toEqual({ closed: false, reason: 'the body ended before its JSON was closed' });
});

test('bytes that are not of the charset are refused, around the rows and in them', () => {
	const notUtf8 = (before: string, after: string): Buffer =>
		Buffer.concat([text(before), Buffer.from([0xff]), text(after)]);
	for (const bytes of [
		notUtf8('{"msg":"', '","data":[]}'),
		notUtf8('{"', '":1}'),
		notUtf8('{"data":[{"a":"', '"}]}'),
	]) {
		expect(read(bytes).end).toEqual({ closed: false, reason: 'the body is not valid utf-8' });
	}
});

test('a body in Latin-1 that says so is read right', () => {
	const { rows } = read(Buffer.from('{"data":[{"a":"mañana"}]}', 'latin1'), { charset: 'iso-8859-1' });
	expect(rows).toEqual([{ a: 'mañana' }]);
});

test('a key that comes in many pieces is one key', () => {
	const reader = new RowReader(() => {}, undefined, 1);
	const key = 'k'.repeat(2 * apiLimits.maxEnvelopeKeys);
	for (const byte of text(`{"${key}":1}`)) reader.push(Buffer.from([byte]));
	expect(reader.end()).toEqual({ closed: true, envelope: { [key]: 1 } });
});

test('what follows the JSON is refused, but for what may follow', () => {
	expect(read(text('{} }')).end).toEqual({ closed: false, reason: 'something follows the JSON' });
	const reader = new RowReader(
		() => {},
		undefined,
		undefined,
		(behind) => behind === 'x',
	);
	reader.push(text('{} x'));
	expect(reader.end()).toEqual({ closed: true, envelope: {} });
});

test('a value without end is refused before it fills the memory', () => {
	expect(read(text(`{"data":[{"a":"${'x'.repeat(apiLimits.maxRowBytes)}`)).end).toEqual({
		closed: false,
		reason: 'one row is too large',
	});
	expect(read(text(`{"msg":"${'x'.repeat(apiLimits.maxDocumentBytes)}`)).end).toEqual({
		closed: false,
		reason: 'one value is too large',
	});
	expect(read(text(`{"${'x'.repeat(apiLimits.maxRowBytes)}`)).end).toEqual({
		closed: false,
		reason: 'one value is too large',
	});
});

test('a body with two lists of rows is refused: nobody could say which of them is the answer', () => {
	for (const second of ['[{"a":2}]', '{"a":2}', 'null'])
		expect(read(text(`{"data":[{"a":1}],"data":${second}}`)).end).toEqual({
			closed: false,
			reason: 'the body has two lists of rows',
		});
});
