import type { INodeParameters } from 'n8n-workflow';

import { type RawRow, type Simulator, digestOf, startSimulator, wallSeconds } from '../simulator';
import { runNode } from './harness';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ rowsPerDay: 500, now: () => '2025-03-12 15:00:00' });
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.configure({ faults: {}, onRequest: undefined, token: simulator.token }));

const perItem: INodeParameters = {
	dateRange: 'custom',
	from: '={{ $json.day }}',
	to: '={{ $json.day }}',
	returnAll: true,
};
const days = ['2025-03-04', 'someday', '2025-03-05'].map((day) => ({ json: { day, note: `about ${day}` } }));
const run = (onError?: 'continueRegularOutput' | 'continueErrorOutput', items = days) =>
	runNode({ parameters: perItem, items, onError, credentials: { server: simulator.url, token: simulator.token } });

const truthOf = (day: string) =>
	simulator.truth({ from: `${day} 00:00:00`, to: wallSeconds(`${day} 00:00:00`) + 86_400 });

it('serves the items one after another, each record paired with the item that asked for it', async () => {
	const { items, error, hints } = await run(undefined, [days[0], days[2]]);
	expect(error).toBeUndefined();
	for (const [item, day] of ['2025-03-04', '2025-03-05'].entries()) {
		const own = items.filter(({ pairedItem }) => JSON.stringify(pairedItem) === JSON.stringify({ item }));
		expect(digestOf(own.map(({ json }) => json as RawRow & typeof json))).toEqual(truthOf(day));
	}
	expect(hints).toHaveLength(1);
	expect(hints[0].message).toMatch(/records of 2025-03-04\. .* records of 2025-03-05\. /);
});

it('stops at the item whose input is wrong, and names it', async () => {
	const { error, items } = await run();
	expect(error?.message).toBe('From is not a date: “someday”');
	expect(error?.context?.itemIndex).toBe(1);
	expect(items).toEqual([]);
});

it('goes on in the regular output where that is chosen', async () => {
	const { items, error } = await run('continueRegularOutput');
	expect(error).toBeUndefined();
	const told = items.filter(({ json }) => 'error' in json);
	expect(told).toMatchObject([
		{
			json: {
				error: 'From is not a date: “someday”',
				message: expect.stringMatching(/^From is not a date: “someday”\. Enter a date/),
			},
			pairedItem: { item: 1 },
		},
	]);
	expect(items.length - 1).toBe(truthOf('2025-03-04').count + truthOf('2025-03-05').count);
});

it('sends what went wrong to the error output, with the item that it belongs to', async () => {
	const { items, errorItems, error } = await run('continueErrorOutput');
	expect(error).toBeUndefined();
	expect(errorItems).toMatchObject([
		{ json: { day: 'someday', note: 'about someday', error: 'From is not a date: “someday”' } },
	]);
	expect(items.length).toBe(truthOf('2025-03-04').count + truthOf('2025-03-05').count);
});

it('uses the credential as it is for each item', async () => {
	const { items } = await runNode({
		parameters: perItem,
		items: [days[0], days[2]],
		onError: 'continueRegularOutput',
		credentials: (itemIndex) => ({ server: simulator.url, token: itemIndex === 0 ? 'another' : simulator.token }),
	});
	expect(items[0].json.error).toBe(`Wolkvox does not accept this token on ${new URL(simulator.url).host}`);
	expect(items.length - 1).toBe(truthOf('2025-03-05').count);
});
