/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { RecordIds } from '../../core/api/record';
import { chain } from '../../scripts/n8n/workflows.mjs';
import { startSimulator, wallSeconds, wallText, zoneClock, type Simulator } from '../simulator';
import { tell } from './n8nUnderTest';
import { DURABLE, MortalN8n } from './support/mortalN8n';
import { deliverTo, startReceiver, type Receiver } from './support/receiver';

const KILLS = Number(process.env.KILLS ?? 10);
const WORKFLOWS = 10;
const clock = zoneClock('America/Bogota');

let simulator: Simulator;
let receiver: Receiver;

beforeAll(async () => {
	// About one row a second, a third of them shown up to 40 s late.
	simulator = await startSimulator({
		rowsPerDay: 86_400,
		shape: 'flat',
		// A group of equals comes together again when one more of it is shown: that is no double.
		duplicateShare: 0,
		lateSeconds: { min: 2, max: 40, share: 0.33 },
		dataFrom: clock() - 60,
	});
	receiver = await startReceiver();
});

afterAll(async () => {
	await receiver?.close();
	await simulator?.close();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A trigger that polls several times a minute, and a request that delivers the keys of each batch. */
function workflow(
	path: string,
	index: number,
	afterRestart: string,
	startFrom: string,
	credential: { id: string; name: string },
) {
	const seconds = Array.from({ length: 6 }, (_, n) => (index * 3 + n * 10) % 60).map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	}));
	const options = { addFields: ['record_id'], afterRestart, minMinutesBetweenReads: 1, overlapMinutes: 5, startFrom };
	return chain(path, [
		{
			name: 'New Records',
			type: 'n8n-nodes-wolkvox.wolkvoxAmdTrigger',
			version: 1,
			parameters: { pollTimes: { item: seconds }, campaign: { __rl: true, mode: 'list', value: 'all' }, options },
			credentials: { wolkvoxApi: credential },
		},
		...deliverTo(`${receiver.url}${path}`),
	]);
}

interface Figures {
	lost: number;
	doubled: number;
	delivered: number;
}

function owedKeys(): Set<string> {
	const rows = simulator.rows({ from: simulator.options.dataFrom ?? 0, to: simulator.options.dataTo ?? 0 });
	return new Set([...new RecordIds().of(rows, 0)].map(({ recordId }) => recordId));
}

/** What came of the keys that there are. */
function figuresOf(path: string, owed: ReadonlySet<string>): Figures {
	const keys = (receiver.batches.get(path) ?? []).flatMap((batch) => batch.keys);
	const came = new Set(keys);
	return {
		lost: [...owed].filter((key) => !came.has(key)).length,
		doubled: keys.length - came.size,
		delivered: came.size,
	};
}

/** Lets an n8n live, kills it while it polls or soon after, and starts it again, so many times. */
async function mistreat(n8n: MortalN8n): Promise<void> {
	while (n8n.kills < KILLS) {
		const seen = simulator.requests.length;
		const giveUpAt = Date.now() + 25_000;
		const enough = seen + 1 + Math.floor(Math.random() * 2 * WORKFLOWS);
		while (simulator.requests.length < enough && Date.now() < giveUpAt) await pause(5);
		await pause(Math.random() * 600);
		await n8n.kill();
		await n8n.rise();
	}
}

async function live(
	engine: string,
	env: Record<string, string>,
): Promise<Array<{ path: string; afterRestart: string }>> {
	const n8n = await MortalN8n.start(env);
	const credential = await n8n.client.saveCredential({
		name: 'Wolkvox',
		type: 'wolkvoxApi',
		data: { server: simulator.url, token: simulator.token },
	});
	const startFrom = wallText(Math.floor(wallSeconds(simulator.options.dataFrom ?? 0)));
	const made: Array<{ path: string; afterRestart: string }> = [];
	for (let index = 0; index < WORKFLOWS; index++) {
		const afterRestart = index % 2 === 0 ? 'repeat' : 'skip';
		const path = `/${engine}-${index}-${afterRestart}`;
		const { id } = await n8n.client.createWorkflow(workflow(path, index, afterRestart, startFrom, credential));
		await n8n.client.activate(id);
		made.push({ path, afterRestart });
	}
	await mistreat(n8n);
	tell(`${engine}: ${n8n.kills} kills survived`);
	// After a kill n8n's durable scheduler holds a poll's lease for a while, and the last rows become visible within 40 s.
	simulator.configure({ dataTo: simulator.options.dataTo ?? clock() });
	const endedMs = Date.now();
	const owed = owedKeys();
	const isDue = (): boolean =>
		Date.now() < endedMs + 75_000 ||
		made.some(({ path, afterRestart }) => afterRestart === 'repeat' && figuresOf(path, owed).lost > 0);
	while (isDue() && Date.now() < endedMs + 300_000) await pause(1_000);
	tell(`${engine}: all read ${Math.round((Date.now() - endedMs) / 1_000)} s after the last start`);
	await n8n.remove();
	return made;
}

test(
	`ten workflows in each engine, n8n killed ${2 * KILLS} times ` +
		'with -9: nothing lost with repeat, nothing doubled with skip',
	async () => {
		const startedAt = Date.now();
		const engines = await Promise.all([live('classic', {}), live('durable', DURABLE)]);
		const owed = owedKeys();
		for (const [index, made] of engines.entries()) {
			for (const afterRestart of ['repeat', 'skip']) {
				const figures = made
					.filter((one) => one.afterRestart === afterRestart)
					.map(({ path }) => figuresOf(path, owed));
				const sum = (name: keyof Figures): number => figures.reduce((total, one) => total + one[name], 0);
				tell(
					`${['classic', 'durable'][index]}, ${afterRestart}: ${KILLS} kills, ${figures.length} ` +
						`workflows × ${owed.size} rows: lost ${sum('lost')}, doubled ${sum('doubled')}`,
				);
				expect(sum('delivered')).toBeGreaterThan(0.5 * figures.length * owed.size);
				if (afterRestart === 'repeat') expect(sum('lost')).toBe(0);
				else expect(sum('doubled')).toBe(0);
			}
		}
		tell(`in ${Math.round((Date.now() - startedAt) / 1_000)} s`);
	},
);
