#!/usr/bin/env bash
# zod-from-json-schema turns format date-time into plain text: «ayer» passes; enum and required are kept.
# A tool that describes its range by a JSON Schema and converts it before checking takes any word for a date.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact zod-from-json-schema@0.5.6 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { convertJsonSchemaToZod } = require('zod-from-json-schema');

const schema = convertJsonSchemaToZod({
	type: 'object',
	properties: { from: { type: 'string', format: 'date-time' }, result: { enum: ['human', 'machine'] } },
	required: ['from'],
});
const passes = (value) => schema.safeParse(value).success;
const guessed = { ayer: false, 'result robot': false, nothing: false };
const seen = {
	ayer: passes({ from: 'ayer' }),
	'result robot': passes({ from: '2025-03-04T10:17:23Z', result: 'robot' }),
	nothing: passes({}),
};
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), [true, false, false]);
JS
TZ=UTC node look.cjs
