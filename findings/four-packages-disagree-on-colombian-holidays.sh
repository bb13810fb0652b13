#!/usr/bin/env bash
# Of four packages for the holidays of Colombia one knows 13 July 2026, the three that are about Colombia
# alone do not, and the one counts Easter Sunday as public.
# Working days and calling hours by one of them are not those of another.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact date-holidays@3.37.0 colombian-holidays@5.0.11 colombia-holidays@0.0.1 festivos-colombia@0.0.1 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const Holidays = require('date-holidays').default ?? require('date-holidays');
const { colombianHolidays } = require('colombian-holidays');
const { getColombiaHolidaysByYear } = require('colombia-holidays');
const { getHolidaysByYear } = require('festivos-colombia');

const days = {
	'date-holidays': new Holidays('CO')
		.getHolidays(2026)
		.filter(({ type }) => type === 'public')
		.map(({ date }) => date.slice(0, 10)),
	'colombian-holidays': colombianHolidays({ year: 2026 }).map(({ celebrationDate }) => celebrationDate),
	'colombia-holidays': getColombiaHolidaysByYear(2026).map(({ holiday }) => holiday),
	'festivos-colombia': getHolidaysByYear(2026).map(({ date }) => date.split('/').reverse().join('-')),
};
const seen = Object.entries(days).map(
	([name, list]) => `${name} ${list.length} ${list.includes('2026-07-13')} ${list.includes('2026-04-05')}`,
);
console.log('guessed: four times the same number of days, the same answer on 2026-07-13 and on Easter Sunday');
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, [
	'date-holidays 20 true true',
	'colombian-holidays 18 false false',
	'colombia-holidays 18 false false',
	'festivos-colombia 18 false false',
]);
JS
TZ=UTC node look.cjs
