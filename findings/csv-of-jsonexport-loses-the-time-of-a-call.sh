#!/usr/bin/env bash
# jsonexport writes a Date as 3/4/2025: month first, without the time, by the locale of the process.
# A driver of PostgreSQL gives dates of calls as Date; the hour, which the whole report is about, is not in
# the file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact jsonexport@3.2.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const jsonexport = require('jsonexport');

jsonexport([{ customer_id: '00123', date: new Date('2025-03-04T10:17:23Z') }]).then((csv) => {
	const guessed = '00123,2025-03-04T10:17:23.000Z';
	const seen = csv.split('\n')[1];
	console.log('guessed:', guessed);
	console.log('seen:   ', seen);
	require('node:assert/strict').equal(seen, '00123,3/4/2025');
});
JS
TZ=UTC node look.cjs
