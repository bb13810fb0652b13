#!/usr/bin/env bash
# node-ical: a daily event at 00:30 in Santiago is at 01:30 on the night without a 00:30, and stays at 01:30
# on every night after it; one at 10:00 is right.
# Shifts and campaign calendars come as ICS files, and only the nightly ones go wrong. rrule, given the same
# line, comes back to 00:30.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact node-ical@0.26.1 rrule@2.8.1 luxon@3.7.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const ical = require('node-ical');
const { rrulestr } = require('rrule');
const { DateTime } = require('luxon');

const event = (time) =>
	['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//shifts//ES', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260801T000000Z',
		`DTSTART;TZID=America/Santiago:20260905T${time}`, 'RRULE:FREQ=DAILY;COUNT=4', 'SUMMARY:Turno',
		'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const clock = (date) => DateTime.fromJSDate(date).setZone('America/Santiago').toFormat('HH:mm');
const inFile = (time) =>
	Object.values(ical.sync.parseICS(event(time))).find(({ type }) => type === 'VEVENT').rrule.all().map(clock);
const byRule = rrulestr('DTSTART;TZID=America/Santiago:20260905T003000\nRRULE:FREQ=DAILY;COUNT=4').all().map(clock);
const guessed = { night: ['00:30', '01:30', '00:30', '00:30'], morning: ['10:00', '10:00', '10:00', '10:00'] };
const seen = { night: inFile('003000'), morning: inFile('100000'), rrule: byRule };
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, {
	night: ['00:30', '01:30', '01:30', '01:30'],
	morning: ['10:00', '10:00', '10:00', '10:00'],
	rrule: ['00:30', '01:30', '00:30', '00:30'],
});
JS
TZ=UTC node look.cjs
