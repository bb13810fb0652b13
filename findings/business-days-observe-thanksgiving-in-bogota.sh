#!/usr/bin/env bash
# luxon-business-days keeps holidays of the United States unless told otherwise: in Bogota the next business
# day after 25 November 2026 is the 27th.
# And 20 July, the national day of Colombia, is a business day. A callback planned with it falls on the wrong
# day twice over.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact luxon-business-days@3.0.1 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { DateTime } = require('luxon-business-days');

const zone = 'America/Bogota';
const after = (day) => DateTime.fromISO(day, { zone }).plusBusiness({ days: 1 }).toISODate();
const guessed = ['2026-11-26', '2026-07-20 or 2026-07-21'];
const seen = [after('2026-11-25'), after('2026-07-17')];
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, ['2026-11-27', '2026-07-20']);
JS
TZ=UTC node look.cjs
