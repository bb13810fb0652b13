/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const start = (...words: string[]) => spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'run.ts'), ...words]);

test('runs alone: says where it is and what to try, answers, and ends with Ctrl-C', async () => {
	const child = start('--rows-per-day', '50', '--seed', '7');
	let output = '';
	const ended = once(child, 'exit');
	for await (const part of child.stdout) {
		output += String(part);
		if (output.includes('Ctrl-C')) break;
	}
	const [, token, url] = /curl .*-H 'wolkvox-token: ([0-9a-f]{52})' '(http:[^']+)'/.exec(output) ?? [];
	const { status } = await fetch(url, { headers: { 'wolkvox-token': token } });
	expect([200, 404]).toContain(status);
	child.kill('SIGINT');
	expect(await ended).toEqual([0, null]);
});

test('says what is wrong with its arguments', async () => {
	const child = start('--colour', 'red');
	const [said] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')]);
	expect(String(said)).toMatch(/^Unknown argument --colour/);
	expect(child.exitCode).toBe(2);
});
