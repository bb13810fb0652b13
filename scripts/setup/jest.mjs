import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, root } from './paths.mjs';
import { PlainFailure } from './plainFailure.mjs';
import { attempt } from './run.mjs';

/** Where each run leaves its totals, one JSON file `{ passed, failed }` per suite. */
export const totalsFolder = join(cacheFolder, 'totals');

/**
 * Runs jest, shows what it prints and keeps its totals.
 *
 * @param {{ name: string, parameters?: string[] }} suite
 * @throws {PlainFailure} when a test failed, a suite did not run, or none did
 */
export async function runJest({ name, parameters = [] }) {
	const report = join(cacheFolder, `jest-${name}.json`);
	await mkdir(totalsFolder, { recursive: true });
	await rm(report, { force: true });
	const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	// n8n's engine logs what the nodes say; here only the tests' own words matter.
	const env = { ...process.env, N8N_LOG_LEVEL: 'silent' };
	const { code } = await attempt(
		process.execPath,
		[jest, ...parameters, '--json', `--outputFile=${report}`, '--silent'],
		{ cwd: root, env, show: true },
	);
	const {
		numPassedTests = 0,
		numFailedTests = 0,
		numRuntimeErrorTestSuites = 0,
	} = await readFile(report, 'utf8').then(JSON.parse, () => ({}));
	// A file that does not even load counts as one failed test: it must not pass as none.
	const totals = { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
	await writeFile(join(totalsFolder, `${name}.json`), JSON.stringify(totals));
	console.log(`    ${totals.passed} passed, ${totals.failed} failed`);
	if (code !== 0 || totals.failed > 0 || totals.passed === 0)
		throw new PlainFailure(`Tests (${name}): ${totals.passed} passed, ${totals.failed} failed.`);
}
