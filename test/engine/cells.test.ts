import * as SheetJs from '@e965/xlsx';
import type { INodeParameters } from 'n8n-workflow';

import { csvLine } from '../../core/export/csv';
import { type Simulator, startSimulator } from '../simulator';
import { runNode } from './harness';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 1_000, contacts: 300, now: () => '2025-03-12 15:00:00' });
});
afterAll(async () => await simulator.close());

/** What is meant as a number, a date, or a yes or no. */
const MEANT =
	/^(records|human|machine|other|.*_rate|hour|weekday|calls|day|date|timestamp|.*_(record|call|human)|next_try|is_machine)$/;
/** Digits that are a name: files have them as text, and a CSV text leaves it to its reader. */
const IDS = /^(customer_id|campaign_id|campaigns|telephone|telephones|telephone_national|dial_route|campaign_name)$/;

test.each([
	['records', { resource: 'record', operation: 'getAll' }],
	[
		'summaries',
		{ resource: 'analysis', operation: 'summarize', groupBy: ['campaign', 'day', 'hour', 'weekday', 'fileName'] },
	],
	['contacts', { resource: 'analysis', operation: 'hardToReach', minCalls: 2 }],
	['contacts in Spanish', { resource: 'analysis', operation: 'hardToReach', minCalls: 2, options: { language: 'es' } }],
] as Array<[string, INodeParameters]>)(
	'no text of %s becomes a date or a number in a spreadsheet',
	async (_, parameters) => {
		const { items, error } = await runNode({
			parameters: { ...parameters, dateRange: 'custom', from: '2025-03-03', to: '2025-03-09', returnAll: true },
			credentials: { server: simulator.url, token: simulator.token },
		});
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(10);
		const columns = Object.keys(items[0].json).filter((name) => !MEANT.test(name) && !IDS.test(name));
		const lines = items.map(({ json }) =>
			csvLine(
				columns.map((name) => (json[name] ?? null) as string | null),
				',',
				false,
			),
		);
		const read = (csv: string): unknown[][] => {
			const { Sheets, SheetNames } = SheetJs.read(csv, { type: 'string', cellDates: true });
			return SheetJs.utils.sheet_to_json(Sheets[SheetNames[0]], { header: 1, raw: true });
		};
		// The reader does make a date of what looks like one.
		expect(read('7-8,12\r\n')[0].every((cell) => typeof cell === 'string')).toBe(false);
		const converted = read(lines.join(''))
			.flatMap((cells) => cells.map((cell, place) => ({ column: columns[place], cell })))
			.filter(({ cell }) => typeof cell === 'number' || cell instanceof Date);
		expect(converted).toEqual([]);
	},
);
