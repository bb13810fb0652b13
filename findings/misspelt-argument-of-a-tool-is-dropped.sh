#!/usr/bin/env bash
# MCP SDK: an argument that a tool does not have, such as Limit for limit, is dropped and the default runs;
# the answer is no error.
# A model that writes the display name instead of the key asks for 5 and gets 50, or for a week and gets
# everything.
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
	server.registerTool('calls', { inputSchema: { limit: z.number().default(50) } }, async (got) => ({
		content: [{ type: 'text', text: JSON.stringify(got) }],
	}));
	const [there, here] = InMemoryTransport.createLinkedPair();
	const client = new Client({ name: 'agent', version: '1.0.0' });
	await Promise.all([server.connect(there), client.connect(here)]);
	const { isError = false, content } = await client.callTool({ name: 'calls', arguments: { Limit: 5 } });
	const guessed = { isError: true, text: 'something about Limit' };
	const seen = { isError, text: content[0].text };
	console.log('guessed:', guessed);
	console.log('seen:   ', seen);
	require('node:assert/strict').deepEqual(seen, { isError: false, text: '{"limit":50}' });
	await client.close();
})();
JS
TZ=UTC node look.cjs
