// Loaded into n8n before itself: tells on a port of its own how long the event loop was blocked since it was last asked.
const { createServer } = require('node:http');
const { basename } = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && basename(process.argv[1] ?? '') === 'n8n' && process.env.LOOP_PROBE_PORT) {
	const delays = monitorEventLoopDelay({ resolution: 10 });
	delays.enable();
	const server = createServer((_, response) => {
		response.end(JSON.stringify({ longestMs: delays.max / 1e6 }));
		delays.reset();
	});
	server.listen(Number(process.env.LOOP_PROBE_PORT), '127.0.0.1').unref();
}
