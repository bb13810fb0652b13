// Writes docs/promises.md: what the package promises, the test that holds it, and how that test did when it ran last.
// It reads what `npm test`, `npm run test:e2e` and `npm run test:browser` left behind, and fails where one is missing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promises } from './promisesTable.mjs';
import { cacheFolder, root } from './setup/paths.mjs';

/** @typedef {{ status: string, fullName: string, duration: number | null }} Assertion */

/** @type {Map<string, { command: string, day: string, tests: Assertion[] }>} */
const ran = new Map();
for (const [suite, command] of [
	['unit', 'npm test'],
	['e2e', 'npm run test:e2e'],
	['browser', 'npm run test:browser'],
]) {
	const file = join(cacheFolder, `jest-${suite}.json`);
	if (!existsSync(file)) continue;
	for (const { name, endTime, assertionResults } of JSON.parse(readFileSync(file, 'utf8')).testResults) {
		const day = new Date(endTime).toISOString().slice(0, 10);
		ran.set(relative(root, name), { command, day, tests: assertionResults });
	}
}

const rows = promises.map(({ promise, file, tests }) => {
	const suite = ran.get(file);
	const chosen = suite?.tests.filter(({ fullName }) => tests === undefined || fullName.includes(tests)) ?? [];
	const passed = chosen.filter(({ status }) => status === 'passed').length;
	const seconds = chosen.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1_000;
	if (suite === undefined || passed === 0 || passed < chosen.length) {
		console.error(`Not shown by the last run: ${promise} (${file}${tests ? `, “${tests}”` : ''})`);
		process.exitCode = 1;
	}
	const figure = suite ? `${passed} of ${chosen.length} passed, ${seconds.toFixed(1)} s, ${suite.day}` : 'not run';
	const name = tests === undefined ? '' : `: “${tests}”`;
	return `| ${promise} | [${file}](../${file})${name} | \`${suite?.command ?? '?'}\` | ${figure} |`;
});

const head = [
	'# Promises, and the tests that hold them',
	'',
	'Written by `node scripts/promises.mjs` from the last run of the three suites; figures of speed and memory stand in',
	'[benchmarks](benchmarks.md), those of kills in [delivery](delivery.md). `npm run laws -- --seeds 10000` plays the laws further.',
	'',
	'| promise | test | command | last run |',
	'|---|---|---|---|',
];
writeFileSync(join(root, 'docs', 'promises.md'), `${[...head, ...rows].join('\n')}\n`);
console.log(`docs/promises.md: ${rows.length} promises`);
