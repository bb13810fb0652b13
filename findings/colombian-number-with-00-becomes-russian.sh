#!/usr/bin/env bash
# With default country Colombia, `0057 300 …` is a valid number of Russia, and `0056 9 …` one of Micronesia,
# to libphonenumber-js and awesome-phonenumber.
# Call lists often hold numbers as dialled from abroad, 00 and the country. Colombia writes 00 plus a digit of
# the carrier, so the first digit of the country is taken for a carrier.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact libphonenumber-js@1.13.16 awesome-phonenumber@7.8.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const parse = require('libphonenumber-js');
const { parsePhoneNumber } = require('awesome-phonenumber');

const dialled = ['0057 300 123 4567', '0056 9 1234 5678'];
const guessed = ['+573001234567 CO valid', '+56912345678 CL'];
const seen = dialled.map((text) => {
	const number = parse(text, 'CO');
	const other = parsePhoneNumber(text, { regionCode: 'CO' }).number.e164;
	return `${number.number} ${number.country} ${number.isValid() ? 'valid' : 'not valid'}, ${other}`;
});
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, [
	'+73001234567 RU valid, +73001234567',
	'+6912345678 FM not valid, +6912345678',
]);
JS
TZ=UTC node look.cjs
