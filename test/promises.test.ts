/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const promises = JSON.parse(textOf('scripts/promises.json')) as Array<{
	promise: string;
	proof: Array<[file: string, title: string]>;
}>;
const page = textOf('docs/promises.md');
/** Names of laws stand beside the test that plays them. */
const sources = ['test/laws/laws.ts', 'test/laws/trigger/rhythm.ts', 'test/laws/trigger/law.ts'].map(textOf).join('\n');

test.each(promises)('$promise: its tests are there, and the page has it', ({ promise, proof }) => {
	expect(proof.length).toBeGreaterThan(0);
	expect(page).toContain(`| ${promise} | `);
	for (const [file, title] of proof) {
		expect([file, existsSync(join(root, file))]).toEqual([file, true]);
		expect(file.includes('/laws/laws.test') ? sources : textOf(file)).toContain(title);
		expect(page).toContain(`(../${file})${title ? ` “${title}”` : ''} | `);
	}
});

test('the page has no other row', () => {
	const rows = page.split('\n').filter((line) => line.includes('](../test/'));
	expect(rows).toHaveLength(promises.flatMap(({ proof }) => proof).length);
	expect(rows.filter((row) => !/\| [1-9]\d* passed, 0 failed, [\d.]+ s \|$/.test(row))).toEqual([]);
});
