#!/usr/bin/env bash
# phone takes the 9 out of an Argentine mobile and calls the rest valid: what is left is the form of a
# landline.
# Who normalises a list with phone before dialling it writes to nobody: SMS to +54 11 … without the 9 is for a
# fixed line. libphonenumber-js, beside it, tells the two apart.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact phone@3.1.72 libphonenumber-js@1.13.16 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { phone } = require('phone');
const parse = require('libphonenumber-js/max');

const written = '+5491123456789';
const normal = phone(written);
const guessed = { number: '+5491123456789', isValid: true, type: 'MOBILE' };
const seen = { number: normal.phoneNumber, isValid: normal.isValid, type: parse(normal.phoneNumber).getType() };
console.log('guessed:', guessed, 'as written it is', parse(written).getType());
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, { number: '+541123456789', isValid: true, type: 'FIXED_LINE' });
JS
TZ=UTC node look.cjs
