#!/usr/bin/env bash
# numfmt writes 59,7% and 1.234,5 for es-PE and es-PA as for es-CO; the Intl of Node writes a point in both.
# Of these four only es-MX has a point there, so a report for Lima or Panama shows 1.234 for a thousand.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact numfmt@4.0.1 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
(async () => {
	const { format } = await import('numfmt');
	const places = ['es-CO', 'es-MX', 'es-PE', 'es-PA'];
	const guessed = places.map((locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).format(12345.5));
	const seen = places.map((locale) => format('#,##0.0', 12345.5, { locale }));
	console.log('places: ', places);
	console.log('guessed:', guessed, '(Intl, ICU ' + process.versions.icu + ')');
	console.log('seen:   ', seen);
	require('node:assert/strict').deepEqual(seen, ['12.345,5', '12,345.5', '12.345,5', '12.345,5']);
})();
JS
TZ=UTC node look.cjs
