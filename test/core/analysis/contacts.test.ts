import fc from 'fast-check';
import { type Contact, ContactBook, type Choice, type Identity } from '../../../core/analysis/contacts';
import { observer } from '../../../core/analysis/observation';
import type { AmdRecord } from '../../../core/api/record';
import { parseRowDate } from '../../../core/time/wallClock';
import { recordOf, records } from './rows';

const everyone = { minCalls: 1, includeReached: true, limit: Infinity };

function bookOf(rows: readonly AmdRecord[], identifyBy: Identity = 'customer'): ContactBook {
	const book = new ContactBook(identifyBy);
	const observe = observer();
	for (const row of rows) book.take(observe(row));
	return book;
}

const isHuman = ({ result }: AmdRecord) => result.trim().toLowerCase() === 'human';
const campaignOf = ({ campaign_id }: AmdRecord) => campaign_id.split(' - ')[0];
const hourOf = ({ date }: AmdRecord) => {
	const read = parseRowDate(date);
	return read && read.grainSeconds <= 3600 ? new Date(read.at * 1000).getUTCHours() : null;
};
const idOf = {
	customer: (row: AmdRecord) => row.customer_id,
	telephone: (row: AmdRecord) => row.telephone,
	any: (row: AmdRecord) => (row.customer_id.trim() ? row.customer_id : row.telephone),
};

/** One contact by looking through every row again. */
function recompute(rows: readonly AmdRecord[], id: string, identifyBy: Identity): Omit<Contact, 'times_to_try'> {
	const own = rows.filter((row) => idOf[identifyBy](row) === id);
	const moments = (some: readonly AmdRecord[]) =>
		some
			.flatMap(({ date }) =>
				parseRowDate(date) ? new Date(parseRowDate(date)!.at * 1000).toISOString().slice(0, 19).replace('T', ' ') : [],
			)
			.sort();
	const machine = own.filter(({ result }) => result.trim().toLowerCase() === 'machine').length;
	const human = own.filter(isHuman).length;
	return {
		id,
		campaigns: expect.arrayContaining([...new Set(own.map(campaignOf))]),
		calls: own.length,
		machine,
		human,
		other: own.length - machine - human,
		first_call: moments(own)[0] ?? null,
		last_call: moments(own).at(-1) ?? null,
		last_human: moments(own.filter(isHuman)).at(-1) ?? null,
		hours_tried: [...new Set(own.flatMap((row) => hourOf(row) ?? []))].sort((a, b) => a - b),
	};
}

describe('contacts that are hard to reach', () => {
	test('are what a slow recomputation of the records gives, for every identity and choice', () => {
		const choice: fc.Arbitrary<Choice> = fc.record({
			minCalls: fc.integer({ min: 1, max: 40 }),
			includeReached: fc.boolean(),
			limit: fc.constantFrom(1, 3, Infinity),
		});
		fc.assert(
			fc.property(
				records,
				fc.constantFrom('customer', 'telephone', 'any'),
				choice,
				(rows, identifyBy, { minCalls, includeReached, limit }) => {
					const { matching, contacts } = bookOf(rows, identifyBy).hardToReach({ minCalls, includeReached, limit });
					const named = rows.filter((row) => idOf[identifyBy](row).trim() !== '');
					const ids = [...new Set(named.map(idOf[identifyBy]))].filter((id) => {
						const own = named.filter((row) => idOf[identifyBy](row) === id);
						return own.length >= minCalls && (includeReached || !own.some(isHuman));
					});
					expect(matching).toBe(ids.length);
					expect(contacts).toHaveLength(Math.min(ids.length, limit));
					for (const contact of contacts) {
						expect(ids).toContain(contact.id);
						expect(contact).toEqual({ ...recompute(rows, contact.id, identifyBy), times_to_try: contact.times_to_try });
						expect(contact.campaigns).toHaveLength(new Set(contact.campaigns).size);
					}
					expect(contacts.map(({ calls }) => calls)).toEqual(contacts.map(({ calls }) => calls).sort((a, b) => b - a));
				},
			),
			{ numRuns: 300 },
		);
	});

	test('hours to try are hours at which humans of the same campaigns answered, never one that was tried', () => {
		fc.assert(
			fc.property(records, (rows) => {
				for (const { id, campaigns, hours_tried, times_to_try } of bookOf(rows).hardToReach(everyone).contacts) {
					const answered = new Set(
						rows.filter((row) => isHuman(row) && campaigns.includes(campaignOf(row))).map(hourOf),
					);
					expect(times_to_try.filter((hour) => !answered.has(hour) || hours_tried.includes(hour))).toEqual([]);
					const open = [...answered].filter((hour) => hour !== null && !hours_tried.includes(hour));
					expect([id, times_to_try.length]).toEqual([id, Math.min(3, open.length)]);
				}
			}),
		);
	});

	test('of the hours not tried, those come first at which humans answer most; one lucky call weighs little', () => {
		const calls = (hour: number, humans: number, machines: number, campaign_id = '22109') =>
			Array.from({ length: humans + machines }, (_, i) =>
				recordOf({
					customer_id: `other-${hour}-${i}`,
					campaign_id,
					result: i < humans ? 'HUMAN' : 'MACHINE',
					date: `2024-05-14 ${String(hour).padStart(2, '0')}:00:00`,
				}),
			);
		const rows = [
			...[9, 9, 10].map((hour) => recordOf({ date: `2024-05-14 ${String(hour).padStart(2, '0')}:00:00` })),
			...calls(9, 90, 10),
			...calls(12, 10, 90),
			...calls(15, 1, 0),
			...calls(18, 70, 30),
			...calls(19, 65, 35),
			...calls(20, 99, 1, '7'),
		];
		const [contact] = bookOf(rows).hardToReach({ ...everyone, minCalls: 3 }).contacts;
		expect(contact).toMatchObject({ hours_tried: [9, 10], times_to_try: [18, 19, 15] });
	});

	test('records without an id are left out and counted; by `any` the telephone stands in', () => {
		const rows = [recordOf({ customer_id: '' }), recordOf({ customer_id: ' ' }), recordOf()];
		const book = bookOf(rows);
		expect([book.size, book.nameless]).toEqual([1, 2]);
		expect(
			bookOf(rows, 'any')
				.hardToReach(everyone)
				.contacts.map(({ id, calls }) => [id, calls]),
		).toEqual([
			['91573000001', 2],
			['1020', 1],
		]);
	});

	test('with as many attempts, ids decide: numbers by value before texts', () => {
		const rows = ['CRM-7', '10', '9', '010'].map((customer_id) => recordOf({ customer_id }));
		expect(
			bookOf(rows)
				.hardToReach(everyone)
				.contacts.map(({ id }) => id),
		).toEqual(['9', '010', '10', 'CRM-7']);
	});
});
