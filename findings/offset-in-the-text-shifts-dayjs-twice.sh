#!/usr/bin/env bash
# dayjs.tz(text, zone) of a text with an offset gives another moment: 10:17:23-05:00 read for Bogota becomes
# 20:17:23Z instead of 15:17:23Z.
# A timestamp of a call carries its offset so that nobody has to guess. Here the zone is put on top of the UTC
# clock time.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact dayjs@1.11.23 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const dayjs = require('dayjs');
dayjs.extend(require('dayjs/plugin/utc'));
dayjs.extend(require('dayjs/plugin/timezone'));

const written = '2025-03-04T10:17:23-05:00';
const guessed = { 'dayjs.tz(text, zone)': '2025-03-04T15:17:23.000Z', 'dayjs(text).tz(zone)': '2025-03-04T15:17:23.000Z' };
const seen = {
	'dayjs.tz(text, zone)': dayjs.tz(written, 'America/Bogota').toISOString(),
	'dayjs(text).tz(zone)': dayjs(written).tz('America/Bogota').toISOString(),
};
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), ['2025-03-04T20:17:23.000Z', '2025-03-04T15:17:23.000Z']);
JS
TZ=UTC node look.cjs
