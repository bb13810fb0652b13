import { version } from 'n8n-core/package.json';

import { type RawRow, digestOf, startSimulator } from '../simulator';
import { runNode } from './harness';
import { transportCases } from './transportCases';

// Everything that is imported from n8n, by us and by the harness, comes from the oldest line that the package runs on.
jest.mock('n8n-core', () => jest.requireActual<object>('n8n-core-1'));
jest.mock('n8n-core/package.json', () => jest.requireActual<object>('n8n-core-1/package.json'));
jest.mock('n8n-workflow', () => jest.requireActual<object>('../../node_modules/n8n-core-1/node_modules/n8n-workflow'));
// A part of it for AI nodes that jest cannot load: it is an ES module.
jest.mock('p-retry', () => ({}));

// Its manager of SSH connections keeps a timer that only its own shutdown ends.
afterAll(() => {
	const { Container } = jest.requireActual<typeof import('@n8n/di')>(
		'../../node_modules/n8n-core-1/node_modules/@n8n/di',
	);
	const { SSHClientsManager } = jest.requireActual<{ SSHClientsManager: new () => { onShutdown(): void } }>(
		'n8n-core-1/dist/execution-engine/ssh-clients-manager',
	);
	Container.get(SSHClientsManager).onShutdown();
});

it('runs on the core of n8n 1.123.0', () => expect(version).toBe('1.122.0'));

describe('on n8n 1.123.0', transportCases);

it('gives every record once, with its hint, and tells a wrong token in the same words', async () => {
	const simulator = await startSimulator({ rowsPerDay: 3_000, now: () => '2025-03-12 15:00:00' });
	const parameters = { dateRange: 'custom', from: '2025-03-03', to: '2025-03-09', returnAll: true };
	const { items, hints, messages } = await runNode({
		parameters,
		credentials: { server: simulator.url, token: simulator.token },
	});
	const refused = await runNode({
		parameters,
		onError: 'continueErrorOutput',
		items: [{ json: { name: 'first' } }],
		credentials: { server: simulator.url, token: 'wrong' },
	});
	await simulator.close();
	expect(digestOf(items.map(({ json }) => json as RawRow & typeof json))).toEqual(
		simulator.truth({ from: '2025-03-03 00:00:00', to: '2025-03-10 00:00:00' }),
	);
	expect(hints).toEqual([
		{ type: 'info', location: 'outputPane', message: expect.stringMatching(/^[\d,]+ records (of|from) 2025-03-03/) },
	]);
	expect(messages).toHaveLength(1);
	expect(refused.errorItems).toMatchObject([
		{ json: { name: 'first', error: expect.stringContaining('does not accept this token') } },
	]);
});
