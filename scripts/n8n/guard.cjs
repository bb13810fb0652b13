// Loaded into n8n before itself: when the process that started n8n is gone, its end of the pipe closes,
// and n8n ends too, so that nothing is left behind by a closed terminal or a kill.
// Node hands this file on to n8n's threads and forks, whose input is not that pipe.
const { basename } = require('node:path');
const { isMainThread } = require('node:worker_threads');

const endWithinMs = 10_000;

function end() {
	// Nobody reads the log any more: writing to it must not be what keeps n8n busy.
	for (const stream of [process.stdout, process.stderr]) {
		stream.on('error', () => {});
		stream.write = () => true;
	}
	process.kill(process.pid, 'SIGTERM');
	const group = process.platform === 'win32' ? process.pid : -process.pid;
	setTimeout(() => process.kill(group, 'SIGKILL'), endWithinMs).unref();
}

if (isMainThread && basename(process.argv[1] ?? '') === 'n8n') {
	process.stdin.on('end', end).resume();
	process.stdin.unref?.();
}
