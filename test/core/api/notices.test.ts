import fc from 'fast-check';

import { withoutNotices } from '../../../core/api/json/notices';
import { readDocument } from '../../../core/api/response';
import { answer, envelope, meaning, read, refusal } from '../../support/exchanges';

const FILE = '/var/www/html/api/v2/reports_manager.php';
const PLAIN = `\nDeprecated: Function strftime() is deprecated in ${FILE} on line 12\n`;
const TAGGED = `<br />\n<b>Warning</b>:  Undefined array key "a{b" [x] in <b>${FILE}</b> on line <b>12</b><br />\n`;
const NOTICES: Array<[string, string, string]> = [
	['plain', PLAIN, `Deprecated: Function strftime() is deprecated in ${FILE} on line 12`],
	['with tags', TAGGED, `Warning : Undefined array key "a{b" [x] in ${FILE} on line 12`],
	['two', TAGGED + TAGGED, 'Warning : Undefined array key "a{b" [x] in'],
	[
		'from the command line',
		`PHP Notice:  Undefined variable $x in ${FILE} on line 3\n`,
		'PHP Notice: Undefined variable $x',
	],
	[
		'of Xdebug',
		"<br />\n<font size='1'><table class='xdebug-error xe-notice' dir='ltr'><tr><th>Notice</th></tr></table></font>\n",
		'Notice',
	],
];

describe.each(NOTICES)('a notice of PHP, %s', (_what, notice, told) => {
	it.each([
		['before', (body: string) => notice + body],
		['behind', (body: string) => `${body}\n${notice}`],
	])('%s a whole answer leaves it proven, and is told', async (_where, around) => {
		for (const pieceBytes of [1, 7, 100_000]) {
			const noticed: string[] = [];
			const records: unknown[] = [];
			const { readReport } = await import('../../../core/api/response');
			const means = await readReport(answer(200, around(envelope({}, 3)), { pieceBytes }), {
				capRecords: 60_000,
				take: (more) => void records.push(...more),
				noticed: (text) => void noticed.push(text),
			});
			expect(means).toEqual({ kind: 'whole', value: 3 });
			expect(records).toHaveLength(3);
			expect(noticed).toEqual([expect.stringContaining(told)]);
			expect(noticed[0].length).toBeLessThanOrEqual(200);
		}
	});

	it('does not make up for a count that does not fit, or a body that ends early', async () => {
		expect(await meaning(answer(200, notice + envelope({ msg: '4 records were found' }, 3)))).toMatchObject({
			why: 'countDiffers',
		});
		expect(await meaning(answer(200, notice + envelope({}, 3).slice(0, -30)))).toMatchObject({
			kind: 'transient',
			why: 'notice',
			said: expect.stringContaining(told),
		});
	});

	it('in place of the answer is quoted, and never called a web page', async () => {
		for (const status of [200, 500, 403])
			expect(await meaning(answer(status, notice))).toMatchObject({
				kind: 'transient',
				why: 'notice',
				said: expect.stringContaining(told),
			});
	});

	it('leaves what the API refuses as it is', async () => {
		const empty = refusal('404', 'Validate dates entered');
		expect(await meaning(answer(404, notice + empty))).toEqual({ kind: 'empty' });
		expect(await meaning(answer(404, empty + notice))).toEqual({ kind: 'empty' });
		expect(await meaning(answer(403, notice + refusal('403', 'PLEASE VALIDATE TOKEN')))).toMatchObject({
			why: 'wrongToken',
		});
	});

	it('is passed over in a list of campaigns', async () => {
		const list = JSON.stringify({ code: '200', data: [{ campaign_id: 1 }] });
		expect(await readDocument(answer(200, notice + list))).toEqual({ kind: 'whole', value: [{ campaign_id: 1 }] });
	});
});

it('a page is quoted by its title, or by its text where no style is in the way', async () => {
	const page = (html: string) => meaning(answer(200, html));
	expect(await page('<html><head><title>Sign in</title><style>a{}</style></head></html>')).toMatchObject({
		why: 'webPage',
		said: 'Sign in',
	});
	expect(await page('<h1>Not here</h1><p>at all</p>')).toMatchObject({ why: 'webPage', said: 'Not here at all' });
	expect(await page('<style>a{color:red}</style><p>x</p>')).toMatchObject({ why: 'webPage', said: '' });
	expect(await page('no brackets')).toMatchObject({ why: 'webPage', said: 'no brackets' });
});

it('anything else before or behind the JSON is no answer', async () => {
	expect(await meaning(answer(200, `hello ${envelope()}`))).toMatchObject({ kind: 'transient', why: 'webPage' });
	expect(await meaning(answer(200, `${envelope()} hello`))).toMatchObject({ kind: 'transient', why: 'notWhole' });
	expect(await meaning(answer(200, `${envelope()}${envelope()}`))).toMatchObject({
		kind: 'transient',
		why: 'notWhole',
	});
});

it('law: whatever notices stand around it, a document is found as it was', () => {
	const notices = fc.constantFrom('', ...NOTICES.map(([, notice]) => notice));
	fc.assert(
		fc.property(fc.json(), notices, notices, (json, before, behind) => {
			// A bare value is no document.
			fc.pre(/^[{[]/.test(json) && (before === '' || /^[{[]\s*["{[\]}]/.test(json)));
			expect(withoutNotices(before + json + (behind && `\n${behind}`)).trim()).toBe(json);
		}),
	);
});

it.each([
	['blanks', ' '],
	['openings', '{'],
	['ends', '} '],
	['tags', '<br />\n<b>Notice</b>: '],
	['lines', '\n'],
])('7 MB of %s are looked through in no time', async (_what, piece) => {
	const startedMs = performance.now();
	withoutNotices(TAGGED + piece.repeat((7 << 20) / piece.length));
	await meaning(answer(200, TAGGED + piece.repeat((7 << 20) / piece.length), { pieceBytes: 64 * 1024 }));
	expect(performance.now() - startedMs).toBeLessThan(2_500);
});

it('is told with its first 200 characters', async () => {
	const { means } = await read(answer(500, `Warning: ${'x'.repeat(500)}`));
	expect(means).toMatchObject({ said: `Warning: ${'x'.repeat(191)}` });
});
