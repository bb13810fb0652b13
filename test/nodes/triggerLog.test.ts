import type { IPollFunctions } from 'n8n-workflow';

import type { Polled } from '../../core/trigger/poll';
import { startAt } from '../../core/trigger/memory/cursor';
import { alwaysScope } from '../../core/trigger/scopes';
import type { TriggerRow } from '../../core/trigger/readRange';
import type { Tick } from '../../core/trigger/tick';
import { explain } from '../../core/messages';
import { Journal } from '../../nodes/WolkvoxAmdTrigger/log';
import { itemsOf } from '../../nodes/WolkvoxAmdTrigger/items';
import type { Settings } from '../../nodes/WolkvoxAmdTrigger/settings';

const at = Date.UTC(2024, 4, 6, 10) / 1_000;
const nowMs = Date.UTC(2024, 4, 6, 15);
const cursor = startAt(at, nowMs);
const record = {
	customer_id: '1',
	campaign_id: '7',
	file_name: '',
	telephone: '2',
	result: 'MACHINE',
	date: '2024-05-06 10:00:00',
};
const row: TriggerRow = { record, recordId: 'k-1', name: 'k', at, hash: '0', copy: 1, isDated: true };
const step = { ...cursor, added: cursor.memory };
const capReached = { window: { from: at, to: at + 1 }, failure: { kind: 'tooMany', why: 'capReached' } } as const;
const tick: Tick = {
	fresh: [],
	step,
	stopped: null,
	unproven: [],
	passed: [],
	behindSeconds: 0,
	range: { from: at, to: at + 60 },
	fullest: { seconds: 60, records: 0 },
	notice: null,
};
const say = (failure: Parameters<typeof explain>[0]) => explain(failure, 'wv0022.wolkvox.com');

/** A journal that writes its lines where one can read them. */
function journalOf(onLine: (line: string) => void): Journal {
	const log = (level: string) => (message: string) =>
		onLine(`${level} ${message.replace('Wolkvox AMD Trigger: ', '')}`);
	const context: Partial<IPollFunctions> & Pick<IPollFunctions, 'logger'> = {
		logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
		getNode: () => ({ id: '1', name: 'Trigger', type: 't', typeVersion: 1, position: [0, 0], parameters: {} }),
		getWorkflow: () => ({ id: 'w', name: 'W', active: true }),
	};
	return new Journal(context as IPollFunctions, say);
}

/** What n8n's log would show. */
function told(changes: Partial<Tick>, polled: Partial<Polled & { kind: 'read' }> = {}): string[] {
	const lines: string[] = [];
	const before = {
		batch: '',
		proven: cursor,
		sent: null,
		pending: null,
		scopes: alwaysScope('all'),
		startFrom: null,
		polledMs: nowMs,
	};
	journalOf((line) => void lines.push(line)).read({
		kind: 'read',
		before,
		begins: null,
		repeats: false,
		isRescoped: false,
		fallsBehind: false,
		...polled,
		tick: { ...tick, ...changes },
	});
	return lines;
}

test.each<[string, Partial<Tick>, Partial<Polled & { kind: 'read' }>, string[]]>([
	['nothing new', {}, {}, []],
	['a beginning', {}, { begins: 'first' }, ["info begins at 2024-05-06 10:00:00 on the operation's clock"]],
	[
		'a beginning that a person has set',
		{},
		{ begins: 'moved' },
		["info begins at 2024-05-06 10:00:00 on the operation's clock, as Start From says"],
	],
	[
		'a state that is lost',
		{},
		{ begins: 'lost' },
		[
			"warn Its saved state is gone, so it begins one overlap before now, at 2024-05-06 10:00:00 on the operation's clock: " +
				'some records come again, older ones only with Start From. Nothing beside this trigger may write static data in its workflow',
		],
	],
	[
		'a state that this process still has',
		{},
		{ begins: 'restored' },
		[
			"warn Its saved state is gone; it goes on at 2024-05-06 10:00:00 on the operation's clock from what this n8n remembers, and may repeat a batch",
		],
	],
	[
		'another campaign',
		{},
		{ isRescoped: true },
		['info the campaign was changed: records dated before the last poll are still those of the old one'],
	],
	[
		'a restart',
		{},
		{ repeats: true },
		['info nobody knows whether the last batch was run before n8n ended: its records come again'],
	],
	['new records', { fresh: [{ row, repeated: false }] }, {}, ['debug 1 new records']],
	[
		'an outage of days',
		{ behindSeconds: 3 * 86_400 + 5 },
		{},
		['info 3 days behind, read up to 2024-05-06 10:00:00; the next poll goes on'],
	],
	[
		'an outage of hours',
		{ behindSeconds: 7_300 },
		{},
		['info 2 hours behind, read up to 2024-05-06 10:00:00; the next poll goes on'],
	],
	[
		'a tick that ended early',
		{ behindSeconds: 1_200, stopped: { kind: 'bounded', why: 'budget', limit: 0 } },
		{},
		[
			'info 20 minutes behind, read up to 2024-05-06 10:00:00; the next poll goes on',
			'debug stopped early: The time for this read is used up',
		],
	],
	[
		'an unproven second',
		{ unproven: [capReached] },
		{},
		[
			'warn Passed over for now, and asked for again with every read for a day: 2024-05-06 10:00:00 ' +
				'– 2024-05-06 10:00:00 (one second holds more records than Wolkvox returns at once)',
		],
	],
	[
		'one that is given up',
		{ passed: [{ from: at, to: at + 60, sinceMs: 0, askedMs: 0, asks: 0 }] },
		{},
		[
			'warn Given up after a day: the records of 2024-05-06 10:00:00 – 2024-05-06 10:00:59 could not be had. Get Many may have them later',
		],
	],
	[
		'too many to remember',
		{ fresh: [{ row, repeated: true }] },
		{},
		['debug 1 new records', 'warn 1 records may have come before: too many lie within the overlap to remember each'],
	],
])('the log on %s', (_, changes, polled, lines) => {
	expect(told(changes, polled)).toEqual(lines);
});

test('the log names words of Result that are neither machine nor human, each once', () => {
	const told = new Set<string>();
	const lines: string[] = [];
	const journal = journalOf((line) => void lines.push(line));
	const odd = (...words: string[]) => words.map((result) => ({ ...record, result }));
	journal.oddWords(odd('MACHINE', 'human', '', 'CONTESTA ALGO', 'CONTESTADORA'), told);
	journal.oddWords(odd('CONTESTA ALGO', 'FAX'), told);
	expect(lines).toEqual(
		['CONTESTA ALGO', 'FAX'].map(
			(word) =>
				`warn Result is neither machine nor human: “${word}”. Result in the options passes such records with All alone`,
		),
	);
});

describe('items', () => {
	const settings: Settings = {
		campaign: 'all',
		zone: 'America/Bogota',
		country: 'CO',
		addFields: [],
		afterRestart: 'repeat',
		minMinutesBetweenReads: 5,
		overlapMinutes: 60,
		result: 'all',
		startFrom: null,
	};
	const context = { zone: 'America/Bogota', country: 'CO' as const, names: new Map([['7', 'Encuesta']]) };
	const items = (changes: Partial<Settings>, unproven = [capReached]) =>
		itemsOf([{ record, recordId: 'k-3' }], { ...settings, ...changes }, context, { unproven, say });

	test('are the record alone, unless more is asked', () => {
		expect(items({})).toEqual([{ json: record }]);
	});

	test('carry the number that goes on from what was emitted before, and what could not be had, where that is asked', () => {
		expect(items({ addFields: ['record_id', 'missing'] })[0].json).toEqual({
			...record,
			record_id: 'k-3',
			missing: '2024-05-06 10:00:00 – 10:00:00: one second holds more records than Wolkvox returns at once',
		});
	});

	test('have the same fields where nothing is missing', () => {
		expect(items({ addFields: ['missing'] }, [])[0].json).toEqual({ ...record, missing: null });
	});

	test('are filtered by what was detected', () => {
		expect(items({ result: 'human' })).toEqual([]);
	});
});
