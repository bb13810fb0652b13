// After a release: installs the published package as an operator would, loads its nodes, and asks n8n's scanner about it.
// node scripts/checkPublished.mjs 1.2.3
import './setup/nodeVersion.mjs';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const name = 'n8n-nodes-wolkvox';
const version = process.argv[2];
if (!/^\d+\.\d+\.\d+/.test(version ?? '')) throw new Error('Which version? node scripts/checkPublished.mjs 1.2.3');

const folder = await mkdtemp(join(tmpdir(), 'published-'));
await writeFile(join(folder, 'package.json'), '{ "private": true }');
/** @param {string} command @param {string[]} parameters */
const run = (command, ...parameters) =>
	execFileSync(command, parameters, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });

// A release needs a moment to reach every mirror.
for (let tries = 1; ; tries++) {
	try {
		run('npm', 'install', '--ignore-scripts', '--omit=peer', '--no-audit', '--no-fund', `${name}@${version}`);
		break;
	} catch (failure) {
		if (tries === 10) throw failure;
		await new Promise((resolve) => setTimeout(resolve, 30_000));
	}
}
run('npm', 'install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', 'n8n-workflow');
console.log(run('npm', 'audit', 'signatures').trim());

const installed = join(folder, 'node_modules', name);
const { n8n, dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
if (dependencies) throw new Error('It has runtime dependencies');
const require = createRequire(join(installed, 'index.js'));
for (const file of [...n8n.nodes, ...n8n.credentials]) {
	const [Class] = Object.values(require(join(installed, file)));
	console.log(`${file}: ${new Class().displayName ?? new Class().description.displayName}`);
}

// The scanner's command ends with 0 whatever it finds.
const verdict = run('npx', '--yes', '@n8n/scan-community-package', `${name}@${version}`);
console.log(verdict.trim());
if (!/passed all security checks/i.test(verdict)) throw new Error("n8n's scanner does not pass it");
