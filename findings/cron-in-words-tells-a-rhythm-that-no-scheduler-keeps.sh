#!/usr/bin/env bash
# cronstrue reads `*/90 * * * *` as every 90 minutes, in Spanish too; cron (the library behind n8n's
# schedules) and cron-parser run it every hour.
# Who checks a Poll Time by its description believes it. The step is larger than the field, so only minute 0
# is left.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact cronstrue@3.39.0 cron@4.4.0 cron-parser@5.10.6 luxon@3.7.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const cronstrue = require('cronstrue/i18n');
const { CronTime } = require('cron');
const { CronExpressionParser } = require('cron-parser');
const { DateTime } = require('luxon');

const pattern = '*/90 * * * *';
const start = DateTime.fromISO('2026-11-01T00:00:00Z', { zone: 'utc' });
const time = new CronTime(pattern, 'UTC');
const first = time.getNextDateFrom(start, 'UTC');
const cron = [first, time.getNextDateFrom(first, 'UTC')].map((at) => at.toUTC().toFormat('HH:mm'));
const parser = CronExpressionParser.parse(pattern, { tz: 'UTC', currentDate: start.toJSDate() })
	.take(2)
	.map((at) => at.toISOString().slice(11, 16));
const seen = { words: cronstrue.toString(pattern, { locale: 'es' }), cron, parser };
console.log('guessed: a description of what runs, or a refusal');
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, {
	words: 'Cada 90 minutos',
	cron: ['01:00', '02:00'],
	parser: ['01:00', '02:00'],
});
JS
TZ=UTC node look.cjs
