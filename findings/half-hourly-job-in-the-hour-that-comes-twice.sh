#!/usr/bin/env bash
# `*/30 23 * * *` in Santiago on the night of 4 April 2026, when 23:00 to 23:59 comes twice: cron and cron-
# parser run it 2 times, croner 4 times, cronosjs once.
# Polls and schedules in that hour are doubled or missing depending on the library that a tool happens to use.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact croner@11.0.1 cron@4.4.0 cron-parser@5.10.6 cronosjs@1.7.1 luxon@3.7.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { Cron } = require('croner');
const { CronTime } = require('cron');
const { CronExpressionParser } = require('cron-parser');
const { CronosExpression } = require('cronosjs');
const { DateTime } = require('luxon');

const [pattern, zone] = ['*/30 23 * * *', 'America/Santiago'];
const start = new Date('2026-04-04T20:00:00-03:00');
const end = new Date('2026-04-05T01:00:00-04:00');
const runs = {
	croner: new Cron(pattern, { timezone: zone, paused: true }).nextRuns(9, start),
	cron: Array.from({ length: 9 }).reduce(
		(all) => [...all, new CronTime(pattern, zone).getNextDateFrom(all.at(-1) ?? start, zone).toJSDate()],
		[],
	),
	'cron-parser': CronExpressionParser.parse(pattern, { tz: zone, currentDate: start })
		.take(9)
		.map((date) => date.toDate()),
	cronosjs: CronosExpression.parse(pattern, { timezone: zone }).nextNDates(start, 9),
};
const seen = Object.fromEntries(
	Object.entries(runs).map(([name, dates]) => [
		name,
		dates.filter((date) => date < end).map((date) => DateTime.fromJSDate(date).setZone(zone).toFormat('HH:mm ZZ')),
	]),
);
console.log('guessed: one answer in all four, either 2 runs or 4');
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(
	Object.values(seen).map((times) => times.length),
	[4, 2, 2, 1],
);
JS
TZ=UTC node look.cjs
