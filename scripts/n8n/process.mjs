import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../setup/paths.mjs';
import { PlainFailure } from '../setup/plainFailure.mjs';
import { freePort } from '../setup/ports.mjs';
import { inheritedEnvironment, quietEnvironment } from './environment.mjs';

const readyWithinMs = 240_000;
const stopWithinMs = 20_000;
const keptLogCharacters = 200_000;
const guard = join(root, 'scripts', 'n8n', 'guard.cjs');
const hasProcessGroups = process.platform !== 'win32';

/**
 * @typedef {object} RunningN8n
 * @property {string} url
 * @property {number} pid
 * @property {Promise<void>} ended settles when the process is gone, whatever ended it
 * @property {() => boolean} isRunning
 * @property {() => string} log the last part of what it printed
 * @property {() => Promise<void>} stop asks it to end, and insists after 20 s
 * @property {() => Promise<void>} kill ends it at once, as a crash would (SIGKILL, its task runner included)
 */

/**
 * Starts an n8n of its own user folder and waits until it answers.
 *
 * @param {object} settings
 * @param {import('./install.mjs').N8nInstall} settings.install
 * @param {string} settings.userFolder database, settings and nodes of this n8n
 * @param {number} [settings.port] a free one unless given
 * @param {string[]} [settings.filesFolders] where Read/Write Files from Disk may go
 * @param {Record<string, string>} [settings.env] further settings of n8n, such as its scheduler's or database's
 * @param {string} [settings.logFile] where the whole log goes too
 * @returns {Promise<RunningN8n>}
 * @throws {PlainFailure} with the end of n8n's log when it does not come up
 */
export async function startN8n({ install, userFolder, port: wishedPort, filesFolders = [], env = {}, logFile }) {
	await mkdir(userFolder, { recursive: true });
	const port = wishedPort ?? (await freePort());
	const quiet = quietEnvironment({ port, brokerPort: await freePort(), userFolder, filesFolders });
	// A process group of its own, so that a Ctrl-C in the terminal reaches n8n through us, once.
	const child = spawn(install.nodeBinary, ['--require', guard, install.startFile, 'start'], {
		cwd: userFolder,
		detached: hasProcessGroups,
		stdio: ['pipe', 'pipe', 'pipe'],
		env: { ...inheritedEnvironment(), ...quiet, ...env },
	});
	const log = keepLog(child, logFile);
	let running = true;
	const ended = new Promise((/** @type {(value: void) => void} */ resolve) => {
		child.once('error', () => resolve());
		child.once('close', () => resolve());
	})
		.then(() => (running = false))
		.then(() => undefined);
	const kill = async () => {
		if (running && child.pid) process.kill(hasProcessGroups ? -child.pid : child.pid, 'SIGKILL');
		await ended;
	};
	const stop = async () => {
		if (running) child.kill('SIGTERM');
		const late = new AbortController();
		await Promise.race([ended, delay(stopWithinMs, undefined, { signal: late.signal }).catch(() => undefined)]);
		late.abort();
		await kill();
	};
	const n8n = {
		url: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		ended,
		isRunning: () => running,
		log,
		stop,
		kill,
	};
	if (await comesUp(n8n)) return n8n;
	await kill();
	throw new PlainFailure(
		`n8n ${install.version} did not come up. Its last words:\n${log().split('\n').slice(-25).join('\n')}`,
	);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} [file]
 * @returns {() => string} the last part of it
 */
function keepLog(child, file) {
	let log = '';
	const copy = file ? createWriteStream(file, { flags: 'a' }) : undefined;
	const keep = (/** @type {Buffer | string} */ chunk) => {
		log = (log + chunk).slice(-keptLogCharacters);
		copy?.write(chunk);
	};
	child.stdout?.on('data', keep);
	child.stderr?.on('data', keep);
	child.once('error', (failure) => keep(failure.message));
	child.once('close', () => copy?.end());
	return () => log;
}

/** @param {RunningN8n} n8n @returns {Promise<boolean>} */
async function comesUp({ url, isRunning }) {
	const giveUpAt = Date.now() + readyWithinMs;
	while (isRunning() && Date.now() < giveUpAt) {
		// The health check answers before the editor's own interface does; that one says last what we need.
		const ready = await fetch(`${url}/rest/settings`)
			.then((response) => response.text())
			.then(
				(text) => text.includes('"userManagement"'),
				() => false,
			);
		if (ready) return true;
		await delay(250);
	}
	return false;
}
