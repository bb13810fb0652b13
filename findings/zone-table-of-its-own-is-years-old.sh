#!/usr/bin/env bash
# timezone-support has its own table: Paraguay is at -04:00 in July 2026 there, at -03:00 in the Intl of Node,
# and Ciudad Juárez is unknown.
# It is used where Intl is not trusted; a call at 10:17 in Asunción is an hour off half the year.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact timezone-support@3.1.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { findTimeZone, getUTCOffset, listTimeZones } = require('timezone-support');

const at = new Date('2026-07-04T15:00:00Z');
const byIntl = new Intl.DateTimeFormat('en', { timeZone: 'America/Asuncion', timeZoneName: 'longOffset' })
	.formatToParts(at)
	.find(({ type }) => type === 'timeZoneName').value;
const guessed = { hours: byIntl, 'Ciudad Juárez': true };
const seen = {
	hours: -getUTCOffset(at, findTimeZone('America/Asuncion')).offset / 60,
	'Ciudad Juárez': listTimeZones().includes('America/Ciudad_Juarez'),
};
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), [-4, false]);
JS
TZ=UTC node look.cjs
