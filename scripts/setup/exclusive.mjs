import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { atEnd } from './command.mjs';

/**
 * Does a piece of work while no other process of this machine does the same, as told by a file with the
 * worker's process id; what a dead process left behind does not count.
 *
 * @template Result
 * @param {string} lockFile
 * @param {() => Promise<Result>} work
 * @param {(owner: number) => Promise<void>} [whenTaken] waits for its turn unless told otherwise
 * @returns {Promise<Result>}
 */
export async function exclusive(lockFile, work, whenTaken = () => delay(1_000)) {
	await mkdir(dirname(lockFile), { recursive: true });
	while (!(await claim(lockFile))) {
		const owner = Number(await readFile(lockFile, 'utf8').catch(() => ''));
		if (owner > 0 && isAlive(owner)) await whenTaken(owner);
		else await rm(lockFile, { force: true });
	}
	const release = () => rm(lockFile, { force: true });
	const released = atEnd(release);
	try {
		return await work();
	} finally {
		released();
		await release();
	}
}

/** Puts the lock there with its content in one move, so that nobody reads it half written. @param {string} lockFile */
async function claim(lockFile) {
	const own = `${lockFile}.${process.pid}`;
	await writeFile(own, String(process.pid));
	const claimed = await link(own, lockFile).then(
		() => true,
		() => false,
	);
	await rm(own, { force: true });
	return claimed;
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		return process.kill(pid, 0);
	} catch (failure) {
		return failure instanceof Error && 'code' in failure && failure.code === 'EPERM';
	}
}
