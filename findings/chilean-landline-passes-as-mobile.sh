#!/usr/bin/env bash
# validator isMobilePhone takes a landline of Santiago for a mobile of Chile, and refuses a mobile without 56,
# while one of Colombia needs no 57.
# A list filtered by it keeps the telephones that no SMS reaches and drops those that people write.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact validator@13.15.35 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { isMobilePhone } = require('validator');

const guessed = { landline: false, mobile: true, 'mobile without 56': true, 'Colombian without 57': true };
const seen = {
	landline: isMobilePhone('+56221234567', 'es-CL'),
	mobile: isMobilePhone('+56912345678', 'es-CL'),
	'mobile without 56': isMobilePhone('912345678', 'es-CL'),
	'Colombian without 57': isMobilePhone('3001234567', 'es-CO'),
};
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), [true, true, false, true]);
JS
TZ=UTC node look.cjs
