import './setup/nodeVersion.mjs';
import { parseArgs } from 'node:util';
import { runCommand } from './setup/command.mjs';
import { PlainFailure } from './setup/plainFailure.mjs';
import { demonstrate } from './start/demonstrate.mjs';

const help = `npm start [-- options]

Sets up an n8n with this node in it, runs a workflow that makes the AMD report of the last 7 days
and fetches its records, and leaves the editor open until Ctrl-C.

  --once        end after the run
  --port 5678   where the editor listens; the next free port unless given

It talks to a simulator of Wolkvox that runs beside it, on port 8022 where that is free; its address and
token are printed. To talk to a real operation instead:

  WOLKVOX_SERVER=0022 WOLKVOX_TOKEN=... npm start`;

/** @param {string[]} words */
function read(words) {
	const { values } = parseArgs({
		args: words,
		options: {
			once: { type: 'boolean', default: false },
			port: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	const port = values.port === undefined ? undefined : Number(values.port);
	if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
		throw new Error(`--port ${values.port}: not a port.`);
	return { ...values, port };
}

await runCommand(async () => {
	const options = await Promise.resolve(process.argv.slice(2))
		.then(read)
		.catch((failure) => Promise.reject(new PlainFailure(`${failure.message}\n\n${help}`)));
	if (options.help) return console.log(help);
	const { WOLKVOX_SERVER: server, WOLKVOX_TOKEN: token } = process.env;
	if (Boolean(server) !== Boolean(token))
		throw new PlainFailure('WOLKVOX_SERVER and WOLKVOX_TOKEN go together: one of them is missing.');
	return await demonstrate({
		once: options.once,
		port: options.port,
		operation: server && token ? { server, token } : undefined,
	});
});
