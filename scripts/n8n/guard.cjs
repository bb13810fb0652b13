// Loaded into n8n before itself: when the process that started n8n is gone, its end of the pipe closes,
// and n8n ends too, so that nothing is left behind by a closed terminal or a kill.
// Node hands this file on to n8n's threads and forks, whose input is not that pipe.
const { basename } = require('node:path');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && basename(process.argv[1] ?? '') === 'n8n') {
	process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();
	process.stdin.unref?.();
}
