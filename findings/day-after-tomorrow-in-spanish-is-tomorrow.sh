#!/usr/bin/env bash
# chrono-node in Spanish reads «pasado mañana» as tomorrow and «a las 3 de la tarde» as three in the night.
# A callback time that a customer says, or a range that an agent is asked for, comes out a day early or twelve
# hours off, without a sign of it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact chrono-node@2.10.3 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { es } = require('chrono-node');

const now = new Date('2026-11-25T15:00:00Z');
const read = (text) => es.parseDate(text, now).toISOString().slice(0, 16);
const guessed = { 'pasado mañana': '2026-11-27T15:00', 'hoy a las 3 de la tarde': '2026-11-25T15:00' };
const seen = Object.fromEntries(Object.keys(guessed).map((text) => [text, read(text)]));
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), ['2026-11-26T15:00', '2026-11-25T03:00']);
JS
TZ=UTC node look.cjs
