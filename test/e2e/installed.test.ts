/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from '../../scripts/n8n/addNode.mjs';
import { N8nClient } from '../../scripts/n8n/client.mjs';
import { readExecution } from '../../scripts/n8n/execution.mjs';
import { currentVersion, installN8n, type N8nInstall } from '../../scripts/n8n/install.mjs';
import { startN8n, type RunningN8n } from '../../scripts/n8n/process.mjs';
import { amdRecords, chain, manualTrigger, webhook } from '../../scripts/n8n/workflows.mjs';
import { npm } from '../../scripts/setup/npm.mjs';
import { buildTarball } from '../../scripts/setup/prepare.mjs';
import { run } from '../../scripts/setup/run.mjs';
import { digestOf, startSimulator, wallSeconds, type RawRow, type Simulator } from '../simulator';
import { tell } from './n8nUnderTest';
import { type Release, startRegistry } from './support/registry';

const PACKAGE = 'n8n-nodes-wolkvox';
const OWNER = { email: 'owner@example.com', password: 'Wolkvox-0000' };
const RANGE = { dateRange: 'custom', from: '2024-05-02 08:00:00', to: '2024-05-02 11:59:59' };

let folder: string;
let simulator: Simulator;
let registry: Awaited<ReturnType<typeof startRegistry>>;
let install: N8nInstall;
let n8n: RunningN8n;
let client: N8nClient;

/** The package as it is packed today, under a version of the test's own. */
async function releaseOf(version: string): Promise<Release> {
	const content = join(folder, version, 'package');
	await unpack(await buildTarball(), content);
	const manifest = { ...JSON.parse(await readFile(join(content, 'package.json'), 'utf8')), version };
	await writeFile(join(content, 'package.json'), JSON.stringify(manifest, null, 2));
	const tarball = join(folder, `${version}.tgz`);
	await run('tar', ['-czf', tarball, '-C', join(folder, version), 'package'], { purpose: 'Packing a release' });
	return { version, manifest, tarball: await readFile(tarball) };
}

const userFolder = () => join(folder, 'user');
/** Where n8n keeps the community nodes that it installs. */
const nodesFolder = () => join(userFolder(), '.n8n', 'nodes');

/** What an operator without the editor types. */
async function inNodesFolder(...parameters: string[]): Promise<void> {
	await mkdir(nodesFolder(), { recursive: true });
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', `--registry=${registry.url}`];
	const env = { ...process.env, npm_config_cache: join(folder, 'npm') };
	await npm([...parameters, ...quiet], { cwd: nodesFolder(), env, purpose: parameters.join(' ') });
}

/** Ends n8n, does something to its packages and starts it again, as they are read at its start. */
async function restarted(change: () => Promise<void>): Promise<void> {
	await n8n?.stop();
	await change();
	n8n = await startN8n({ install, userFolder: userFolder() });
	client = new N8nClient(n8n.url);
	await client.signIn(OWNER);
}

const installedVersion = async (): Promise<string> =>
	JSON.parse(await readFile(join(nodesFolder(), 'node_modules', PACKAGE, 'package.json'), 'utf8')).version;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'installed-'));
	simulator = await startSimulator({ rowsPerDay: 3_000 });
	install = await installN8n(currentVersion);
	registry = await startRegistry(PACKAGE, [await releaseOf('0.9.0'), await releaseOf('0.9.1')]);
});
afterAll(async () => {
	await n8n?.stop();
	await registry?.close();
	await simulator?.close();
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('installed, upgraded, removed and installed again by npm: the same rows, nothing to publish anew', async () => {
	const truth = simulator.truth({ from: RANGE.from, to: wallSeconds(RANGE.to) + 1 });
	const rowsOf = async (executionId: string) => {
		const execution = readExecution(install, await client.waitForExecution(executionId, { withinMs: 120_000 }));
		expect(execution).toMatchObject({ status: 'success' });
		return digestOf(execution.items('Wolkvox AMD').map(({ json }) => json as unknown as RawRow));
	};
	const byHand = async (id: string) => await rowsOf(await client.runWorkflow(id, manualTrigger.name));

	await restarted(async () => await inNodesFolder('install', `${PACKAGE}@0.9.0`, '--legacy-peer-deps'));
	expect(await installedVersion()).toBe('0.9.0');
	// The registry of the test has no n8n-workflow; with npm's own one --omit=peer keeps n8n's native parts away as well.
	expect(existsSync(join(nodesFolder(), 'node_modules', 'n8n-workflow'))).toBe(false);
	const data = { server: simulator.url, token: simulator.token };
	const credential = await client.saveCredential({ name: 'Wolkvox', type: 'wolkvoxApi', data });
	const manual = await client.createWorkflow(chain('By hand', [manualTrigger, amdRecords(credential, RANGE)]));
	const called = await client.createWorkflow(chain('Called', [webhook('amd'), amdRecords(credential, RANGE)]));
	await client.activate(called.id);
	expect(truth.count).toBeGreaterThan(300);
	expect(await byHand(manual.id)).toEqual(truth);
	tell('installed: every row');

	await restarted(async () => await inNodesFolder('install', `${PACKAGE}@0.9.1`, '--legacy-peer-deps'));
	expect(await installedVersion()).toBe('0.9.1');
	expect(await byHand(manual.id)).toEqual(truth);
	expect(await client.callWebhook('amd')).toMatchObject({ status: 200 });
	const [latest] = await client.executions(called.id);
	expect(await rowsOf(latest.id)).toEqual(truth);
	tell('upgraded: the same rows, still published');

	await restarted(async () => await inNodesFolder('uninstall', PACKAGE));
	expect(existsSync(join(nodesFolder(), 'node_modules', PACKAGE))).toBe(false);
	expect((await client.workflow(manual.id)).nodes).toHaveLength(2);
	expect((await client.credentials()).map(({ name }) => name)).toContain('Wolkvox');
	const old = await client.execution(latest.id);
	expect(
		digestOf(
			readExecution(install, old)
				.items('Wolkvox AMD')
				.map(({ json }) => json as unknown as RawRow),
		),
	).toEqual(truth);
	tell('removed: workflows, credential and executions can be read');

	await restarted(async () => await inNodesFolder('install', PACKAGE, '--legacy-peer-deps'));
	expect(await byHand(manual.id)).toEqual(truth);
	expect(await client.callWebhook('amd')).toMatchObject({ status: 200 });
	expect(n8n.log()).not.toContain(simulator.token);
}, 900_000);
