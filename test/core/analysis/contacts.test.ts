import fc from 'fast-check';
import { ContactBook, type ContactOptions } from '../../../core/analysis/contacts';
import { observer } from '../../../core/analysis/observation';
import { isStandIn } from '../../../core/analysis/standIns';
import type { AmdRecord } from '../../../core/api/record';
import { isHoliday } from '../../../core/country/holidays';
import { LAW, calls, hoursOf } from './calls';
import { at, recordOf } from './rows';
import { contactsOf, countOf, foundIn, momentOf, numberOf, slotOf, telephoneOf, text } from './slow';

const now = at('2026-11-23 09:30:00');
const usual: ContactOptions = { identifyBy: 'customer', country: 'CO', callingHours: LAW, language: 'en', now };
const everyone = { minCalls: 1, includeReached: true, limit: Infinity };

function bookOf(rows: readonly AmdRecord[], options: Partial<ContactOptions> = {}): ContactBook {
	const book = new ContactBook({ ...usual, ...options });
	const observe = observer();
	for (const row of rows) book.take(observe(row));
	return book;
}

const DAYS = {
	en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday',
	es: 'lunes martes miércoles jueves viernes sábado domingo',
};

/** Slots of the week that the campaigns of a contact suggest, best first, as the issue words it. */
function slotsToTry(rows: readonly AmdRecord[], own: readonly AmdRecord[]): Array<readonly [number, number]> {
	const campaigns = new Set(own.map(numberOf));
	const known = rows.filter((row) => campaigns.has(numberOf(row)) && foundIn(row) !== 'other' && slotOf(row));
	const share = (some: readonly AmdRecord[], weight: number, prior: number) =>
		(countOf(some).human + prior * weight) / (some.length + weight);
	const isAllowed = ([day, hour]: readonly [number, number]) =>
		(day <= 5 && hour >= 7 && hour < 19) || (day === 6 && hour >= 8 && hour < 15);
	const slots = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => Array.from({ length: 24 }, (_, hour) => [day, hour] as const));
	return slots
		.filter(isAllowed)
		.map((slot) => {
			const there = known.filter((row) => String(slotOf(row)) === String(slot));
			const sameHour = known.filter((row) => slotOf(row)![1] === slot[1]);
			return { slot, calls: there.length, score: share(there, 20, share(sameHour, 0, 0)) };
		})
		.filter(({ calls: enough, score }) => enough >= 30 && score > 0)
		.sort((a, b) => b.score - a.score || a.slot[0] - b.slot[0] || a.slot[1] - b.slot[1])
		.map(({ slot }) => slot)
		.filter((slot) => !own.some((row) => String(slotOf(row)) === String(slot)))
		.slice(0, 3);
}

function nextTry(slots: ReadonlyArray<readonly [number, number]>, own: readonly AmdRecord[]): string | null {
	const last = Math.max(-1, ...own.map((row) => momentOf(row) ?? -1));
	const day = (moment: number) => new Date(moment * 1_000).toISOString().slice(0, 10);
	for (let moment = Math.floor(now / 3_600) * 3_600; moment < now + 30 * 86_400; moment += 3_600) {
		const weekday = new Date(moment * 1_000).getUTCDay() || 7;
		const hour = new Date(moment * 1_000).getUTCHours();
		if (moment <= now || weekday === 7 || isHoliday(Math.floor(moment / 86_400), 'CO')) continue;
		if (last >= 0 && day(moment) <= day(last)) continue;
		if (slots.some((slot) => slot[0] === weekday && slot[1] === hour)) return text(moment);
	}
	return null;
}

/** Rows that make some hours of the week rich enough to be suggested. */
const crowd: fc.Arbitrary<AmdRecord[]> = fc
	.array(
		fc.tuple(
			fc.integer({ min: 0, max: 19 }),
			fc.integer({ min: 6, max: 20 }),
			fc.integer({ min: 25, max: 40 }),
			fc.integer({ min: 0, max: 40 }),
		),
		{ maxLength: 8 },
	)
	.map((slots) =>
		slots.flatMap(([day, hour, count, humans]) =>
			Array.from({ length: count }, (_, i) =>
				recordOf({
					customer_id: `crowd ${day} ${hour} ${i}`,
					campaign_id: ['22109', '7'][day % 2],
					telephone: `573110${String(day * 100 + hour).padStart(4, '0')}${String(i).padStart(2, '0')}`,
					result: i < humans ? 'human' : 'machine',
					date: `2026-11-${String(1 + day).padStart(2, '0')} ${String(hour).padStart(2, '0')}:${String(i).padStart(2, '0')}:00`,
				}),
			),
		),
	);

describe('contacts that are hard to reach', () => {
	test('are, in every field, what a slow recomputation of the records gives, for every choice', () => {
		const choice = fc.record({
			identifyBy: fc.constantFrom('customer' as const, 'telephone' as const),
			language: fc.constantFrom('en' as const, 'es' as const),
			minCalls: fc.integer({ min: 1, max: 12 }),
			includeReached: fc.boolean(),
		});
		fc.assert(
			fc.property(calls, crowd, choice, (some, others, { identifyBy, language, minCalls, includeReached }) => {
				const rows = [...some, ...others];
				const { matching, known, contacts } = bookOf(rows, { identifyBy, language }).hardToReach({
					minCalls,
					includeReached,
					limit: 40,
				});
				const all = contactsOf(rows, identifyBy);
				const wanted = all.filter(
					({ rows: own }) => own.length >= minCalls && (includeReached || countOf(own).human === 0),
				);
				expect([known, matching, contacts.length]).toEqual([all.length, wanted.length, Math.min(40, wanted.length)]);
				expect(contacts.map((contact) => contact.calls)).toEqual(
					wanted
						.map(({ rows: own }) => own.length)
						.sort((a, b) => b - a)
						.slice(0, 40),
				);
				for (const contact of contacts.slice(0, 8)) {
					const same = wanted.find(
						({ id, rows: own }) =>
							id === contact.customer_id &&
							(own.filter(({ telephone }) => telephone !== '').at(-1)?.telephone ?? '') === contact.telephone,
					)!;
					const own = same.rows;
					const moments = own.flatMap((row) => momentOf(row) ?? []);
					const humans = own.filter((row) => foundIn(row) === 'human').flatMap((row) => momentOf(row) ?? []);
					const written = own.filter(({ telephone }) => telephone !== '').reverse();
					const slots = slotsToTry(rows, own);
					const name = (id: string) => ({ '22109': '22109 MAYO', '26687': '26687 RENOVACIÓN' })[id] ?? id;
					const isNamed = rows.some(({ campaign_id }) => campaign_id === '22109 - MAYO');
					const isRest = own.length >= 8 && countOf(own).human === 0;
					const isOdd = ['', '12'].includes(contact.telephone);
					const words =
						language === 'en'
							? ['check the number', 'rest', 'try']
							: ['revisar el número', 'dejar descansar', 'intentar'];
					expect(contact).toEqual({
						customer_id: same.id,
						telephone: contact.telephone,
						telephones: written
							.filter((row, i) => written.findIndex((one) => telephoneOf(one) === telephoneOf(row)) === i)
							.map(({ telephone }) => telephone)
							.join(', '),
						campaigns: [...new Set(own.map(numberOf))]
							.sort((a, b) => Number(a) - Number(b))
							.map((id) => (id === '22109' && !isNamed ? id : name(id)))
							.join(', '),
						calls: own.length,
						...countOf(own),
						first_call: moments.length ? text(Math.min(...moments)) : null,
						last_call: moments.length ? text(Math.max(...moments)) : null,
						last_human: humans.length ? text(Math.max(...humans)) : null,
						hours_tried: [...new Set(own.flatMap((row) => slotOf(row)?.[1] ?? []))]
							.sort((a, b) => a - b)
							.map((hour) => `${String(hour).padStart(2, '0')}:00`)
							.join(', '),
						times_to_try: slots
							.map(([day, hour]) => `${DAYS[language].split(' ')[day - 1]} ${String(hour).padStart(2, '0')}:00`)
							.join(', '),
						next_try: nextTry(slots, own),
						advice: words[isOdd ? 0 : isRest ? 1 : 2],
					});
				}
			}),
			{ numRuns: 60 },
		);
	});

	test('300 people under 0 and 100 with ids of their own: 390 where ten were reached', () => {
		const person = (i: number, customer_id: string) =>
			Array.from({ length: 4 }, (_, call) =>
				recordOf({
					customer_id,
					telephone: `57310${String(1_000_000 + i)}`,
					result: i % 40 === 0 && call === 2 ? 'human' : 'machine',
				}),
			);
		const rows = Array.from({ length: 400 }, (_, i) => person(i, i < 300 ? '0' : `79${i}000`)).flat();
		const found = bookOf(rows).hardToReach({ minCalls: 3, includeReached: false, limit: Infinity });
		expect([found.known, found.matching]).toEqual([400, 390]);
		expect(found.standIns).toEqual([{ id: '0', telephones: 300 }]);
	});

	test('one person under 57…, 9157…, without a calling code, and with a blank before the id is one', () => {
		const dialled = ['573001234567', '9157300123 4567', '3001234567', '93001234567'];
		const rows = dialled.map((telephone, i) => recordOf({ customer_id: i % 2 ? ' 1020' : '1020', telephone }));
		for (const identifyBy of ['customer', 'telephone'] as const) {
			const { contacts } = bookOf(rows, { identifyBy }).hardToReach(everyone);
			expect(contacts).toEqual([
				expect.objectContaining({ customer_id: '1020', telephone: '93001234567', telephones: '93001234567', calls: 4 }),
			]);
		}
		expect(bookOf(rows, { identifyBy: 'telephone', country: 'other' }).hardToReach(everyone).contacts).toHaveLength(4);
	});

	test('an id is a person with ten telephones, and nobody with eleven', () => {
		const rows = (count: number) =>
			Array.from({ length: count }, (_, i) => recordOf({ customer_id: '79', telephone: `5730000000${10 + i}` }));
		expect(bookOf(rows(10)).hardToReach(everyone)).toMatchObject({ known: 1, standIns: [] });
		expect(bookOf(rows(11)).hardToReach(everyone)).toMatchObject({
			known: 11,
			standIns: [{ id: '79', telephones: 11 }],
		});
	});

	test('a call without an id is its telephone’s, never joined to a customer who has that number', () => {
		const rows = [
			recordOf({ customer_id: '1020', telephone: '573001234567' }),
			recordOf({ customer_id: '', telephone: '573001234567' }),
		];
		expect(
			bookOf(rows)
				.hardToReach(everyone)
				.contacts.map(({ customer_id, calls: count }) => [customer_id, count]),
		).toEqual([
			['1020', 1],
			['', 1],
		]);
	});

	test('times are suggested within the calling hours that were given, in the country’s calendar', () => {
		const rows = Array.from({ length: 60 }, (_, i) =>
			recordOf({
				customer_id: `c${i}`,
				result: 'human',
				date: `2026-11-1${2 + (i % 2)} 20:${String(i).padStart(2, '0')}:00`,
			}),
		);
		const tried = recordOf({ customer_id: 'me', date: '2026-11-10 10:00:00' });
		const timesOf = (text: string) =>
			bookOf([...rows, tried], { callingHours: hoursOf(text) })
				.hardToReach({ ...everyone, limit: Infinity })
				.contacts.find(({ customer_id }) => customer_id === 'me')!;
		expect(timesOf('Mon-Fri 07:00-19:00')).toMatchObject({ times_to_try: '', next_try: null });
		expect(timesOf('Mon-Fri 07:00-21:00')).toMatchObject({
			times_to_try: 'Thursday 20:00, Friday 20:00',
			next_try: '2026-11-26 20:00:00',
		});
		expect(timesOf('Fri 20:00-21:00')).toMatchObject({ times_to_try: 'Friday 20:00', next_try: '2026-11-27 20:00:00' });
	});

	test('the next try is on no holiday and on a later day than the last call', () => {
		const monday = (i: number) =>
			recordOf({ customer_id: `c${i}`, result: 'human', date: `2026-11-09 10:${String(i % 60).padStart(2, '0')}:00` });
		const rows = [
			...Array.from({ length: 40 }, (_, i) => monday(i)),
			recordOf({ customer_id: 'me', date: '2026-11-13 18:00:00' }),
		];
		const next = (moment: string, country: 'CO' | 'PE' = 'CO') =>
			bookOf(rows, { now: at(moment), country })
				.hardToReach(everyone)
				.contacts.find(({ customer_id }) => customer_id === 'me')!.next_try;
		expect(next('2026-11-14 08:00:00')).toBe('2026-11-23 10:00:00');
		expect(next('2026-11-14 08:00:00', 'PE')).toBe('2026-11-16 10:00:00');
		expect(next('2026-11-09 08:00:00', 'PE')).toBe('2026-11-16 10:00:00');
	});
});

test.each([
	'',
	' ',
	'0',
	'0000',
	'99',
	'1111111',
	'N/A',
	'n.a.',
	'Sin Cédula',
	'sin-id',
	'NULL',
	'-',
	'...',
	'Desconocido',
	'XXX',
])('%j names nobody', (id) => {
	expect(isStandIn(id)).toBe(true);
});

test.each(['7', '10', '1020', 'CRM-7', '00700', 'SINISTERRA', 'Nancy', '1234567890123456789', '__proto__'])(
	'%j may name somebody',
	(id) => {
		expect(isStandIn(id)).toBe(false);
	},
);
