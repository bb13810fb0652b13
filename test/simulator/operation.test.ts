import fc from 'fast-check';
import { createOperation, digestOf, wallSeconds, wallText, type RawRow, type SimulatorOptions } from './index';

const now = () => '2024-06-01 12:00:00';
const day = { from: '2024-05-14 00:00:00', to: '2024-05-15 00:00:00' };
const operationOf = (options: Partial<SimulatorOptions> = {}) => createOperation({ now, rowsPerDay: 5000, ...options });
const textOf = (row: RawRow) => JSON.stringify(Object.values(row));

describe('the rows of an operation', () => {
	test('the same seed gives the same rows, another seed gives others', () => {
		const [a, b, c] = [1, 1, 2].map((seed) => operationOf({ seed }).truth(day));
		expect(a).toEqual(b);
		expect(c.digest).not.toBe(a.digest);
	});

	test('a row is the six texts, in order, in order of time', () => {
		const rows = [...operationOf().rowsOf(day)];
		expect(Object.keys(rows[0])).toEqual(['customer_id', 'campaign_id', 'file_name', 'telephone', 'result', 'date']);
		expect(rows.every(({ telephone }) => /^91573\d{9}$/.test(telephone))).toBe(true);
		expect(rows.every(({ date }, i) => i === 0 || rows[i - 1].date <= date)).toBe(true);
		const machines = rows.filter(({ result }) => result === 'MACHINE').length / rows.length;
		expect(machines).toBeGreaterThan(0.55);
		expect(machines).toBeLessThan(0.65);
	});

	test.each(['callCentre', 'bursty', 'flat', 'step', 'sparse'] as const)(
		'%s: any cutting of a range counts and holds the same rows',
		(shape) => {
			const operation = operationOf({ shape, duplicateShare: shape === 'bursty' ? 0 : 0.01 });
			const [start, end] = [wallSeconds('2024-05-13'), wallSeconds('2024-05-17')];
			fc.assert(
				fc.property(fc.array(fc.integer({ min: start, max: end }), { maxLength: 6 }), (cuts) => {
					const edges = [start, ...cuts.sort((a, b) => a - b), end];
					const pieces = edges.slice(1).map((to, i) => ({ from: edges[i], to }));
					const counts = pieces.map((piece) => operation.count(piece));
					expect(counts.reduce((sum, n) => sum + n, 0)).toBe(operation.count({ from: start, to: end }));
					expect(counts[0]).toBe([...operation.rowsOf(pieces[0])].length);
				}),
				{ numRuns: 10 },
			);
		},
	);

	test('campaigns add up to all of them, and one that does not exist has none', () => {
		const operation = operationOf();
		const counts = ['22109', '22110', '26687', '7', '31002'].map((id) => operation.count(day, id));
		expect(counts.reduce((sum, n) => sum + n, 0)).toBe(operation.count(day, 'ALL'));
		expect(counts[0]).toBeGreaterThan(counts[1]);
		expect(operation.count(day, '5')).toBe(0);
	});

	test('totals of a day are near what the shape says', () => {
		const flat = operationOf({ shape: 'flat', rowsPerDay: 50_000 });
		expect(Math.abs(flat.count(day) / 50_000 - 1)).toBeLessThan(0.02);
		const centre = operationOf({ rowsPerDay: 50_000 });
		const total = (date: string) => centre.count({ from: date, to: wallSeconds(date) + 86400 }) / 50_000;
		expect(Math.abs(total('2024-05-14') - 1)).toBeLessThan(0.04);
		expect(Math.abs(total('2024-05-18') - 0.5)).toBeLessThan(0.03);
		expect(Math.abs(total('2024-05-19') - 0.02)).toBeLessThan(0.01);
	});

	test('identical twins are as many as asked, and each counts', () => {
		const rows = [...operationOf({ duplicateShare: 0.1 }).rowsOf(day)];
		const doubled = rows.length - new Set(rows.map(textOf)).size;
		expect(doubled / rows.length).toBeGreaterThan(0.07);
		expect(doubled / rows.length).toBeLessThan(0.12);
		const alone = [...operationOf({ duplicateShare: 0 }).rowsOf(day)];
		expect(new Set(alone.map(textOf)).size).toBe(alone.length);
	});

	test('a spike has exactly its rows, of its campaign', () => {
		const operation = operationOf({ spikes: [{ at: '2024-05-14 03:00:00', rows: 777, campaign: '7' }] });
		const second = { from: '2024-05-14 03:00:00', to: '2024-05-14 03:00:01' };
		expect(operation.count(second)).toBe(777);
		expect(operation.count(second, '7')).toBe(777);
	});

	test('nothing before, after, in quiet stretches, or later than now', () => {
		const hours = {
			dataFrom: '2024-05-14 09:00:00',
			dataTo: '2024-05-14 12:00:00',
			quiet: [{ from: '2024-05-14 10:00:00', to: '2024-05-14 11:00:00' }],
		};
		const dates = [...operationOf({ ...hours, shape: 'flat' }).rowsOf(day)].map(({ date }) => date.slice(11, 13));
		expect(new Set(dates)).toEqual(new Set(['09', '11']));
		const today = operationOf({ shape: 'flat', rowsPerDay: 86400 });
		expect(today.count({ from: '2024-06-01 11:59:00', to: '2024-06-02 00:00:00' })).toBe(
			today.count({ from: '2024-06-01 11:59:00', to: '2024-06-01 12:00:00' }),
		);
	});

	test('values as switched', () => {
		const rows = [
			...operationOf({
				resultCase: 'title',
				otherResults: ['FAX'],
				campaignIdWithName: true,
				unreadableDateShare: 0.1,
				dateForm: 'DD/MM/YYYY HH:MM:SS',
			}).rowsOf(day),
		];
		expect(new Set(rows.map(({ result }) => result))).toEqual(new Set(['Human', 'Machine', 'FAX']));
		expect(rows.some(({ campaign_id }) => campaign_id === '22109 - COBRANZA BOGOTÁ')).toBe(true);
		expect(new Set(rows.map(({ date }) => date.replace(/\d\d:\d\d:\d\d$/, 'T')))).toEqual(
			new Set(['', '0000-00-00 T', '14/05/2024 T']),
		);
	});
});

describe('what a request finds', () => {
	const from = wallSeconds('2024-05-14 10:00:00');
	const to = from + 600;

	test('a row is seen its delay after its date, and is in the truth before', () => {
		const late = { lateSeconds: { min: 600, max: 600, share: 1 }, shape: 'flat', rowsPerDay: 86400 } as const;
		const seen = (at: number) =>
			operationOf({ ...late, now: () => at }).find({ from, to }, 'all', 60_000, 'cutNewest').matched;
		const { length } = [...operationOf(late).rowsOf({ from, to })];
		expect(seen(to)).toBe(0);
		expect(seen(to + 300)).toBeGreaterThan(length * 0.4);
		expect(seen(to + 300)).toBeLessThan(length * 0.6);
		expect(seen(to + 601)).toBe(length);
		expect(operationOf({ ...late, now: () => to + 1 }).count({ from, to })).toBe(length);
	});

	test('with skew the dates shown lie beside the window, and nothing is lost', () => {
		const operation = operationOf({ filterSkewSeconds: { min: -30, max: 90 }, rowsPerDay: 100_000 });
		const dates = operation.find({ from, to }, 'all', 60_000, 'cutNewest').refs.map(({ second }) => second);
		expect(Math.min(...dates)).toBeGreaterThanOrEqual(from - 30);
		expect(Math.max(...dates)).toBeGreaterThan(to);
		expect(Math.max(...dates)).toBeLessThan(to + 90);
		const halves = [
			operation.find({ from, to: from + 300 }, 'all', 60_000, 'cutNewest'),
			operation.find({ from: from + 300, to }, 'all', 60_000, 'cutNewest'),
		];
		expect(halves[0].matched + halves[1].matched).toBe(dates.length);
	});

	test.each(['cutNewest', 'cutOldest', 'cutRandom', 'grouped'] as const)(
		'%s serves the cap, out of what there is',
		(mode) => {
			const operation = operationOf({ rowsPerDay: 100_000 });
			const window = { from: wallSeconds('2024-05-13 15:30:00'), to: wallSeconds('2024-05-14 12:00:00') };
			const all = operation.find(window, 'all', 1e9, mode).refs;
			const { matched, refs } = operation.find(window, 'all', 5000, mode);
			expect(matched).toBe(all.length);
			expect(refs).toHaveLength(5000);
			if (mode === 'cutNewest') expect(refs).toEqual(all.slice(0, 5000));
			if (mode === 'cutOldest') expect(refs).toEqual(all.slice(-5000));
			const names = new Set(all.map(({ second, code }) => `${second} ${code}`));
			expect(new Set(refs.filter(({ second, code }) => names.has(`${second} ${code}`))).size).toBe(5000);
			const campaigns = refs.map(({ second, code }) => operation.timeline.campaignOf(second, code));
			expect(new Set(campaigns).size).toBe(mode === 'grouped' ? 1 : 4);
		},
	);
});

test('the digest ignores the order, and sees each copy and each text', () => {
	const rows = [...operationOf().rowsOf(day)];
	const whole = digestOf(rows);
	expect(whole.count).toBe(rows.length);
	expect(digestOf([...rows].reverse())).toEqual(whole);
	expect(digestOf([...rows.slice(1), rows[1]]).digest).not.toBe(whole.digest);
	expect(
		digestOf([{ ...rows[0], customer_id: rows[0].telephone, telephone: rows[0].customer_id }, ...rows.slice(1)]).digest,
	).not.toBe(whole.digest);
});

test('wall-clock text and seconds are each other’s inverse', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => expect(wallSeconds(wallText(seconds))).toBe(seconds)),
	);
	expect(() => wallSeconds('2024-02-30 00:00:00')).toThrow('2024-02-30');
});

describe('the story', () => {
	const range = { from: '2024-05-06 00:00:00', to: '2024-05-31 00:00:00' };
	const rows = [...operationOf({ story: true, rowsPerDay: 8_000 }).rowsOf(range)];
	const humanRate = (of: (row: RawRow) => boolean): number => {
		const some = rows.filter(of);
		return some.filter(({ result }) => result === 'HUMAN').length / some.length;
	};
	const campaign = (id: string) => (row: RawRow) => row.campaign_id === id;

	test('has one bad list and one bad hour', () => {
		expect(humanRate(campaign('26687'))).toBeLessThan(humanRate(campaign('22110')) * 0.4);
		expect(humanRate(({ date }) => date.slice(11, 13) === '15')).toBeLessThan(0.2);
		expect(humanRate(({ date }) => date.slice(11, 13) === '14')).toBeGreaterThan(0.25);
	});

	test('has a list that ages, and others that do not', () => {
		// The list is exchanged on the 9th.
		const early = (id: string) =>
			humanRate((row) => campaign(id)(row) && row.date > '2024-05-09' && row.date < '2024-05-16');
		const late = (id: string) => humanRate((row) => campaign(id)(row) && row.date > '2024-05-25');
		expect(early('22109') - late('22109')).toBeGreaterThan(0.1);
		expect(Math.abs(early('22110') - late('22110'))).toBeLessThan(0.03);
	});

	test('has ids with leading zeros, the same for a contact each time', () => {
		const withZeros = rows.filter(({ customer_id }) => /^0+\d+$/.test(customer_id)).length / rows.length;
		expect(withZeros).toBeGreaterThan(0.1);
		expect(withZeros).toBeLessThan(0.2);
	});

	test('changes nothing but answers and ids', () => {
		const plain = [...operationOf({ rowsPerDay: 8_000 }).rowsOf(range)];
		expect(rows.map(({ date, telephone, campaign_id }) => date + telephone + campaign_id)).toEqual(
			plain.map(({ date, telephone, campaign_id }) => date + telephone + campaign_id),
		);
	});
});
