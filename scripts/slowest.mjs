// What took longest in the suites that ran last: one line a test file, the ten slowest.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cacheFolder, root } from './setup/paths.mjs';

/** @type {Array<{ name: string, startTime: number, endTime: number }>} */
const files = ['unit', 'e2e', 'browser']
	.map((suite) => join(cacheFolder, `jest-${suite}.json`))
	.filter((report) => existsSync(report))
	.flatMap((report) => JSON.parse(readFileSync(report, 'utf8')).testResults);
const slowest = files.sort((a, b) => b.endTime - b.startTime - (a.endTime - a.startTime)).slice(0, 10);
console.log('What took longest:');
for (const { name, startTime, endTime } of slowest) {
	console.log(`  ${((endTime - startTime) / 1_000).toFixed(0).padStart(5)} s  ${relative(root, name)}`);
}
