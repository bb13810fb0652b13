import { listOf, readBoolean, readChoices, readText } from '../../nodes/shared/form/values';

test.each([
	[true, true],
	['true', true],
	[' True ', true],
	[false, false],
	['false', false],
	['', false],
	[null, false],
	[undefined, false],
])('yes or no: %j is %s', (given, value) =>
	expect(readBoolean('compress', 'Compress', given)).toEqual({ ok: true, value }),
);

test.each(['yes', 1, 0, [], {}])('neither yes nor no: %j is told', (given) =>
	expect(readBoolean('compress', 'Compress', given)).toMatchObject({
		ok: false,
		failure: { kind: 'invalid', parameter: 'compress' },
	}),
);

test.each([
	[' a ', 'a'],
	[7, '7'],
	[null, ''],
	[undefined, ''],
])('text: %j is %j', (given, value) => expect(readText('fileName', 'File Name', given)).toEqual({ ok: true, value }));

test.each([true, ['a'], { a: 1 }])('no text: %j is told', (given) =>
	expect(readText('fileName', 'File Name', given)).toMatchObject({ ok: false, failure: { parameter: 'fileName' } }),
);

test.each([
	['day,hour', ['day', 'hour']],
	['["day"]', ['day']],
	['[ "day", "hour" ]', ['day', 'hour']],
	[['day'], ['day']],
	['', []],
	[null, []],
	['[]', []],
])('a list: %j is %j', (given, values) => expect(listOf(given)).toEqual(values));

test('choices come in their own order, each once', () => {
	expect(readChoices('groupBy', 'Group By', 'hour,day,hour', ['day', 'hour'])).toEqual({
		ok: true,
		value: ['day', 'hour'],
	});
	expect(readChoices('groupBy', 'Group By', 'minute', ['day', 'hour'])).toMatchObject({ ok: false });
});
