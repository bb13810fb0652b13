#!/usr/bin/env bash
# wavefile opens a GSM recording (WAV49, as telephone systems write) without a word and says 0 bits; its
# samples cannot be had. node-wav names the format 31, which is 49 in hexadecimal.
# The refusal comes late, when the file was taken for good, and by a number that no table has under GSM.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact wavefile@11.0.0 node-wav@0.0.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { WaveFile } = require('wavefile');
const { decode } = require('node-wav');

const field = (value, bytes) => Buffer.from(Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256));
const sound = Buffer.alloc(1625 * 2);
const form = [[49, 2], [1, 2], [8000, 4], [1625, 4], [65, 2], [0, 2], [2, 2], [320, 2]].map(([v, n]) => field(v, n));
const chunk = (name, body) => Buffer.concat([Buffer.from(name), field(body.length, 4), body]);
const parts = [chunk('fmt ', Buffer.concat(form)), chunk('fact', field(16000, 4)), chunk('data', sound)];
const file = chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...parts]));
const said = (does) => {
	try {
		return does();
	} catch (error) {
		return error.message;
	}
};
const wave = said(() => new WaveFile(new Uint8Array(file)));
const guessed = { wavefile: 'a refusal that names GSM', 'node-wav': 'a refusal that names GSM, or 49' };
const seen = { wavefile: `opened, ${wave.bitDepth} bits`, samples: said(() => wave.getSamples()), 'node-wav': said(() => decode(file)) };
console.log('guessed:', guessed);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(Object.values(seen), [
	'opened, 0 bits',
	'Invalid typed array length: Infinity',
	'Unsupported format in WAV file: 31',
]);
JS
TZ=UTC node look.cjs
