import './setup/nodeVersion.mjs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from './n8n/addNode.mjs';
import { runCommand } from './setup/command.mjs';
import { root } from './setup/paths.mjs';
import { buildTarball, installDependencies } from './setup/prepare.mjs';
import { step } from './setup/progress.mjs';
import { npm } from './setup/npm.mjs';
import { runJest } from './setup/jest.mjs';

/** @typedef {{ title: string, work: () => Promise<unknown> }} Stage */

/** @param {string} script */
const script = (script) => npm(['run', '--silent', script], { cwd: root, purpose: `npm run ${script}` });

/** The scanner that n8n runs on a published package. @param {string} folder @param {string[]} [patterns] */
async function scan(folder, patterns) {
	// @ts-expect-error The scanner comes without types.
	const { analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const { passed, message, details = '' } = await analyzePackage(folder, patterns);
	if (!passed) throw new Error(`${message}\n${details}`);
}

/** @type {Stage[]} */
const stages = [
	{ title: 'Format', work: () => script('format') },
	{ title: "n8n's linter, strict", work: () => script('lint') },
	{ title: 'Types', work: () => script('types') },
	{ title: 'Build and tarball', work: buildTarball },
	{ title: 'Tests', work: () => runJest({ name: 'unit', parameters: process.argv.slice(2) }) },
	{
		title: "n8n's package scanner on the sources",
		work: () => scan(root, ['package.json', '{core,credentials,nodes}/**/*.{js,ts,json}']),
	},
	{
		title: "n8n's package scanner on the tarball",
		work: async () => {
			const folder = await mkdtemp(join(tmpdir(), 'tarball-'));
			try {
				await unpack(await buildTarball(), folder);
				await scan(folder);
			} finally {
				await rm(folder, { recursive: true, force: true });
			}
		},
	},
];

await runCommand(async () => {
	await installDependencies();
	/** @type {string[]} */
	const failures = [];
	for (const { title, work } of stages) {
		await step(title, work).catch((failure) => {
			console.error(failure.message);
			failures.push(title);
		});
	}
	if (failures.length === 0) return;
	console.error(`\nNot passed: ${failures.join(', ')}.`);
	return 1;
});
