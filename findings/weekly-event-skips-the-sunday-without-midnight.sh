#!/usr/bin/env bash
# rrule-temporal leaves out the occurrence whose local time does not exist and appends one at the end; rrule
# keeps it, an hour later.
# A weekly cut at Sunday 00:00 in Santiago has no 6 September 2026 with one library and has it with the other.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact rrule-temporal@2.2.8 rrule@2.8.1 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { RRuleTemporal } = require('rrule-temporal');
const { rrulestr } = require('rrule');

const rule = 'DTSTART;TZID=America/Santiago:20260830T000000\nRRULE:FREQ=WEEKLY;COUNT=3';
const guessed = ['2026-08-30', '2026-09-06', '2026-09-13'];
const seen = {
	'rrule-temporal': new RRuleTemporal({ rruleString: rule }).all().map((date) => String(date).slice(0, 10)),
	rrule: rrulestr(rule).all().map((date) => date.toISOString().slice(0, 10)),
};
console.log('guessed:', guessed, 'from both');
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, {
	'rrule-temporal': ['2026-08-30', '2026-09-13', '2026-09-20'],
	rrule: ['2026-08-30', '2026-09-06', '2026-09-13'],
});
JS
TZ=UTC node look.cjs
