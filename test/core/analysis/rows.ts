import fc from 'fast-check';
import type { AmdRecord } from '../../../core/api/record';
import { formatWall, wallSeconds } from '../../../core/time/wallClock';

export const at = (text: string): number => wallSeconds(text.split(/\D/).map(Number))!;

/** A record with what a test says, and plain values for the rest. */
export const recordOf = (given: Partial<AmdRecord> = {}): AmdRecord => ({
	customer_id: '1020',
	campaign_id: '22109',
	file_name: 'a.wav',
	telephone: '91573000001',
	result: 'MACHINE',
	date: '2024-05-14 09:30:00',
	...given,
});

const date = fc.oneof(
	{
		weight: 20,
		arbitrary: fc.integer({ min: at('2024-04-28 00:00:00'), max: at('2024-05-12 23:59:59') }).map(formatWall),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom('', '0000-00-00 00:00:00', '2024-05-06', '2024-05-07 10:15', '07/05/2024 18:00:00'),
	},
);

/** Rows with few values each, so that groups and contacts have several records. */
export const records: fc.Arbitrary<AmdRecord[]> = fc.array(
	fc.record({
		customer_id: fc.constantFrom('', ' ', '1', '02', '2', 'CRM-7', 'constructor', '__proto__'),
		campaign_id: fc.constantFrom('22109', '7', '7 - Encuesta', '26687 - RENOVACIÓN 2024/25', 'x'),
		file_name: fc.constantFrom('', 'a.wav', 'buzón.mp3', '10', '9'),
		telephone: fc.constantFrom('', '91573000001', '91573000002', '91573000003'),
		result: fc.constantFrom('MACHINE', 'machine', 'Human', 'HUMAN ', 'FAX', ''),
		date,
	}),
	{ maxLength: 200 },
);
