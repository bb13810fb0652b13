/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console */
import { runNode } from './harness';
import { goByProxies } from './n8nCore';

/*
 * A process of its own, since Node reads NODE_EXTRA_CA_CERTS at its start: runs Get Many for the server and token of its
 * arguments, and prints what came as JSON.
 */
const [server, token] = process.argv.slice(2);
goByProxies();
const parameters = { dateRange: 'custom', from: '2025-03-04', to: '2025-03-04', returnAll: true };
void runNode({ parameters, credentials: { server, token } }).then(({ items, error }) => {
	console.log(JSON.stringify({ rows: items.map(({ json }) => json), error: error?.message }));
	process.exit(0);
});
