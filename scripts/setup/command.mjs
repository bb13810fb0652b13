import { PlainFailure } from './plainFailure.mjs';

/** @type {Set<() => unknown>} */
const duties = new Set();

/**
 * Registers what must be ended when this process ends, however that happens short of a kill.
 *
 * @param {() => unknown} duty may give a promise
 * @returns {() => void} takes it back
 */
export function atEnd(duty) {
	duties.add(duty);
	return () => duties.delete(duty);
}

async function endAll() {
	for (const duty of [...duties].reverse())
		await Promise.resolve()
			.then(duty)
			.catch((failure) => console.error(failure));
	duties.clear();
}

/**
 * Runs a command's main function and turns its end into the exit code: 0, the number it gives back,
 * or 1 after a failure, which is printed in one place. A first Ctrl-C ends things in order, a second one at once.
 *
 * @param {() => Promise<number | void>} command
 */
export async function runCommand(command) {
	let asked = false;
	for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => {
			if (asked) process.exit(130);
			asked = true;
			endAll().finally(() => process.exit(signal === 'SIGINT' ? 0 : 143));
		});
	}
	const code = await command().catch((failure) => {
		if (!asked) console.error(failure instanceof PlainFailure ? `\n${failure.message}` : failure);
		return 1;
	});
	if (asked) return;
	await endAll();
	process.exitCode = code ?? 0;
}
