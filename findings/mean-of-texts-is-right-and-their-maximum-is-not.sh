#!/usr/bin/env bash
# @tidyjs/tidy adds up the texts 9 and 10 as numbers (sum 19, median 9.5) and compares them as texts (max 9).
# The busiest hour, or the most calls of a contact, is taken from such a column.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact @tidyjs/tidy@2.6.1 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { tidy, summarize, sum, median, max } = require('@tidyjs/tidy');

const guessed = { sum: 19, median: 9.5, max: 10 };
const [seen] = tidy(
	[{ calls: '10' }, { calls: '9' }],
	summarize({ sum: sum('calls'), median: median('calls'), max: max('calls') }),
);
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, { sum: 19, median: 9.5, max: '9' });
JS
TZ=UTC node look.cjs
