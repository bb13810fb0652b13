#!/usr/bin/env bash
# When midnight does not exist (Santiago, 6 September 2026), croner runs `0 0 * * *` at 01:00 but leaves the
# midnight run of `0 */6 * * *` out; cron and cron-parser run both at 01:00.
# The night read of a call centre is one of the two, and who changes daily to six-hourly loses a run a year.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact croner@11.0.1 cron@4.4.0 cron-parser@5.10.6 luxon@3.7.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { Cron } = require('croner');
const { CronTime } = require('cron');
const { CronExpressionParser } = require('cron-parser');
const { DateTime } = require('luxon');

const zone = 'America/Santiago';
const start = new Date('2026-09-05T20:00:00-04:00');
const clock = (date) => DateTime.fromJSDate(date).setZone(zone).toFormat('HH:mm');
const next = (pattern) => ({
	croner: clock(new Cron(pattern, { timezone: zone, paused: true }).nextRun(start)),
	cron: clock(new CronTime(pattern, zone).getNextDateFrom(DateTime.fromJSDate(start), zone).toJSDate()),
	parser: clock(CronExpressionParser.parse(pattern, { tz: zone, currentDate: start }).next().toDate()),
});
const seen = [next('0 0 * * *'), next('0 */6 * * *')];
console.log('guessed: the first run after 20:00 is at 01:00 for both patterns, in all three');
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, [
	{ croner: '01:00', cron: '01:00', parser: '01:00' },
	{ croner: '06:00', cron: '01:00', parser: '01:00' },
]);
JS
TZ=UTC node look.cjs
