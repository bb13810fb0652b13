import { type Diagnosis, diagnose } from '../../../core/diagnosis/diagnose';
import { nothingSpent } from '../../../core/api/request';
import { openLane } from '../../../core/api/tokenLane';
import { diagnosisLimits } from '../../../core/limits';
import { type SimulatorOptions, startSimulator, wallSeconds } from '../../simulator';
import { httpTransport, realWorld } from '../../support/httpTransport';

/** Ten minutes past six in the evening of a Tuesday. */
const NOW = '2025-03-04 18:10:00';

async function diagnosed(options: Partial<SimulatorOptions>): Promise<Diagnosis & { asked: number }> {
	const simulator = await startSimulator({ now: () => NOW, rowsPerDay: 3_000, latencyMs: 60, dataTo: NOW, ...options });
	const lane = openLane(realWorld, simulator.url, simulator.token, { parallel: 1 });
	const connection = {
		transport: httpTransport(simulator.url, simulator.token),
		world: realWorld,
		lane,
		spending: nothingSpent(),
		signal: new AbortController().signal,
	};
	try {
		const found = await diagnose(connection, () => wallSeconds(NOW));
		if (!('code_type' in found)) throw new Error(JSON.stringify(found));
		return { ...found, asked: simulator.requests.length };
	} finally {
		lane.close();
		await simulator.close();
	}
}

test('the most likely reading of the contract, in at most twelve requests', async () => {
	const found = await diagnosed({});
	expect(found).toMatchObject({
		code_type: 'text',
		empty_answer: 'HTTP 404, msg “Validate dates entered”, data absent',
		order: 'oldest first',
		bounds: 'both inclusive',
		date_precision: 'second',
		two_at_once: 'taken',
		refused_requests_count: false,
		campaign_6: 'counts all records',
		parts_add_up: true,
	});
	expect(found.newest_record_minutes_ago).toBeGreaterThanOrEqual(0);
	expect(found.newest_record_minutes_ago).toBeLessThan(10);
	expect(found.result_words).toMatch(/^(HUMAN|MACHINE) \d\d\.\d %, (HUMAN|MACHINE) \d\d\.\d %$/);
	expect(found.requests).toBe(found.asked);
	expect(found.requests).toBeLessThanOrEqual(diagnosisLimits.maxRequests);
});

test.each<[string, Partial<SimulatorOptions>, Partial<Diagnosis>]>([
	['code as a number', { codeAs: 'number' }, { code_type: 'number' }],
	['a bare list', { envelope: 'bareArray' }, { code_type: 'absent' }],
	['an empty list', { emptyAs: '[]' }, { empty_answer: 'HTTP 200, msg “0 records were found”, data a list' }],
	['an empty object', { emptyAs: '{}' }, { empty_answer: 'HTTP 200, msg “0 records were found”, data an object' }],
	['null in place of data', { emptyAs: 'null' }, { empty_answer: 'HTTP 200, msg “0 records were found”, data null' }],
	['newest first', { order: 'descending' }, { order: 'newest first' }],
	['no order', { order: 'shuffled' }, { order: 'mixed' }],
	['the first bound open', { bounds: 'fromOpen' }, { bounds: 'last only', parts_add_up: true }],
	['the last bound open', { bounds: 'toOpen' }, { bounds: 'first only', parts_add_up: true }],
	['both bounds open', { bounds: 'open' }, { bounds: 'neither', parts_add_up: true }],
	['minutes', { dateForm: 'YYYY-MM-DD HH:MM' }, { date_precision: 'minute' }],
	['minutes that do not show it', { dateForm: 'YYYY-MM-DD HH:MM:00' }, { date_precision: 'minute' }],
	['hours', { dateForm: 'YYYY-MM-DD HH' }, { date_precision: 'hour' }],
	['one at once', { maxInFlight: 1 }, { two_at_once: 'refused', refused_requests_count: false }],
	['that refused requests count', { busyCounts: true }, { two_at_once: 'taken', refused_requests_count: true }],
	['429 for busy', { busyAs: '429' }, { two_at_once: 'taken' }],
	['three at once', { maxInFlight: 3 }, { two_at_once: null, refused_requests_count: null }],
	['report 6 of machines', { accumulates: 'machines' }, { campaign_6: 'counts machines' }],
	['no report 6', { accumulates: 'absent' }, { campaign_6: 'not to be had' }],
	['dates beside what is filtered', { filterSkewSeconds: 7_200 }, { parts_add_up: false }],
	[
		'words nobody knows',
		{ otherResults: ['FAX', '4111 1111'] },
		{
			result_words: expect.stringMatching(
				/(FAX .*\(something else\)|\(something else\) .*FAX) \d\.\d %$/,
			) as unknown as string,
		},
	],
	['no records in the last day', { dataTo: '2025-03-01 12:00:00' }, { parts_add_up: true }],
	['nothing at all', { dataTo: '2024-01-01' }, { records: 0, order: null, bounds: null, two_at_once: null }],
])('finds %s', async (_, options, expected) => {
	const found = await diagnosed(options);
	expect(found).toMatchObject(expected);
	expect(found.asked).toBeLessThanOrEqual(diagnosisLimits.maxRequests);
	expect(found.result_words).not.toContain('4111');
});

test('how late the newest record is, and a clock of another zone', async () => {
	const late = await diagnosed({ dataTo: '2025-03-04 17:30:00' });
	expect(late.newest_record_minutes_ago).toBeGreaterThanOrEqual(40);
	expect(late.newest_record_minutes_ago).toBeLessThan(50);
});
