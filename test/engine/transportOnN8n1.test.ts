import { version } from 'n8n-core/package.json';

import { transportCases } from './transportCases';

// Everything that is imported from n8n, by us and by the harness, comes from the oldest line that the package runs on.
jest.mock('n8n-core', () => jest.requireActual<object>('n8n-core-1'));
jest.mock('n8n-core/package.json', () => jest.requireActual<object>('n8n-core-1/package.json'));
jest.mock('n8n-workflow', () => jest.requireActual<object>('../../node_modules/n8n-core-1/node_modules/n8n-workflow'));
// A part of it for AI nodes that jest cannot load: it is an ES module.
jest.mock('p-retry', () => ({}));

// Its manager of SSH connections keeps a timer that only its own shutdown ends.
afterAll(() => {
	const { Container } = jest.requireActual<typeof import('@n8n/di')>('../../node_modules/n8n-core-1/node_modules/@n8n/di');
	const { SSHClientsManager } = jest.requireActual<{ SSHClientsManager: new () => { onShutdown(): void } }>('n8n-core-1/dist/execution-engine/ssh-clients-manager');
	Container.get(SSHClientsManager).onShutdown();
});

it('runs on the core of n8n 1.123.0', () => expect(version).toBe('1.122.0'));

describe('on n8n 1.123.0', transportCases);
