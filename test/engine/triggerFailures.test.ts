import { type Simulator, startSimulator } from '../simulator';
import { movableClock } from './clock';
import { Poller, type PollerOptions } from './poller';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const clock = movableClock();
let simulator: Simulator;
let poller: Poller;
let count = 0;

async function set(options: Partial<PollerOptions> = {}): Promise<void> {
	simulator = await startSimulator({ rowsPerDay: 20_000, shape: 'flat' });
	const credentials = { server: simulator.url, token: simulator.token };
	poller = new Poller({ credentials, workflowId: `failing-${count++}`, ...options });
}

afterEach(() => simulator.close());

async function minutes(n: number): Promise<void> {
	for (let minute = 0; minute < n; minute++) {
		clock.moveOn(MINUTE);
		await poller.tick();
	}
}

const lastError = () => poller.errors.at(-1)!;

test('a wrong token refuses the activation in words that help', async () => {
	await set({ credentials: { server: '0022', token: 'x' } });
	poller = new Poller({ credentials: { server: simulator.url, token: 'not the one' }, workflowId: 'refused' });
	await expect(poller.activate()).rejects.toThrow(
		// n8n shows the message of a failed activation alone: it holds the advice.
		'Token is not readable in the Wolkvox API credential. Copy the wolkvox-token of the operation',
	);
	poller = new Poller({ credentials: { server: simulator.url, token: 'nottheone' }, workflowId: 'refused' });
	await expect(poller.activate()).rejects.toMatchObject({
		message: expect.stringContaining('does not accept this token'),
		failure: { cause: 'credential-invalid' },
	});
	expect(JSON.stringify(poller.saved)).toBe('{}');
});

describe.each(['classic', 'durable'] as const)('a token that becomes wrong, in the %s engine', (engine) => {
	let token: string;
	async function spoil(): Promise<string> {
		await set({ engine });
		await poller.activate();
		await minutes(5);
		token = simulator.token;
		simulator.configure({ token: 'another' });
		simulator.requests.length = 0;
		return JSON.stringify(poller.saved);
	}

	test('is told once, asked for once an hour, told again after a day, and the state stays as it was', async () => {
		const state = await spoil();
		await minutes(150);
		expect(poller.errors).toHaveLength(1);
		expect(lastError().failure).toEqual({ cause: 'credential-invalid' });
		expect(lastError().description).toContain('Copy it once more from Wolkvox');
		expect(JSON.stringify(lastError())).not.toContain(token);
		expect(simulator.requests.length).toBeLessThanOrEqual(3);
		expect(JSON.stringify(poller.saved)).toBe(state);
		for (let hour = 0; hour < 24; hour++) {
			clock.moveOn(HOUR);
			await poller.tick();
		}
		expect(poller.errors).toHaveLength(2);
		simulator.configure({ token });
		clock.moveOn(HOUR);
		await poller.tick();
		expect(poller.batches.at(-1)!.length).toBeGreaterThan(1_500);
	}, 60_000);

	test('and wrong again after it was good is another trouble', async () => {
		await spoil();
		await minutes(10);
		simulator.configure({ token });
		await minutes(120);
		expect(poller.errors).toHaveLength(1);
		simulator.configure({ token: 'another' });
		await minutes(120);
		expect(poller.errors).toHaveLength(2);
	}, 60_000);

	test('and is replaced in the credential: the new one is asked with the next poll', async () => {
		await spoil();
		await minutes(10);
		poller.useCredentials({ server: simulator.url, token: 'another' });
		simulator.requests.length = 0;
		await minutes(1);
		expect(simulator.requests).toHaveLength(1);
		expect(poller.batches.at(-1)!.length).toBeGreaterThan(100);
	});
});

test('what a person has set wrong on a live trigger is told once a day', async () => {
	await set();
	await poller.activate();
	poller.useCredentials({ server: '0022', token: '' });
	await minutes(60);
	expect(poller.errors.map(({ message }) => message)).toEqual(['Token is empty in the Wolkvox API credential']);
	for (let hour = 0; hour < 24; hour++) {
		clock.moveOn(HOUR);
		await poller.tick();
	}
	expect(poller.errors).toHaveLength(2);
});

test('when n8n starts while Wolkvox is away, the trigger is not put off: it is told, and polls', async () => {
	await set();
	await poller.activate();
	await minutes(10);
	simulator.configure({ backup: { from: '00:00:00', to: '23:59:59' } });
	await poller.rise();
	expect(lastError().message).toContain('closed its API for now');
	simulator.configure({ backup: null });
	await minutes(16);
	expect(poller.batches.at(-1)!.length).toBeGreaterThan(100);
}, 60_000);

test('the nightly backup: n8n is told to wait a quarter of an hour', async () => {
	await set({ budgetMs: 10_000 });
	await poller.activate();
	simulator.configure({ backup: { from: '00:00:00', to: '23:59:59' } });
	await minutes(5);
	expect(lastError().failure).toEqual({ cause: 'temporarily-unavailable', retryAfterMs: 15 * MINUTE });
	expect(lastError().message).toContain('closed its API for now');
}, 60_000);

test('Retry-After of a busy API is handed to n8n', async () => {
	await set({ budgetMs: 10_000 });
	await poller.activate();
	simulator.configure({ busyAs: '429', maxInFlight: 0, retryAfter: { seconds: 90, as: 'seconds' } });
	await minutes(5);
	expect(lastError().failure).toEqual({ cause: 'rate-limited', retryAfterMs: 90_000 });
});

test('a spent quota is told once, and looked at once an hour', async () => {
	await set();
	// From noon of the operation on: in the first hour after its midnight there is a look every quarter of an hour.
	clock.moveOn((41 * HOUR - (Date.now() % (24 * HOUR))) % (24 * HOUR));
	await poller.activate();
	simulator.configure({ usedByOtherTokens: 30_000 });
	simulator.requests.length = 0;
	await minutes(170);
	expect(poller.errors).toHaveLength(1);
	expect(lastError().failure).toMatchObject({ cause: 'quota-exhausted' });
	expect(simulator.requests.length).toBeLessThanOrEqual(6);
});

test('a damaged state is told, and never reset in silence', async () => {
	await set();
	await poller.activate();
	poller.saved = { state: { version: 7 } };
	poller.restart();
	await minutes(1);
	expect(lastError().message).toBe('The saved state of this trigger cannot be read: its version is “7”, not 2');
	expect(lastError().description).toContain('Start From');
	expect(poller.saved).toEqual({ state: { version: 7 } });
	expect(simulator.requests).toHaveLength(1);
});

test.each([
	[{ campaign: { __rl: true, mode: 'id', value: 'abc' } }, 'Campaign is not the number of a campaign: “abc”'],
	[{ options: { timezone: 'Bogota' } }, 'Timezone is unknown: “Bogota”'],
	[
		{ options: { overlapMinutes: 0 } },
		'Look Back for Late Records (Minutes) is not a whole number from 5 to 1440: “0”',
	],
	[
		{ options: { minMinutesBetweenReads: 1.5 } },
		'Ask Wolkvox Every (Minutes) is not a whole number from 1 to 1440: “1.5”',
	],
	[{ options: { startFrom: 'tomorrow' } }, 'Start From is not a date: “tomorrow”'],
	[{ options: { afterRestart: 'never' } }, 'If n8n Was Killed is not one that can be chosen: “never”'],
	[{ options: { addFields: ['phone'] } }, 'Add Fields is not one that can be chosen: “phone”'],
])('%j is told before any request', async (parameters, message) => {
	await set({ parameters });
	await expect(poller.activate()).rejects.toMatchObject({
		message: expect.stringContaining(`${message}. `),
		failure: { cause: 'configuration-invalid' },
	});
	expect(simulator.requests).toHaveLength(0);
});

test('a campaign that does not exist refuses the activation', async () => {
	await set({ parameters: { campaign: { __rl: true, mode: 'id', value: '99999' } } });
	await expect(poller.activate()).rejects.toMatchObject({
		message: expect.stringContaining('does not exist'),
		failure: { cause: 'configuration-invalid' },
	});
});

test('ticks that never have time to read are told once they go on, with the state as it was', async () => {
	await set();
	await poller.activate();
	const state = JSON.stringify(poller.saved);
	const parameters = { options: { minMinutesBetweenReads: 1 } };
	poller = Object.assign(
		new Poller({
			credentials: { server: simulator.url, token: simulator.token },
			workflowId: `hurried-${count}`,
			budgetMs: 2_500,
			parameters,
		}),
		{ saved: poller.saved },
	);
	poller.restart();
	simulator.requests.length = 0;
	await minutes(4);
	expect(poller.errors).toEqual([]);
	await minutes(1);
	expect(lastError()).toMatchObject({
		message: 'The time for this read is used up',
		failure: { cause: 'temporarily-unavailable' },
	});
	expect(simulator.requests).toHaveLength(0);
	expect(JSON.stringify(poller.saved)).toBe(state);
});

test('records come without names where the list of campaigns cannot be had, and with them once it can', async () => {
	await set({ parameters: { options: { addFields: ['campaign_name'] } } });
	await poller.activate();
	simulator.configure({ onRequest: ({ query }) => (query.api === 'campaigns' ? { name: 'redirect' } : undefined) });
	await minutes(5);
	expect(poller.items.length).toBeGreaterThan(20);
	expect(poller.items.every(({ campaign_name }) => campaign_name === null)).toBe(true);
	simulator.configure({ onRequest: undefined });
	await minutes(10);
	const asked = simulator.requests.filter(({ query }) => query.api === 'campaigns');
	expect(asked).toHaveLength(2);
	expect(poller.batches.at(-1)!.every(({ json }) => typeof json.campaign_name === 'string')).toBe(true);
});

test('a manual run says why it cannot show a sample', async () => {
	await set({ mode: 'manual' });
	simulator.configure({ token: 'another' });
	await expect(poller.activate()).rejects.toThrow('does not accept this token');
});
