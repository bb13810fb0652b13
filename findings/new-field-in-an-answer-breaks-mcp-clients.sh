#!/usr/bin/env bash
# MCP SDK: a field more than the output schema names passes the server and is sent; the client of the same SDK
# refuses the whole answer.
# A tool gains a field, as outputs do; its own tests of the server are green, and every client that listed the
# tools loses the records.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact @modelcontextprotocol/sdk@1.32.2 zod@4.6.7 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { InMemoryTransport } = require('@modelcontextprotocol/sdk/inMemory.js');
const { z } = require('zod');

(async () => {
	const server = new McpServer({ name: 'calls', version: '1.0.0' });
	server.registerTool('calls', { inputSchema: {}, outputSchema: { records: z.number() } }, async () => ({
		content: [],
		structuredContent: { records: 12, campaign: 'VENTAS' },
	}));
	const [there, here] = InMemoryTransport.createLinkedPair();
	const client = new Client({ name: 'agent', version: '1.0.0' });
	await Promise.all([server.connect(there), client.connect(here)]);
	await client.listTools();
	const guessed = 'the records, or a refusal by the server that knows the tool';
	const seen = await client.callTool({ name: 'calls', arguments: {} }).then(
		({ structuredContent }) => JSON.stringify(structuredContent),
		(error) => error.message,
	);
	console.log('guessed:', guessed);
	console.log('seen:   ', seen);
	require('node:assert/strict').match(seen, /does not match.*additional properties/);
	await client.close();
})();
JS
TZ=UTC node look.cjs
