#!/usr/bin/env bash
# udsv takes the type of a column from the last row of its sample that tells one: texts above it become NaN.
# Customer ids such as A-17 beside 00123 are ordinary in call lists, and the two texts are lost without a
# word, the zeros of the third too.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact udsv@0.7.3 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { inferSchema, initParser } = require('udsv');

const csv = 'customer_id,result\nA-17,MACHINE\nB-9,HUMAN\n00123,MACHINE\n';
const guessed = ['A-17', 'B-9', '00123'];
const schema = inferSchema(csv);
const seen = initParser(schema).typedObjs(csv).map(({ customer_id }) => customer_id);
console.log('guessed:', guessed, 'and a column of type s');
console.log('seen:   ', seen, 'type', schema.cols[0].type);
require('node:assert/strict').deepEqual(seen, [NaN, NaN, 123]);
JS
TZ=UTC node look.cjs
