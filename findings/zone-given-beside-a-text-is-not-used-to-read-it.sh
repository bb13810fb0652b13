#!/usr/bin/env bash
# new TZDate(text, zone) of @date-fns/tz reads a text without a zone on the clock of the server, new
# TZDate(numbers, zone) on the clock of the zone.
# The same call, 10:17:23 in Bogota, is five hours apart depending on whether its date came as text or as
# numbers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact @date-fns/tz@1.5.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { TZDate } = require('@date-fns/tz');

const zone = 'America/Bogota';
const guessed = ['2025-03-04T10:17:23.000-05:00', '2025-03-04T10:17:23.000-05:00'];
const seen = [
	new TZDate('2025-03-04 10:17:23', zone).toISOString(),
	new TZDate(2025, 2, 4, 10, 17, 23, zone).toISOString(),
];
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, ['2025-03-04T05:17:23.000-05:00', '2025-03-04T10:17:23.000-05:00']);
JS
TZ=UTC node look.cjs
