import fc from 'fast-check';
import { DIMENSIONS, type Dimension, Summarizer, type Summary } from '../../../core/analysis/summarize';
import { observer } from '../../../core/analysis/observation';
import type { AmdRecord } from '../../../core/api/record';
import { recordOf, records } from './rows';

function summarize(
	rows: readonly AmdRecord[],
	groupBy: readonly Dimension[],
	names?: ReadonlyMap<string, string>,
): Summary[] {
	const summarizer = new Summarizer(groupBy, names);
	const observe = observer();
	for (const row of rows) summarizer.take(observe(row));
	return summarizer.summaries();
}

/** The parts of a date as a person would read them off the text: slow, and by other means than the code. */
function readSlowly(date: string) {
	const dayFirst = /^(\d\d)\/(\d\d)\/(\d{4})(.*)$/.exec(date);
	const text = dayFirst ? `${dayFirst[3]}-${dayFirst[2]}-${dayFirst[1]}${dayFirst[4]}` : date;
	if (text === '' || text.startsWith('0000')) return { day: null, hour: null, weekday: null, moment: null };
	const day = text.slice(0, 10);
	const hour = text.length > 10 ? Number(text.slice(11, 13)) : null;
	const name = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(
		new Date(`${day}T00:00:00Z`),
	);
	const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name) + 1;
	return {
		day,
		hour,
		weekday,
		moment: `${text} 00:00:00`.slice(0, 11) + `${text.slice(11)}${'00:00:00'.slice(text.slice(11).length)}`,
	};
}

const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const rate = (part: number, whole: number) => (whole === 0 ? null : Number((part / whole).toFixed(4)));

function recompute(rows: readonly AmdRecord[], groupBy: readonly Dimension[]): Summary[] {
	const groups: Array<{ labels: Partial<Summary>; members: AmdRecord[] }> = [];
	for (const row of rows) {
		const { day, hour, weekday } = readSlowly(row.date);
		const id = row.campaign_id.split(' - ')[0];
		const all = {
			campaign: { campaign_id: id },
			day: { day },
			hour: { hour },
			weekday: { weekday, weekday_name: weekday === null ? null : WEEKDAY_NAMES[weekday - 1] },
			fileName: { file_name: row.file_name },
		};
		const labels = Object.assign({}, ...groupBy.map((dimension) => all[dimension]));
		const group = groups.find((one) => JSON.stringify(one.labels) === JSON.stringify(labels));
		if (group) group.members.push(row);
		else groups.push({ labels, members: [row] });
	}
	if (groupBy.length === 0 && groups.length === 0) groups.push({ labels: {}, members: [] });
	return groups.map(({ labels, members }) => {
		const are = (result: string) => members.filter((row) => row.result.trim().toLowerCase() === result).length;
		const moments = members.flatMap(({ date }) => readSlowly(date).moment ?? []).sort();
		const [human, machine] = [are('human'), are('machine')];
		return {
			...labels,
			records: members.length,
			human,
			machine,
			other: members.length - human - machine,
			human_rate: rate(human, machine + human),
			machine_rate: rate(machine, machine + human),
			first_record: moments[0] ?? null,
			last_record: moments.at(-1) ?? null,
		};
	});
}

const asSet = (summaries: readonly Summary[]) =>
	new Set(summaries.map((summary) => JSON.stringify(Object.entries({ ...summary, campaign_name: undefined }).sort())));
const dimensions = fc.subarray([...DIMENSIONS]).chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));

describe('summaries', () => {
	test('are what a slow recomputation of the records gives, whatever they are grouped by', () => {
		fc.assert(
			fc.property(records, dimensions, (rows, groupBy) => {
				expect(asSet(summarize(rows, groupBy))).toEqual(asSet(recompute(rows, groupBy)));
			}),
			{ numRuns: 300 },
		);
	});

	test('add up to the total, whatever they are grouped by, and do not depend on the order of the records', () => {
		fc.assert(
			fc.property(records, dimensions, fc.integer(), (rows, groupBy, seed) => {
				const groups = summarize(rows, groupBy);
				const [total] = summarize(rows, []);
				for (const part of ['records', 'human', 'machine', 'other'] as const) {
					expect(groups.reduce((sum, group) => sum + group[part], 0)).toBe(total[part]);
				}
				const shuffled = rows.map((row, i) => ({ row, at: (i * 7919 + seed) % 101 })).sort((a, b) => a.at - b.at);
				expect(
					summarize(
						shuffled.map(({ row }) => row),
						groupBy,
					),
				).toEqual(groups);
			}),
		);
	});

	test('come in the order of what they are grouped by: numbers by value, then texts, then what is unknown', () => {
		const rows = ['26687', '7', 'x', '22109'].flatMap((campaign_id) =>
			['2024-05-14 10:00:00', '', '2024-05-14 09:00:00'].map((date) => recordOf({ campaign_id, date })),
		);
		const order = summarize(rows, ['campaign', 'hour']).map(({ campaign_id, hour }) => `${campaign_id} ${hour}`);
		expect(order).toEqual(['7', '22109', '26687', 'x'].flatMap((id) => [`${id} 9`, `${id} 10`, `${id} null`]));
		expect(summarize(rows, ['hour', 'campaign'])[0]).toMatchObject({ hour: 9, campaign_id: '7' });
	});

	test('without groups there is one total, of nothing too; with groups nothing gives nothing', () => {
		expect(summarize([], [])).toEqual([
			{
				records: 0,
				human: 0,
				machine: 0,
				other: 0,
				human_rate: null,
				machine_rate: null,
				first_record: null,
				last_record: null,
			},
		]);
		expect(summarize([], ['day'])).toEqual([]);
	});

	test('have the frozen keys, in their order', () => {
		const [summary] = summarize(
			[recordOf()],
			['weekday', 'fileName', 'day', 'campaign', 'hour'],
			new Map([['22109', 'COBRANZA']]),
		);
		expect(Object.entries(summary)).toEqual([
			['campaign_id', '22109'],
			['campaign_name', 'COBRANZA'],
			['day', '2024-05-14'],
			['hour', 9],
			['weekday', 2],
			['weekday_name', 'Tuesday'],
			['file_name', 'a.wav'],
			['records', 1],
			['human', 0],
			['machine', 1],
			['other', 0],
			['human_rate', 0],
			['machine_rate', 1],
			['first_record', '2024-05-14 09:30:00'],
			['last_record', '2024-05-14 09:30:00'],
		]);
	});

	test("a campaign's name comes from the list, else from the rows, else it is null", () => {
		const rows = [
			recordOf({ campaign_id: '7 - Encuesta' }),
			recordOf({ campaign_id: '7' }),
			recordOf({ campaign_id: '8 - Rows' }),
			recordOf({ campaign_id: '9' }),
		];
		const names = summarize(rows, ['campaign'], new Map([['8', 'List']])).map(({ campaign_name }) => campaign_name);
		expect(names).toEqual(['Encuesta', 'List', null]);
	});
});
