// The page of promises, docs/promises.md: each promise, the tests that hold it, and how they came out in the suites that ran
// last. `npm run promises`, after `.ci/run` or any of its suites; fails where a test is not there or did not pass.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cacheFolder, root } from './setup/paths.mjs';

/** @typedef {{ promise: string, proof: Array<[file: string, title: string]> }} Promised */
/** @typedef {{ status: string, fullName: string, duration?: number | null }} Assertion */
/** @typedef {{ name: string, endTime: number, assertionResults: Assertion[] }} FileResult */

/** @type {Promised[]} */
const promises = JSON.parse(readFileSync(join(root, 'scripts', 'promises.json'), 'utf8'));
/** @type {FileResult[]} */
const results = ['unit', 'e2e', 'browser']
	.map((suite) => join(cacheFolder, `jest-${suite}.json`))
	.filter((report) => existsSync(report))
	.flatMap((report) => JSON.parse(readFileSync(report, 'utf8')).testResults);

/** @param {[file: string, title: string]} proof */
function outcomeOf([file, title]) {
	const found = results
		.filter(({ name }) => relative(root, name) === file)
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ fullName }) => fullName.includes(title));
	if (found.length === 0) return { text: 'did not run', isGood: false };
	const failed = found.filter(({ status }) => status === 'failed').length;
	const passed = found.filter(({ status }) => status === 'passed').length;
	const seconds = found.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1_000;
	return { text: `${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s`, isGood: failed === 0 && passed > 0 };
}

const day = new Date(Math.max(0, ...results.map(({ endTime }) => endTime))).toISOString().slice(0, 10);
let bad = 0;
const rows = promises.flatMap(({ promise, proof }) =>
	proof.map(([file, title], index) => {
		const { text, isGood } = outcomeOf([file, title]);
		if (!isGood) bad++;
		const test = `[\`${file.replace('test/', '')}\`](../${file})${title ? ` “${title}”` : ''}`;
		return `| ${index === 0 ? promise : ''} | ${test} | ${text} |`;
	}),
);
const page = `# Promises

Made by \`npm run promises\` from what the suites came to when they ran last, on ${day}; a row names a test file, or those of its
tests whose title holds the words beside it. Figures of long runs: [delivery](delivery.md), [benchmarks](benchmarks.md).

| promise | held by | last came to |
|---|---|---|
${rows.join('\n')}
`;
writeFileSync(join(root, 'docs', 'promises.md'), page);
console.log(`docs/promises.md: ${rows.length} proofs of ${promises.length} promises, ${bad} that did not pass`);
process.exitCode = bad > 0 ? 1 : 0;
