#!/usr/bin/env bash
# csv-stringify writes true as 1, and false and null both as an empty cell.
# Whether a machine answered is true, false, or not known: in the file the people and the unknown calls are
# the same.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact csv-stringify@6.9.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { stringify } = require('csv-stringify/sync');

const guessed = ['true', 'false', ''];
const seen = stringify([['a', true], ['b', false], ['c', null]]).trimEnd().split('\n').map((line) => line.slice(2));
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, ['1', '', '']);
JS
TZ=UTC node look.cjs
