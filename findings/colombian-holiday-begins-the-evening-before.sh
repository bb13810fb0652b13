#!/usr/bin/env bash
# colombian-holidays looks at the date in UTC, whatever the zone of the process: the holiday begins at 19:00
# of the day before and ends at 19:00.
# Calling hours of a Colombian operation reach into the evening. The zone is set to Bogota here, so local time
# would be right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact colombian-holidays@5.0.11 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { isHoliday } = require('colombian-holidays');

const moments = ['2026-07-19T19:30:00-05:00', '2026-07-20T10:00:00-05:00', '2026-07-20T20:00:00-05:00'];
const guessed = [false, true, true];
const seen = moments.map((moment) => isHoliday(new Date(moment)));
console.log('asked:  ', moments);
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, [true, true, false]);
JS
TZ=America/Bogota node look.cjs
