import { createServer } from 'node:net';

/**
 * @param {number} [port] 0 asks the system for any free one
 * @returns {Promise<number | undefined>} the port when it can be listened on here
 */
export async function tryPort(port = 0) {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
		});
	});
}

/** A port that is free now. @returns {Promise<number>} */
export async function freePort() {
	return (await tryPort()) ?? Promise.reject(new Error('The system has no free port.'));
}
