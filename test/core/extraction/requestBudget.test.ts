import { RequestBudget } from '../../../core/extraction/requestBudget';
import { extractionLimits } from '../../../core/limits';
import { openLane } from '../../../core/api/tokenLane';
import { type Connection, nothingSpent } from '../../../core/api/request';
import { answer, envelope, refusal } from '../../support/exchanges';
import { VirtualWorld } from '../../support/virtualWorld';

let tokens = 0;

/** A run that has made so many requests on a token of which the API says this. */
function running(requests: number, exchange: () => ReturnType<typeof answer>) {
	const world = new VirtualWorld();
	const spending = { ...nothingSpent(), requests };
	const connection: Connection = {
		transport: async () => exchange(),
		world,
		lane: openLane(world, 'budget', String(tokens++), { parallel: 1 }),
		spending,
		signal: new AbortController().signal,
	};
	return { connection, spending };
}
const leaving = (available: unknown) => () =>
	answer(200, envelope({ data: [{ available_consumption_options: available }], msg: '' }));
const DUE = extractionLimits.quotaCheckAt - 2;

test('a short run does not ask for the quota, a longer one once', async () => {
	const { connection, spending } = running(DUE - 1, leaving(100));
	const budget = new RequestBudget(spending, 0);
	await budget.askQuota(connection);
	expect(spending.requests).toBe(DUE - 1);
	spending.requests++;
	await budget.askQuota(connection);
	await budget.askQuota(connection);
	expect(spending.requests).toBe(DUE + 1);
});

test('what the quota leaves, but for a reserve, bounds the run', async () => {
	const { connection, spending } = running(DUE, leaving(extractionLimits.quotaReserve + 2));
	const budget = new RequestBudget(spending, 0);
	await budget.askQuota(connection);
	const limit = DUE + 1 + 2;
	spending.requests = limit - 1;
	expect(budget.exceeded()).toBeNull();
	spending.requests = limit;
	expect(budget.exceeded()).toEqual({ kind: 'bounded', why: 'quota', limit });
});

test('a quota that is spent to its reserve leaves nothing, not less', async () => {
	const { connection, spending } = running(DUE, leaving(extractionLimits.quotaReserve - 5));
	const budget = new RequestBudget(spending, 0);
	await budget.askQuota(connection);
	expect(budget.exceeded()).toEqual({ kind: 'bounded', why: 'quota', limit: DUE + 1 });
});

test.each([
	['more than the run may take', leaving(1_000_000)],
	['not how much', leaving('unlimited')],
	['nothing', () => answer(404, refusal('404', 'Validate dates entered'))],
])('where the API leaves %s, the limit that the user set stands', async (_what, exchange) => {
	const { connection, spending } = running(DUE, exchange);
	const budget = new RequestBudget(spending, 500);
	await budget.askQuota(connection);
	spending.requests = 499;
	expect(budget.exceeded()).toBeNull();
	spending.requests = 500;
	expect(budget.exceeded()).toEqual({ kind: 'bounded', why: 'maxRequests', limit: 500 });
});
