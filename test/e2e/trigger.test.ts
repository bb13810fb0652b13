/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFile } from 'node:fs/promises';
import { RecordIds } from '../../core/api/record';
import { currentVersion, oldestVersion } from '../../scripts/n8n/install.mjs';
import { chain } from '../../scripts/n8n/workflows.mjs';
import { startSimulator, wallText, zoneClock, type Range, type Simulator } from '../simulator';
import { n8nUnderTest, tell, type N8nUnderTest } from './n8nUnderTest';
import { importExample, runFrom } from './support/example';
import { startPostgres } from './support/postgres';
import { deliverTo, startReceiver, type Receiver } from './support/receiver';

const clock = zoneClock('America/Bogota');
const node = 'n8n-nodes-wolkvox.wolkvoxAmd';
const trigger = 'n8n-nodes-wolkvox.wolkvoxAmdTrigger';
const everyTenSeconds = {
	item: [3, 13, 23, 33, 43, 53].map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })),
};

let receiver: Receiver;
beforeAll(async () => {
	receiver = await startReceiver();
});
afterAll(async () => await receiver?.close());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
	const giveUpAt = Date.now() + withinMs;
	while (!(await isTrue()) && Date.now() < giveUpAt) await pause(250);
}

const keysAt = (path: string): string[] => (receiver.batches.get(path) ?? []).flatMap(({ keys }) => keys);

function keysOf(simulator: Simulator, range: Range): string[] {
	return [...new RecordIds().of(simulator.rows(range), 0)].map(({ recordId }) => recordId);
}

/** A trigger, and a request that delivers the keys of each batch. */
function delivering(path: string, startFrom: string, credential: { id: string; name: string }) {
	const options = { addFields: ['record_id'], startFrom, minMinutesBetweenReads: 1 };
	return chain(
		path,
		[
			{
				name: 'New Records',
				type: trigger,
				version: 1,
				parameters: { pollTimes: everyTenSeconds, campaign: { __rl: true, mode: 'list', value: 'all' }, options },
				credentials: { wolkvoxApi: credential },
			},
			...deliverTo(`${receiver.url}${path}`),
		],
		{ saveDataSuccessExecution: 'none' },
	);
}

const residentBytes = async (pid: number): Promise<number> =>
	Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;

describe.each([currentVersion, oldestVersion])('n8n %s', (version) => {
	let simulator: Simulator;
	let world: N8nUnderTest;
	let credential: { id: string; name: string };

	beforeAll(async () => {
		simulator = await startSimulator({ rowsPerDay: 32_000, dataTo: clock() - 60 });
		world = await n8nUnderTest(version);
		credential = await world.client.saveCredential({
			name: 'Wolkvox',
			type: 'wolkvoxApi',
			data: { server: simulator.url, token: simulator.token },
		});
	});

	afterAll(async () => {
		await world?.remove();
		await simulator?.close();
	});

	test('catches up three days at 32,000 a day: in order, each record once, with memory bounded', async () => {
		const from = clock() - 3 * 86_400;
		const owed = keysOf(simulator, { from: Math.floor(from), to: clock() });
		const { id } = await world.client.createWorkflow(delivering('/catch-up', wallText(Math.floor(from)), credential));
		const restingBytes = await residentBytes(world.n8n.pid);
		let peakBytes = restingBytes;
		const startedAt = Date.now();
		await world.client.activate(id);
		await until(async () => {
			peakBytes = Math.max(peakBytes, await residentBytes(world.n8n.pid));
			return keysAt('/catch-up').length >= owed.length;
		}, 300_000);
		await world.client.deactivate(id);
		const batches = receiver.batches.get('/catch-up') ?? [];
		tell(
			`n8n ${version}: ${owed.length} records in ${batches.length} batches, ${Math.round((Date.now() - startedAt) / 1_000)} ` +
				`s, ${Math.round((peakBytes - restingBytes) / 1_048_576)} MB more at most`,
		);
		expect(keysAt('/catch-up')).toEqual(owed);
		expect(Math.max(...batches.map(({ keys }) => keys.length))).toBeLessThanOrEqual(50_000);
		expect(peakBytes - restingBytes).toBeLessThan(400 * 1_048_576);
		receiver.batches.clear();
	});
});

describe('the examples', () => {
	let simulator: Simulator;
	let world: N8nUnderTest;
	let wolkvox: { type: string; id: string; name: string };

	beforeAll(async () => {
		simulator = await startSimulator({ rowsPerDay: 800, dataTo: clock() - 60 });
		world = await n8nUnderTest(currentVersion);
		wolkvox = await save('wolkvoxApi', { server: simulator.url, token: simulator.token });
	});

	afterAll(async () => {
		await world?.remove();
		await simulator?.close();
	});

	async function save(type: string, data: Record<string, unknown>) {
		const { id, name } = await world.client.saveCredential({ name: type, type, data });
		return { type, id, name };
	}

	/** Midnight of yesterday on the operation's clock. */
	const yesterday = (): number => (Math.floor(clock() / 86_400) - 1) * 86_400;

	const startingAt = (at: number, addFields: string[], result = 'all') => ({
		pollTimes: everyTenSeconds,
		options: { addFields, result, startFrom: wallText(at), minMinutesBetweenReads: 1 },
	});

	test('new machine answers go to a CRM by their key', async () => {
		const header = await save('httpHeaderAuth', { name: 'X-Api-Key', value: 'a long random value' });
		const from = clock() - 86_400;
		const id = await importExample(world, 'new-machine-answers-to-crm', {
			texts: {
				'https://crm.example.com/api/amd/': `${receiver.url}/crm/`,
				'"batchInterval": 1000': '"batchInterval": 0',
			},
			credentials: { [trigger]: wolkvox, 'n8n-nodes-base.httpRequest': header },
			parameters: {
				'New Machine Answers': startingAt(Math.floor(from), ['campaign_name', 'record_id', 'timestamp'], 'machine'),
			},
		});
		const rows = simulator.rows({ from: Math.floor(from), to: clock() });
		const owed = [...new RecordIds().of(rows, 0)].filter(({ record }) => record.result === 'MACHINE');
		const sent = () => [...receiver.batches.keys()].filter((path) => path.startsWith('/crm/'));
		await world.client.activate(id);
		await until(() => sent().length >= owed.length, 180_000);
		await world.client.deactivate(id);
		expect(sent().sort()).toEqual(owed.map(({ recordId }) => `/crm/${recordId}`).sort());
		const [{ record: row, recordId }] = owed;
		const [{ fields, headers }] = receiver.batches.get(`/crm/${recordId}`) ?? [];
		const { name } = simulator.options.campaigns.find(({ id: number }) => number === row.campaign_id)!;
		expect(fields).toEqual({
			customer: row.customer_id,
			phone: row.telephone,
			campaign: name,
			result: 'MACHINE',
			at: `${row.date.replace(' ', 'T')}-05:00`,
		});
		expect(headers['x-api-key']).toBe('a long random value');
	});

	test('records come into PostgreSQL as they come, and the nightly run brings back what was lost on the way', async () => {
		const postgres = await startPostgres();
		const database = await save('postgres', {
			host: '127.0.0.1',
			port: postgres.port,
			database: 'postgres',
			user: 'postgres',
			password: 'any',
			ssl: 'disable',
		});
		const id = await importExample(world, 'records-to-postgresql-with-nightly-reconcile', {
			credentials: { [trigger]: wolkvox, [node]: wolkvox, 'n8n-nodes-base.postgres': database },
			parameters: { 'New Records': startingAt(yesterday(), ['record_id', 'timestamp']) },
		});
		const keys = async (): Promise<string[]> =>
			(await postgres.query('SELECT record_id FROM amd_records')).map(([id]) => id);
		const count = async (): Promise<number> => Number((await postgres.query('SELECT count(*) FROM amd_records'))[0][0]);
		await runFrom(world, id, 'Every Night at 2');
		await postgres.query('DELETE FROM amd_records');
		const owed = keysOf(simulator, { from: yesterday(), to: clock() }).sort();
		await world.client.activate(id);
		await until(async () => (await count()) >= owed.length, 120_000);
		await world.client.deactivate(id);
		expect((await keys()).sort()).toEqual(owed);
		// As if a worker had died with a batch in its hands.
		await postgres.query(
			`DELETE FROM amd_records WHERE date < '${wallText(yesterday() + 86_400)}' AND record_id < '8'`,
		);
		expect(await count()).toBeLessThan(owed.length);
		await runFrom(world, id, 'Every Night at 2');
		// The night before is made good too, and the one before that.
		const ofDays = keysOf(simulator, { from: yesterday() - 2 * 86_400, to: clock() }).sort();
		expect((await keys()).sort()).toEqual(ofDays);
		await postgres.stop();
	});
});
