/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startSimulator } from '../simulator';
import { runNode } from './harness';

const day = { dateRange: 'custom', from: '2025-03-04', to: '2025-03-04', returnAll: true };

test('before the first answer the browser console says that it is waited for, once in so long; a quick answer needs no word', async () => {
	const simulator = await startSimulator({ rowsPerDay: 100, now: () => '2025-03-12 15:00:00' });
	const credentials = { server: simulator.url, token: simulator.token };
	try {
		const quick = await runNode({ parameters: day, credentials });
		expect(quick.messages.join()).not.toContain('no answer');
		simulator.configure({ latencyMs: 11_500 });
		const slow = runNode({ parameters: day, credentials });
		setTimeout(() => simulator.configure({ latencyMs: 0 }), 9_000);
		const { messages, error } = await slow;
		expect(error).toBeUndefined();
		const waited = messages.filter((message) => message.includes('no answer'));
		expect(waited).toHaveLength(1);
		expect(waited[0]).toMatch(/^Wolkvox AMD: no answer from 127\.0\.0\.1\S* yet, after 10 seconds; it is waited for$/);
	} finally {
		await simulator.close();
	}
}, 60_000);

test('a range of years is told to cost requests before the first of them, a shorter one is not', async () => {
	const simulator = await startSimulator({ dataFrom: '2025-03-01', now: () => '2025-03-12 15:00:00' });
	const credentials = { server: simulator.url, token: simulator.token };
	const told = /^Wolkvox AMD: ([\d,]+) days take at least (\d+) requests, up to (\d+) where nothing is there, and more/;
	try {
		const year = await runNode({ parameters: { ...day, from: '2024-03-04' }, credentials });
		expect(year.messages.filter((message) => told.test(message))).toEqual([]);
		const years = { ...day, from: '2014-03-04', to: '2025-02-28' };
		const before = simulator.requests.length;
		const { messages, hints } = await runNode({ parameters: years, credentials });
		const [, days, least, most] = told.exec(messages[0])!;
		expect({ days, least: Number(least) }).toEqual({ days: '4,015', least: 130 });
		expect(simulator.requests.length - before).toBeLessThanOrEqual(Number(most));
		expect(Number(most)).toBeLessThanOrEqual(320);
		expect(hints.map(({ message }) => message).join()).toContain(
			'Wolkvox allows 1,000 requests a day for each licence.',
		);
		const refused = await runNode({ parameters: years, credentials: { ...credentials, token: 'another' } });
		expect(refused.error).toBeDefined();
		expect(refused.messages[0]).toMatch(told);
	} finally {
		await simulator.close();
	}
}, 60_000);
