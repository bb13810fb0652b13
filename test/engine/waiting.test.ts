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
