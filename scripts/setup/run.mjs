import { spawn } from 'node:child_process';
import { atEnd } from './command.mjs';
import { PlainFailure } from './plainFailure.mjs';

const keptOutputCharacters = 20_000;

export const unreachable =
	'The npm registry could not be reached. Check the network or proxy and run the same command again; what was downloaded is kept.';

/** What a tool's output means for the person who reads it, most telling first. */
const meanings = [
	{
		pattern: /ENOSPC|no space left on device/i,
		advice: 'The disk is full. Free some space and run the same command again.',
	},
	{
		pattern:
			/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EIDLETIMEOUT|ERR_SOCKET_TIMEOUT|network (?:request|timeout)/,
		advice: unreachable,
	},
	{
		pattern: /EACCES|EPERM/,
		advice: 'A file or folder may not be written. Check who owns the checkout and run the same command again.',
	},
];

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, purpose: string, show?: boolean }} settings
 *   `show` passes the output through instead of keeping it.
 * @returns {Promise<string>} what it printed
 * @throws {PlainFailure} naming the purpose, the likely reason and the end of the output
 */
export async function run(program, parameters, { cwd, env, purpose, show = false }) {
	const { code, output } = await attempt(program, parameters, { cwd, env, show });
	if (code === 0) return output;
	throw new PlainFailure([`${purpose} did not work.`, ...explanation(output)].join('\n'));
}

/** What is known to help, with the line that told; else the end of the output. @param {string} output */
function explanation(output) {
	const lines = output.trim().split('\n');
	for (const { pattern, advice } of meanings) {
		const telling = lines.find((line) => pattern.test(line));
		if (telling) return [advice, `(${telling.trim()})`];
	}
	// npm says what happened first and then goes on about how to use it.
	const npmSays = lines.findIndex((line) => line.startsWith('npm error code'));
	return npmSays < 0 ? ['Its last words:', ...lines.slice(-25)] : lines.slice(npmSays, npmSays + 12);
}

/**
 * Like `run`, for callers that want the exit code whatever it is.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, watch?: (printed: string, child: import('node:child_process').ChildProcess) => void }} settings
 *   `watch` is called with all that was printed so far whenever there is more of it.
 * @returns {Promise<{ code: number, output: string }>} code 127 where the program is missing
 */
export async function attempt(program, parameters, { cwd, env = process.env, show = false, watch }) {
	const output = show ? 'inherit' : 'pipe';
	const posix = process.platform !== 'win32';
	return await new Promise((resolve) => {
		const child = spawn(program, parameters, { cwd, env, stdio: ['ignore', output, output], detached: posix });
		// The whole group: npm lets a SIGTERM pass unheard, and its compilers would go on.
		const done = atEnd(() => (posix && child.pid ? process.kill(-child.pid, 'SIGKILL') : child.kill()));
		let printed = '';
		const keep = (/** @type {Buffer} */ chunk) => {
			printed = (printed + chunk).slice(-keptOutputCharacters);
			watch?.(printed, child);
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
		child.on('error', (failure) => resolve({ code: 127, output: `${printed}${failure.message}` }));
		child.on('close', (code) => {
			done();
			resolve({ code: code ?? 1, output: printed });
		});
	});
}
