/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from '../../scripts/setup/paths.mjs';
import { attempt } from '../../scripts/setup/run.mjs';

/** `npm start` as a person runs it, to its end. */
async function start(parameters: string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
	return await attempt(process.execPath, [join(root, 'scripts', 'start.mjs'), ...parameters], { env: { ...process.env, ...env } });
}

test('an unknown option is told, with what there is', async () => {
	const { code, output } = await start(['--twice']);
	expect(code).toBe(1);
	expect(output).toContain("Unknown option '--twice'");
	expect(output).toContain('npm start [-- options]');
});

test('a server without a token is told', async () => {
	const { code, output } = await start(['--once'], { WOLKVOX_SERVER: '0022', WOLKVOX_TOKEN: '' });
	expect(code).toBe(1);
	expect(output).toContain('WOLKVOX_SERVER and WOLKVOX_TOKEN go together');
});

test('a taken port is told, and nothing is left behind', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => other.once('listening', resolve));
	const { port } = other.address() as AddressInfo;
	const { code, output } = await start(['--once', '--port', String(port)]);
	other.close();
	expect(code).toBe(1);
	expect(output).toContain(`Port ${port} is taken`);
});
