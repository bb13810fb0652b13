#!/usr/bin/env bash
# In Santiago the day 6 September 2026 begins at 01:00; date-fns-tz makes of its 00:00:00 the 23:00 of the day
# before, luxon 01:00.
# A range from midnight then begins an hour early, and that hour is read, or counted, twice.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact date-fns-tz@3.2.0 date-fns@4.4.0 luxon@3.7.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { fromZonedTime, formatInTimeZone } = require('date-fns-tz');
const { DateTime } = require('luxon');

const [text, zone] = ['2026-09-06 00:00:00', 'America/Santiago'];
const guessed = { 'date-fns-tz': '2026-09-06 01:00:00', luxon: '2026-09-06 01:00:00' };
const seen = {
	'date-fns-tz': formatInTimeZone(fromZonedTime(text, zone), zone, 'yyyy-MM-dd HH:mm:ss'),
	luxon: DateTime.fromSQL(text, { zone }).toFormat('yyyy-MM-dd HH:mm:ss'),
};
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), ['2026-09-05 23:00:00', '2026-09-06 01:00:00']);
JS
TZ=UTC node look.cjs
