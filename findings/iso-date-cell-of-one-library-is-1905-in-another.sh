#!/usr/bin/env bash
# A real date that SheetJS writes with cellDates (t="d", ISO text) is 17 July 1905 for exceljs, without an
# error.
# One tool writes the file, the next reads it. 2025 days after the first of 1900 is in July 1905: the year is
# taken for the whole date.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact xlsx@0.18.5 exceljs@4.4.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const XLSX = require('xlsx');
const { Workbook } = require('exceljs');

const book = XLSX.utils.book_new();
const call = new Date(Date.UTC(2025, 2, 4, 10, 17, 23));
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['date'], [call]], { cellDates: true }), 'Calls');
const file = XLSX.write(book, { type: 'buffer', bookType: 'xlsx', cellDates: true });
const other = new Workbook();
other.xlsx.load(file).then(() => {
	const guessed = '2025-03-04';
	const seen = other.getWorksheet('Calls').getCell('A2').value.toISOString().slice(0, 10);
	console.log('guessed:', guessed);
	console.log('seen:   ', seen);
	require('node:assert/strict').equal(seen, '1905-07-17');
});
JS
TZ=UTC node look.cjs
