#!/usr/bin/env bash
# Papa Parse does not find the semicolons of a file with two columns and decimal commas, as a Spanish Excel
# saves it, unless told to skip empty lines: 0,4028 is cut in two.
# The file ends with a line end, as files do, and the empty line behind it spoils the guess. With three
# columns the semicolons are found either way.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact papaparse@5.7.1 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { parse } = require('papaparse');

const small = 'day;human_rate\n2025-03-04;0,4028\n2025-03-05;0,3512\n';
const wide = 'day;campaign;human_rate\n2025-03-04;VENTAS;0,4028\n2025-03-05;VENTAS;0,3512\n';
const delimiter = (text, options) => parse(text, { header: true, ...options }).meta.delimiter;
const guessed = [';', ';', ';'];
const seen = [delimiter(small), delimiter(small, { skipEmptyLines: true }), delimiter(wide)];
console.log('first row:', JSON.stringify(parse(small, { header: true }).data[0]));
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, [',', ';', ';']);
JS
TZ=UTC node look.cjs
