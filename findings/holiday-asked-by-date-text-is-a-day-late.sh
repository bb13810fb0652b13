#!/usr/bin/env bash
# On a server in UTC, date-holidays says that 2026-07-20 is no holiday of Colombia and that 2026-07-21 is one,
# when asked with the text of a day.
# The day column of a summary is such a text. The holiday is found with any hour of it that falls on the day
# in both zones.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact date-holidays@3.37.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const Holidays = require('date-holidays').default ?? require('date-holidays');

const colombia = new Holidays('CO');
const days = ['2026-07-19', '2026-07-20', '2026-07-21', '2026-07-20 10:00:00'];
const guessed = [false, true, false, true];
const seen = days.map((day) => Boolean(colombia.isHoliday(day)));
console.log('asked:  ', days);
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, [false, false, true, true]);
JS
TZ=UTC node look.cjs
