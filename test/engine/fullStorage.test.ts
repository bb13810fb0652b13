/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { lanesInUse } from '../../core/api/tokenLane';
import { outputLimits } from '../../core/limits';
import { type Simulator, digestOf, startSimulator } from '../simulator';
import { openFileStorage, openFullStorage } from './binaryStorage';
import { runNode } from './harness';

const week = { dateRange: 'custom', from: '2025-03-03', to: '2025-03-09' };
const usual = { ...outputLimits };
let simulator: Simulator;
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeAll(async () => {
	process.on('unhandledRejection', note);
	simulator = await startSimulator({ rowsPerDay: 3_000, now: () => '2025-03-12 15:00:00' });
});
afterAll(async () => {
	process.off('unhandledRejection', note);
	Object.assign(outputLimits, usual);
	await simulator.close();
});

const exporting = async () =>
	await runNode({
		parameters: { resource: 'record', operation: 'export', format: 'ndjson', ...week },
		credentials: { server: simulator.url, token: simulator.token },
	});

test.each(['filesystem', 'database'] as const)(
	'a full %s store ends the run by name; the next run of the token works, nothing is left open',
	async (mode) => {
		// Small parts, so that the file is being written while there is more to read.
		Object.assign(outputLimits, { partBytes: 300_000 });
		await openFullStorage(mode, 250_000);
		const { error, items } = await exporting();
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			message: 'n8n could not go on: the system refused with ENOSPC',
			description: expect.stringContaining('disk of n8n is full'),
		});
		expect(lanesInUse()).toBe(0);
		Object.assign(outputLimits, usual);
		const storage = await openFileStorage();
		const next = await exporting();
		expect(next.error).toBeUndefined();
		const file = await storage.read(next.items[0].binary!.data);
		const rows = file
			.toString()
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(digestOf(rows)).toEqual(simulator.truth({ from: '2025-03-03 00:00:00', to: '2025-03-10 00:00:00' }));
		await storage.close();
		while (simulator.connections() > 0) await new Promise((resume) => setTimeout(resume, 20));
		expect(unhandled).toEqual([]);
	},
	30_000,
);

test('what nobody foresaw names the window and the request that came before it', async () => {
	await openFullStorage('database', 1_000, new TypeError('a record'));
	const { error } = await exporting();
	expect(error!.message).toBe('This node met something that it was not made for');
	expect(error!.description).toMatch(/, after request \d+, window 2025030\d{7} to 2025031?\d{6,7}\./);
	expect(error!.description).not.toContain('a record');
});
