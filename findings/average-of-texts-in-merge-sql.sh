#!/usr/bin/env bash
# alasql 4.4.0 (the version that n8n's Merge node asks for): AVG of the texts 7 and 10 is 355, SUM of them
# null, while COUNT is right.
# Fields of a call log and of a CSV file are texts. 355 is half of 710, the two written one behind the other.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact alasql@4.4.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const alasql = require('alasql');

const calls = [{ hour: '7' }, { hour: '10' }];
const guessed = { mean: 8.5, sum: 17, calls: 2 };
const [seen] = alasql('SELECT AVG(hour) AS mean, SUM(hour) AS [sum], COUNT(hour) AS calls FROM ?', [calls]);
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual({ ...seen }, { mean: 355, sum: null, calls: 2 });
JS
TZ=UTC node look.cjs
