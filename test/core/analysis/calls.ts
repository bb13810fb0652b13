import fc from 'fast-check';
import type { CallingHours } from '../../../core/country/callingHours';
import { LEY_2300, readCallingHours } from '../../../core/country/callingHours';
import type { AmdRecord } from '../../../core/api/record';
import { formatWall, parseRowDate } from '../../../core/time/wallClock';
import { at } from './rows';

export const hoursOf = (text: string): CallingHours => {
	const read = readCallingHours(text);
	if (!read.ok) throw new Error(`no calling hours: ${text}`);
	return read.value;
};

export const LAW = hoursOf(LEY_2300);

/** One telephone each, in ways in which a dialler writes it. */
const TELEPHONES = Array.from({ length: 14 }, (_, i) => `30012340${String(i).padStart(2, '0')}`);
const telephone = fc
	.tuple(fc.constantFrom('57', '9157', '957', '', '9'), fc.constantFrom(...TELEPHONES))
	.map(([route, number]) => route + number);

const date = fc.oneof(
	{
		weight: 30,
		arbitrary: fc.integer({ min: at('2026-11-02 06:00:00'), max: at('2026-11-22 21:00:00') }).map(formatWall),
	},
	{ weight: 1, arbitrary: fc.constantFrom('', '0000-00-00 00:00:00', '2026-11-10', '2026-11-11 10:15') },
);

/** Calls of few contacts, under good ids, ids that are nobody's, and an id that stands for all telephones. */
export const calls: fc.Arbitrary<AmdRecord[]> = fc
	.array(
		fc.record({
			customer_id: fc.oneof(
				{ weight: 4, arbitrary: fc.constantFrom('1020', ' 1020', '1021 ', 'CRM-7', '__proto__', 'constructor') },
				{ weight: 2, arbitrary: fc.constantFrom('', ' ', '0', '000', '9999', 'N/A', 'Sin Cédula') },
				{ weight: 2, arbitrary: fc.constant('4711') },
			),
			campaign_id: fc.constantFrom('22109', '22109 - MAYO', '7', '26687 - RENOVACIÓN'),
			file_name: fc.constantFrom('', 'a.wav', 'b.wav'),
			telephone: fc.oneof(
				{ weight: 9, arbitrary: telephone },
				{ weight: 1, arbitrary: fc.constantFrom('', '12', '13054445555') },
			),
			result: fc.constantFrom('machine', 'MACHINE', 'machine', 'human', 'Human', 'FAX', ''),
			date,
		}),
		{ maxLength: 150 },
	)
	.map((rows) => {
		// In order of time, as a run hands them over; those without a date where they stand.
		const dated = rows
			.filter((row) => parseRowDate(row.date))
			.sort((a, b) => parseRowDate(a.date)!.at - parseRowDate(b.date)!.at);
		return [...rows.filter((row) => !parseRowDate(row.date)), ...dated];
	});
