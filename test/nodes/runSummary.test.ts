import type { RunReport, Unproven } from '../../core/extraction/runReport';
import { wallSeconds } from '../../core/time/wallClock';
import { explain } from '../../core/messages';
import { missingOf, missingText, nameMissing, nameWindows, unprovenWords } from '../../nodes/shared/output/missing';
import { asEither, asHtml, hintsOf, logOf, tellOf } from '../../nodes/shared/output/rendering';
import { type Circumstance, summaryOf } from '../../nodes/shared/output/runSummary';

const at = (day: number, hour = 0) => wallSeconds([2025, 3, day, hour, 0, 0])!;
const day = (from: number) => ({ from: at(from), to: at(from + 1) });
const say: Circumstance['say'] = (failure) => explain(failure, 'wv0022.wolkvox.com');

const report: RunReport = {
	asked: { from: at(1), to: at(8) },
	proven: [{ from: at(1), to: at(8) }],
	unproven: [],
	records: 1_200,
	windows: 3,
	empty: [],
	falseEmpties: 0,
	requests: 4,
	retries: 0,
	waitedMs: 0,
	pace: null,
	longestRetryAfterMs: 0,
	undated: 0,
	skewSeconds: 0,
	grainSeconds: 1,
	trustedEdges: [],
	unsettled: null,
	notice: null,
};
const circumstance: Circumstance = {
	kept: 1_200,
	isItems: true,
	enough: false,
	unproven: [],
	say,
	withoutToken: (text) => text,
};
const summary = (changes: Partial<RunReport>, also: Partial<Circumstance> = {}) =>
	summaryOf({ ...report, ...changes }, { ...circumstance, ...also });

it('says in one sentence how a plain run went', () => {
	expect(summary({})).toEqual({
		asked: report.asked,
		records: 1_200,
		requests: 4,
		missing: [],
		trouble: null,
		young: null,
		notes: ['1,200 records from 2025-03-01 to 2025-03-07.'],
		cost: 'Read in 3 windows, 4 requests.',
		warnings: [],
	});
});

it.each<[string, Partial<RunReport>, Partial<Circumstance>, string]>([
	[
		'a pace that something before Wolkvox limits, and how that was recognised',
		{ pace: { refused: 2, by: { kind: 'transient', why: 'webPage', status: 503, said: '' }, perMinute: 12 } },
		{},
		'Something before Wolkvox limits the pace to about 12 requests a minute: 2 requests were refused ' +
			'(a web page with HTTP status 503) and answered after a pause, unchanged. The run kept to that pace.',
	],
	[
		'a Retry-After that nobody waits for',
		{ longestRetryAfterMs: 3_155_760_000_000 },
		{},
		'A Retry-After told to wait for 36525 days; after 15 minutes at a time one request looked whether it was still so.',
	],
	['waits', { waitedMs: 61_400 }, {}, 'Waited 61 s for Wolkvox.'],
	['what was empty', { empty: [day(2)] }, {}, 'Empty, asked twice: 2025-03-02 00:00:00 – 2025-03-02 23:59:59.'],
	['false empties', { falseEmpties: 2 }, {}, '2 answers came empty at first and had records when asked again.'],
	['a filter', {}, { kept: 7 }, '1,200 records read, the others filtered out.'],
	[
		'a limit of a day',
		{ asked: day(2) },
		{ kept: 50, enough: true, boundDate: '2025-03-02 07:00:08' },
		'The first 50 of 2025-03-02, from 07:00:08. There may be more: “Return All” gives every one.',
	],
	[
		'a limit of a week',
		{},
		{ kept: 50, enough: true, boundDate: '2025-03-02 07:00:08' },
		'The first 50 from 2025-03-01 to 2025-03-07, from 2025-03-02 07:00:08. There may be more',
	],
	[
		'nothing',
		{ records: 0, empty: [day(2)] },
		{ kept: 0 },
		'No records from 2025-03-01 to 2025-03-07. Wolkvox was asked twice.',
	],
	[
		'nothing yet',
		{ records: 0, asked: { from: at(2), to: at(2, 3) + 1_800 }, unsettled: { from: at(2, 3), to: at(2, 3) + 1_800 } },
		{ kept: 0 },
		'No records between 00:00 and 03:29 on 2025-03-02. Wolkvox was asked twice; those of the last 30 minutes may still come.',
	],
	[
		'a filter that nothing passes',
		{},
		{ kept: 0 },
		'None of the 1,200 records from 2025-03-01 to 2025-03-07 fits what was chosen.',
	],
	[
		'edges that were trusted',
		{ trustedEdges: [at(1, 1)] },
		{},
		'coarser than 2025-03-01 01:00:00: there the edge that Wolkvox draws was trusted.',
	],
])('notes %s', (_what, changes, also, note) => {
	const { notes, warnings } = summary(changes, also);
	expect(notes.join(' ')).toContain(note);
	expect(warnings).toEqual([]);
});

it.each<[string, Partial<RunReport>, Partial<Circumstance>, string]>([
	['records without a date', { undated: 3 }, {}, '3 records without a readable date'],
	[
		'a notice beside the data',
		{ notice: 'Deprecated: x in /a.php on line 12' },
		{},
		'Wolkvox wrote a notice of its own software beside the data, which is whole: “Deprecated: x in /a.php on line 12”.',
	],
	['dates beside the window', { skewSeconds: 150 }, {}, 'Dates lie up to 3 minutes outside what was asked'],
	['what many items cost', {}, { kept: 100_001 }, '100,001 items cost n8n much memory'],
	[
		'what is missing',
		{},
		{ unproven: [{ window: day(3), failure: { kind: 'bounded', why: 'maxRequests', limit: 9 } }] },
		'Unproven: 2025-03-03 00:00:00 – 2025-03-03 23:59:59 (The run stopped at its limit of 9 requests).',
	],
])('warns of %s', (_what, changes, also, warning) =>
	expect(summary(changes, also).warnings.join(' ')).toContain(warning),
);

it('ends with what it cost', () =>
	expect(tellOf([summary({ retries: 1 })]).notes).toBe(
		'1,200 records from 2025-03-01 to 2025-03-07. Read in 3 windows, 4 requests, 1 retry.',
	));

it('does not warn of many records in a file', () =>
	expect(summary({}, { kept: 100_001, isItems: false }).warnings).toEqual([]));

it('names five windows and counts the others', () => {
	expect(nameWindows([1, 2, 3, 4, 5, 6, 7].map(day))).toMatch(
		/^(2025-03-0[1-5] 00:00:00 – 2025-03-0[1-5] 23:59:59(, )?){5} and 2 more$/,
	);
});

it('tells each reason once, and every way to get unstuck', () => {
	const unproven: Unproven[] = [
		{ window: day(1), failure: { kind: 'tooMany', why: 'capReached' } },
		{ window: day(2), failure: { kind: 'closed', said: '' } },
		{ window: day(3), failure: { kind: 'tooMany', why: 'capReached' } },
	];
	expect(nameMissing(missingOf(unproven, say))).toMatchInlineSnapshot(
		`"2025-03-01 00:00:00 – 2025-03-01 23:59:59, 2025-03-03 00:00:00 – 2025-03-03 23:59:59 (one second holds more records than Wolkvox returns at once); 2025-03-02 00:00:00 – 2025-03-02 23:59:59 (Wolkvox has closed its API for now)"`,
	);
	expect(unprovenWords(unproven, say).description).toMatchInlineSnapshot(
		`"If All Campaigns or several are chosen, choose single ones; or set “If Data Is Missing” to “Return What Is Complete, With a Warning”. It does so during its nightly backup. Run this later, or schedule it outside those hours."`,
	);
});

describe('rendering', () => {
	const young = { unsettled: { from: at(7, 23), to: at(8) } };
	const gap = (n: number): Unproven => ({
		window: { from: at(1, n), to: at(1, n) + 3 },
		failure: { kind: 'bounded', why: 'retries', limit: n },
	});

	it('gives each warning a hint of its own, then what may still change, then the quiet rest', () => {
		const told = tellOf([summary({ ...young, undated: 3, skewSeconds: 90 }), summary({ undated: 3 })]);
		expect(hintsOf(told).map(({ type, message }) => [type, message.slice(0, 40)])).toEqual([
			['warning', '3 records without a readable date: such '],
			['warning', 'Dates lie up to 2 minutes outside what w'],
			['info', 'Records of 2025-03-07 23:00:00 – 2025-03'],
			['info', '1,200 records from 2025-03-01 to 2025-03'],
		]);
		expect(told.young).toEqual([
			'Records of 2025-03-07 23:00:00 – 2025-03-07 23:59:59 may still be added, since Wolkvox shows some up to half ' +
				'an hour late. Read this range after 2025-03-08 00:30:00 to have all of them.',
		]);
		expect(logOf(told).warn).toEqual([...told.warnings, ...told.young]);
		expect(logOf(told).info).toBe(told.notes);
	});

	it('says nothing of youth where reading stopped at a limit', () =>
		expect(tellOf([summary(young, { enough: true })]).young).toEqual([]));

	it('counts further input items, and leaves out none of their warnings', () => {
		const told = tellOf([0, 1, 2, 3, 4, 5, 6].map((n) => summary({ undated: n })));
		expect(told.notes).toMatch(/And 2 more input items\.$/);
		expect(told.warnings).toHaveLength(6);
	});

	it('draws what is quoted as text in a hint, and in whatever may be either', () => {
		const [hint] = hintsOf({ warnings: ['<VENTAS 2> & a<b'], young: [], notes: '' });
		expect(hint.message).toBe('&lt;VENTAS 2> &amp; a&lt;b');
		expect(asHtml('Token > Get Usage')).toBe('Token > Get Usage');
		expect(asEither('<VENTAS 2>')).toBe('‹VENTAS 2›');
	});

	it('puts what is missing in one text, the day once, ten at most; null where nothing is', () => {
		expect(missingText([])).toBeNull();
		expect(missingText(missingOf([gap(10)], say))).toBe(
			'2025-03-01 10:00:00 – 10:00:02: The run stopped after 10 retries',
		);
		const many = missingText(
			missingOf([{ ...gap(0), window: day(3) }, ...Array.from({ length: 11 }, (_, n) => gap(n))], say),
		);
		expect(many!.split('; ')).toHaveLength(11);
		expect(many).toMatch(/; and 2 more$/);
		expect(missingText(missingOf([{ ...gap(1), window: { from: at(1), to: at(3) } }], say))).toContain(
			'2025-03-01 00:00:00 – 2025-03-02 23:59:59: ',
		);
	});
});
