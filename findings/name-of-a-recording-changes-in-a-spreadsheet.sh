#!/usr/bin/env bash
# A recording called grab_x2024_01.mp3 comes back from a spreadsheet as grab$01.mp3 (SheetJS, own file) or
# grab․01.mp3 with one dot leader (exceljs, own file).
# An underscore, an x, four hexadecimal digits and an underscore are an escape in XLSX. The link to the
# recording is dead, and no writer escaped it.
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

const name = 'grab_x2024_01.mp3';
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[name]]), 'Calls');
const back = XLSX.read(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }));
(async () => {
	const written = new Workbook();
	written.addWorksheet('Calls').getCell('A1').value = name;
	const read = new Workbook();
	await read.xlsx.load(await written.xlsx.writeBuffer());
	const guessed = { SheetJS: name, exceljs: name };
	const seen = { SheetJS: back.Sheets.Calls.A1.v, exceljs: read.getWorksheet('Calls').getCell('A1').value };
	console.log('guessed:', guessed);
	console.log('seen:   ', seen);
	require('node:assert/strict').deepEqual(Object.values(seen), ['grab$01.mp3', 'grab\u202401.mp3']);
})();
JS
TZ=UTC node look.cjs
