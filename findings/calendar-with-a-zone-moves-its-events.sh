#!/usr/bin/env bash
# ical-generator with the calendar's timezone set writes the UTC clock of a Date without Z and without TZID:
# 10:17 in Bogota is shown as 15:17.
# Callbacks sent as an ICS attachment are five hours late exactly for those who named their zone; without it
# the same event is right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact ical-generator@10.2.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { default: ical } = require('ical-generator');

const at = new Date('2025-03-04T10:17:00-05:00');
const line = (calendar) => {
	calendar.createEvent({ id: '1', start: at, summary: 'Volver a llamar' });
	return calendar.toString().match(/DTSTART.*/)[0].trim();
};
const guessed = { 'with timezone': 'DTSTART;TZID=America/Bogota:20250304T101700', without: 'DTSTART:20250304T151700Z' };
const seen = { 'with timezone': line(ical({ timezone: 'America/Bogota' })), without: line(ical()) };
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), ['DTSTART:20250304T151700', 'DTSTART:20250304T151700Z']);
JS
TZ=UTC node look.cjs
