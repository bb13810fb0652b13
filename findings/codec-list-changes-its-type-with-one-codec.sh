#!/usr/bin/env bash
# sdp-transform gives the payloads of a media line as text when there are several and as a number when there
# is one.
# An offer has many codecs and its answer one, so code that splits the text works on every INVITE and fails on
# the 200 OK.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact sdp-transform@3.0.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { parse } = require('sdp-transform');

const payloads = (codecs) =>
	parse(`v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 10000 RTP/AVP ${codecs}\r\n`).media[0].payloads;
const guessed = ['0 8 101', '8'];
const seen = [payloads('0 8 101'), payloads('8')];
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, ['0 8 101', 8]);
JS
TZ=UTC node look.cjs
