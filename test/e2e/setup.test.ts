/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exclusive } from '../../scripts/setup/exclusive.mjs';
import { installLocked, isInstalled } from '../../scripts/setup/npm.mjs';
import { root } from '../../scripts/setup/paths.mjs';
import { attempt } from '../../scripts/setup/run.mjs';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'setup-'));
});

afterEach(async () => {
	await rm(folder, { recursive: true, force: true });
});

const lockOf = (packages: Record<string, object>) =>
	JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } });

/** A folder whose lock file asks for the first and whose node_modules hold the second. */
async function installed(wanted: Record<string, object>, present: Record<string, object>): Promise<boolean> {
	await mkdir(join(folder, 'node_modules'), { recursive: true });
	await writeFile(join(folder, 'package-lock.json'), lockOf(wanted));
	await writeFile(join(folder, 'node_modules', '.package-lock.json'), lockOf(present));
	return isInstalled(folder);
}

test.each([
	['the same versions', { 'node_modules/a': { version: '1.0.0' } }, { 'node_modules/a': { version: '1.0.0' } }, true],
	['another version', { 'node_modules/a': { version: '2.0.0' } }, { 'node_modules/a': { version: '1.0.0' } }, false],
	['one missing', { 'node_modules/a': { version: '1.0.0' } }, {}, false],
	["another platform's missing", { 'node_modules/a': { version: '1.0.0', optional: true } }, {}, true],
])('node_modules with %s', async (_name, wanted, present, good) => {
	expect(await installed(wanted, present)).toBe(good);
});

test('no node_modules at all is not installed', async () => {
	await writeFile(join(folder, 'package-lock.json'), lockOf({}));
	expect(isInstalled(folder)).toBe(false);
});

test('work that excludes others waits for its turn, and a dead owner does not count', async () => {
	const lockFile = join(folder, 'lock');
	const { output } = await attempt(process.execPath, ['-p', 'process.pid'], {});
	await writeFile(lockFile, output.trim());
	const seen: string[] = [];
	const holder = (name: string) =>
		exclusive(
			lockFile,
			async () => {
				seen.push(`${name} in`);
				await new Promise((resolve) => setTimeout(resolve, 50));
				seen.push(`${name} out`);
			},
			() => new Promise((resolve) => setTimeout(resolve, 10)),
		);
	await Promise.all([holder('a'), holder('b')]);
	const [first, second] = seen[0] === 'a in' ? ['a', 'b'] : ['b', 'a'];
	expect(seen).toEqual([`${first} in`, `${first} out`, `${second} in`, `${second} out`]);
	await expect(readFile(lockFile)).rejects.toThrow('ENOENT');
});

test('a disk without room is told before anything is downloaded', async () => {
	await writeFile(join(folder, 'package-lock.json'), lockOf({}));
	const room = installLocked(folder, { purpose: 'Installing n8n', needsGiB: 1_000_000, update: () => undefined });
	await expect(room).rejects.toThrow(
		/^Installing n8n needs about 1000000 GB of free disk, and .* has [\d.]+ GB\. Free some space/,
	);
});

test('a missing network is told at once, in words', async () => {
	const install =
		"import { runCommand } from './scripts/setup/command.mjs'; import { installN8n } " +
		"from './scripts/n8n/install.mjs'; await runCommand(() => installN8n('1.123.0'));";
	const env = {
		...process.env,
		N8N_INSTALLS: folder,
		npm_config_cache: join(folder, 'cache'),
		npm_config_registry: 'http://127.0.0.1:9',
	};
	const { code, output } = await attempt(process.execPath, ['--input-type=module', '--eval', install], {
		cwd: root,
		env,
	});
	expect(code).toBe(1);
	expect(output).toContain('The npm registry could not be reached. Check the network or proxy');
});

test('an old Node gets a sentence', async () => {
	const pretend =
		'data:text/javascript,Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.0" } })';
	const { code, output } = await attempt(
		process.execPath,
		['--import', pretend, join(root, 'scripts', 'start.mjs')],
		{},
	);
	expect(code).toBe(1);
	expect(output.trim()).toBe('Node 18.20.0 is too old: this repository needs Node 20 or newer (https://nodejs.org).');
});
