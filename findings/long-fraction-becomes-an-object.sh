#!/usr/bin/env bash
# json-bigint keeps the digits of a long id, as hoped, and makes an object of a rate with 16 decimals too:
# adding to it glues texts.
# A rate with four decimals adds up; one that a database divided out has sixteen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact json-bigint@1.0.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { parse } = require('json-bigint');

const { id, short, long } = parse('{"id":1234567890123456789,"short":0.597,"long":0.5973123456789012}');
const guessed = { id: '1234567890123456789', short: 1.597, long: 1.5973123456789012 };
const seen = { id: String(id), short: 1 + short, long: 1 + long };
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, { id: '1234567890123456789', short: 1.597, long: '10.5973123456789012' });
JS
TZ=UTC node look.cjs
