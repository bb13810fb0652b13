#!/usr/bin/env bash
# vcard-parser gives one card for a file with two: both names and both telephones stand in one list each,
# nothing says whose is whose.
# An address book exported from a telephone is one file with many cards; read like this, every person has
# every number. vcf, beside it, gives two.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact vcard-parser@1.0.0 vcf@2.1.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const parser = require('vcard-parser');
const Vcf = require('vcf');

const card = (name, telephone) =>
	['BEGIN:VCARD', 'VERSION:3.0', `N:${name};;;;`, `FN:${name}`, `TEL;TYPE=CELL:${telephone}`, 'END:VCARD', ''].join('\r\n');
const file = card('Ana', '+573000000001') + card('Luis', '+573000000002');
const one = parser.parse(file);
const guessed = [{ fn: 'Ana', tel: '+573000000001' }, { fn: 'Luis', tel: '+573000000002' }];
const seen = { fn: one.fn.map(({ value }) => value), tel: one.tel.map(({ value }) => value), vcf: Vcf.parse(file).length };
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, {
	fn: ['Ana', 'Luis'],
	tel: ['+573000000001', '+573000000002'],
	vcf: 2,
});
JS
TZ=UTC node look.cjs
