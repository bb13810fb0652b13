#!/usr/bin/env bash
# json-2-csv: a CSV file that ends with a line end, as files do, gives it to the last cell; and within one
# column 00123 stays text while 124 becomes a number.
# The last record of a day then is no HUMAN, in a filter, in a switch, in a sum.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact json-2-csv@5.6.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { csv2json } = require('json-2-csv');

const guessed = [{ customer_id: '00123', result: 'MACHINE' }, { customer_id: '124', result: 'HUMAN' }];
const seen = csv2json('customer_id,result\n00123,MACHINE\n124,HUMAN\n');
console.log('guessed:', JSON.stringify(guessed));
console.log('seen:   ', JSON.stringify(seen));
require('node:assert/strict').deepEqual(seen, [
	{ customer_id: '00123', result: 'MACHINE' },
	{ customer_id: 124, result: 'HUMAN\n' },
]);
JS
TZ=UTC node look.cjs
