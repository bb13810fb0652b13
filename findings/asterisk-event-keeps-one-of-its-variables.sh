#!/usr/bin/env bash
# asterisk-ami-event-utils keeps the last of the repeated Variable lines of an Asterisk event: AMDSTATUS is
# gone, AMDCAUSE is there.
# The manager interface repeats a header to give a list, and what answered the call is told in two such lines.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact asterisk-ami-event-utils@2.0.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { toObject } = require('asterisk-ami-event-utils').default ?? require('asterisk-ami-event-utils');

const event = [
	'Event: OriginateResponse', 'Exten: 0057', 'Variable: AMDSTATUS=MACHINE', 'Variable: AMDCAUSE=TOOLONG-4000', '', '',
].join('\r\n');
const guessed = { Exten: '0057', Variable: ['AMDSTATUS=MACHINE', 'AMDCAUSE=TOOLONG-4000'] };
const { Exten, Variable } = toObject(event);
const seen = { Exten, Variable };
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, { Exten: '0057', Variable: 'AMDCAUSE=TOOLONG-4000' });
JS
TZ=UTC node look.cjs
