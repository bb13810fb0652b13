#!/usr/bin/env bash
# n8n-workflow: in an expression of a workflow in Bogota, on a server in UTC, 04/03/2025 with toDateTime() is
# 2 April at 19:00; 4 mar 2025 is 3 March at 19:00.
# Dates of a Spanish spreadsheet look like this. The ISO form without a zone, beside them, is read in the zone
# of the workflow.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact n8n-workflow@2.41.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { Workflow } = require('n8n-workflow');

const workflow = new Workflow({
	nodes: [{ id: '1', name: 'A', type: 'a', typeVersion: 1, position: [0, 0], parameters: {} }],
	connections: {},
	active: false,
	nodeTypes: { getByNameAndVersion: () => ({ description: { properties: [] } }), getByName: () => ({}), getKnownTypes: () => ({}) },
	settings: { timezone: 'America/Bogota' },
});
const read = (text) =>
	workflow.expression.resolveSimpleParameterValue(
		`={{ '${text}'.toDateTime().toFormat('yyyy-MM-dd HH:mm') }}`, {}, null, 0, 0, 'A', [{ json: {} }], 'manual', {},
	);
const guessed = { '04/03/2025': '2025-03-04 00:00', '4 mar 2025': '2025-03-04 00:00', '2025-03-04 10:17:23': '2025-03-04 10:17' };
const seen = Object.fromEntries(Object.keys(guessed).map((text) => [text, read(text)]));
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), ['2025-04-02 19:00', '2025-03-03 19:00', '2025-03-04 10:17']);
JS
TZ=UTC node look.cjs
