/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryPort } from '../../scripts/setup/ports.mjs';
import { root } from '../../scripts/setup/paths.mjs';
import { lastSevenDays } from '../../scripts/start/operation.mjs';
import { startSimulator } from '../simulator';
import { attempt } from '../../scripts/setup/run.mjs';

/** What `npm start` keeps between its runs. */
let home: string;

beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'n8n-start-'));
});

afterAll(async () => {
	await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

/** `npm start` as a person runs it, to its end. */
async function start(
	parameters: string[],
	env: Record<string, string> = {},
	watch?: (printed: string, child: ChildProcess) => void,
): Promise<{ code: number; output: string }> {
	return await attempt(process.execPath, [join(root, 'scripts', 'start.mjs'), ...parameters], {
		env: { ...process.env, ...env },
		watch,
	});
}

const editorIn = (printed: string) => /Editor +(http:\/\/127\.0\.0\.1:\d+)/.exec(printed)?.[1];
const serverIn = (printed: string) => /Wolkvox +(http:\/\/127\.0\.0\.1:\d+)/.exec(printed)?.[1];
const answers = async (url = '') =>
	await fetch(url).then(
		() => true,
		() => false,
	);

test('an unknown option is told, with what there is', async () => {
	const { code, output } = await start(['--twice']);
	expect(code).toBe(1);
	expect(output).toContain("Unknown option '--twice'");
	expect(output).toContain('npm start [-- options]');
});

test('a server without a token is told', async () => {
	const { code, output } = await start(['--once'], { WOLKVOX_SERVER: '0022', WOLKVOX_TOKEN: '' });
	expect(code).toBe(1);
	expect(output).toContain('WOLKVOX_SERVER and WOLKVOX_TOKEN go together');
});

test('a taken port is told, and nothing is left behind', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => other.once('listening', resolve));
	const { port } = other.address() as AddressInfo;
	const { code, output } = await start(['--once', '--port', String(port)]);
	other.close();
	expect(code).toBe(1);
	expect(output).toContain(`Port ${port} is taken`);
});

describe('an operation in place of the simulator', () => {
	test('is read, and its token appears nowhere', async () => {
		const simulator = await startSimulator({ rowsPerDay: 1_000 });
		const operation = { WOLKVOX_SERVER: simulator.url, WOLKVOX_TOKEN: simulator.token, N8N_HOME_FOLDER: home };
		const { code, output } = await start(['--once'], operation);
		await simulator.close();
		const { count } = simulator.truth(lastSevenDays());
		expect(output).toContain(`  ${count.toLocaleString('en')} records. The first of them:`);
		expect(output).not.toContain('simulator holds');
		expect(output).not.toContain(simulator.token);
		expect(code).toBe(0);
	});

	test('that refuses the token is told in words, and the command fails', async () => {
		const simulator = await startSimulator({ rowsPerDay: 1_000 });
		const operation = { WOLKVOX_SERVER: simulator.url, WOLKVOX_TOKEN: 'f'.repeat(52), N8N_HOME_FOLDER: home };
		const { code, output } = await start(['--once'], operation);
		await simulator.close();
		expect(output).toMatch(/✗ Credential test: .*token/);
		expect(output).not.toContain('f'.repeat(52));
		expect(code).toBe(1);
	});
});

describe('the editor left open', () => {
	/** Starts it, ends it by a signal once it stands, and says whether it had answered by then. */
	async function openThen(signal: NodeJS.Signals): Promise<{ code: number; output: string; answered: boolean[] }> {
		let answered: Promise<boolean[]> | undefined;
		const ended = await start([], { N8N_HOME_FOLDER: home }, (printed, child) => {
			if (answered || !printed.includes('until Ctrl-C')) return;
			answered = Promise.all([answers(editorIn(printed)), answers(serverIn(printed))]);
			void answered.then(() => child.kill(signal));
		});
		return { ...ended, answered: (await answered) ?? [] };
	}

	test('a first run shows records equal to the truth; Ctrl-C ends n8n and the simulator', async () => {
		const { code, output, answered } = await openThen('SIGINT');
		expect(output).toContain('✓ Exactly the records that the simulator holds');
		expect(answered).toEqual([true, true]);
		expect([await answers(editorIn(output)), await answers(serverIn(output))]).toEqual([false, false]);
		expect(code).toBe(0);
	});

	test('a second run finds its workflow and login again; killed outright, it leaves no n8n behind', async () => {
		const { output, answered } = await openThen('SIGKILL');
		expect(answered).toEqual([true, true]);
		const port = Number(new URL(editorIn(output) ?? '').port);
		const giveUpAt = Date.now() + 20_000;
		while (!(await tryPort(port)) && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await tryPort(port)).toBe(port);
	});
});
